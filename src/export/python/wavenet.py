# -----------------------------------------------------------------------------
# the model: a tree of characters like WaveNet (van den Oord et al. 2016), as in part 5 of the lectures


class FlattenConsecutive(nn.Module):
    """n neighbors side by side: (B, T, C) -> (B, T / n, n * C), or (B, n * C) where that is all of them"""

    def __init__(self, n):
        super().__init__()
        self.n = n

    def forward(self, x):
        B, T, C = x.shape
        x = x.view(B, T // self.n, C * self.n)
        return x.squeeze(1) if x.shape[1] == 1 else x


class WaveNet(nn.Module):
    def __init__(self):
        super().__init__()
        n, n_hidden = h["group_size"], h["n_hidden"]
        layers = [nn.Embedding(vocab_size, h["n_embd"])]
        T, fan_in = block_size, h["n_embd"]
        while T > 1:
            T //= n
            # the bug of part 5: without normalize_time every place has running statistics of its own
            statistics = [n_hidden] if h["normalize_time"] or T == 1 else [T, n_hidden]
            layers += [FlattenConsecutive(n), Linear(n * fan_in, n_hidden, bias=False)]
            layers += [BatchNorm1d(*statistics), nn.Tanh()]
            fan_in = n_hidden
        self.layers = nn.Sequential(*layers, Linear(n_hidden, vocab_size))

    def forward(self, x):
        return self.layers(x)  # (B, T) -> (B, V)


model = WaveNet()
model.load_state_dict(weights)
