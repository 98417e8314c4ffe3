# -----------------------------------------------------------------------------
# the model: makemore.py's MLP (Bengio et al. 2003) over all characters so far


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        E, H = h["n_embd"], h["n_hidden"]
        self.wte = nn.Embedding(vocab_size + 1, E)  # the last one is BLANK, for what is before the beginning
        self.mlp = nn.Sequential(nn.Linear(block_size * E, H), nn.Tanh(), nn.Linear(H, vocab_size))

    def forward(self, idx):
        embs = []  # the embedding of each character, of the one before it, of the one before that, ...
        for _ in range(block_size):
            embs.append(self.wte(idx))  # (B, T, E)
            idx = torch.roll(idx, 1, 1)
            idx[:, 0] = vocab_size
        return self.mlp(torch.cat(embs, -1))  # (B, T, block_size * E) -> (B, T, V)


model = MLP()
model.load_state_dict(weights)
