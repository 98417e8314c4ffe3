# -----------------------------------------------------------------------------
# the model: makemore.py's bag of words, where every character sees the mean of all up to it


class CausalBoW(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("bias", torch.empty(1, block_size, block_size))  # 1 where t may look at s, 0 elsewhere

    def forward(self, x):
        mask = self.bias[:, : x.shape[1], : x.shape[1]]  # (1, T, T)
        att = torch.zeros_like(mask).masked_fill(mask == 0, -math.inf).softmax(-1)  # row t has 1 / (t + 1) up to t
        return att @ x  # (B, T, E)


class BoWBlock(nn.Module):
    def __init__(self, n_embd, n_hidden):
        super().__init__()
        self.cbow = CausalBoW()
        self.mlp = nn.ModuleDict({"c_fc": nn.Linear(n_embd, n_hidden), "c_proj": nn.Linear(n_hidden, n_embd)})

    def forward(self, x):
        x = x + self.cbow(x)
        return x + self.mlp.c_proj(torch.tanh(self.mlp.c_fc(x)))


class BoW(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte = nn.Embedding(vocab_size, h["n_embd"])
        self.wpe = nn.Embedding(block_size, h["n_embd"])
        self.context_block = BoWBlock(h["n_embd"], h["n_hidden"])
        self.lm_head = nn.Linear(h["n_embd"], vocab_size)

    def forward(self, idx):
        x = self.wte(idx) + self.wpe(torch.arange(idx.shape[1]))  # (B, T) -> (B, T, E)
        return self.lm_head(self.context_block(x))  # (B, T, V)


model = BoW()
model.load_state_dict(weights)
