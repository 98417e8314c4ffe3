# -----------------------------------------------------------------------------
# the model: an MLP of as many layers as wanted, as in the second half of part 3 of the lectures


class DeepMLP(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [block_size * h["n_embd"]] + [h["n_hidden"]] * h["n_layer"] + [vocab_size]
        layers = []
        for i, (fan_in, fan_out) in enumerate(zip(widths, widths[1:])):
            layers.append(Linear(fan_in, fan_out, bias=not h["batch_norm"]))
            if h["batch_norm"]:
                layers.append(BatchNorm1d(fan_out))
            if h["tanh"] and i < h["n_layer"]:
                layers.append(nn.Tanh())
        self.C = nn.Parameter(torch.empty(vocab_size, h["n_embd"]))
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        emb = self.C[x]  # (B, T) -> (B, T, E)
        return self.layers(emb.flatten(1))  # (B, T * E) -> (B, V)


model = DeepMLP()
model.load_state_dict(weights)
