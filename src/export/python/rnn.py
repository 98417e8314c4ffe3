class RNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.start = nn.Parameter(torch.empty(1, h["n_hidden"]))  # the hidden state before the first character
        self.wte = nn.Embedding(vocab_size, h["n_embd"])
        self.cell = Cell(h["n_embd"], h["n_hidden"])
        self.lm_head = nn.Linear(h["n_hidden"], vocab_size)

    def forward(self, idx):
        emb = self.wte(idx)  # (B, T) -> (B, T, E)
        hidden = self.start.expand(len(idx), -1)  # (B, H)
        hiddens = []
        for t in range(idx.shape[1]):
            hidden = self.cell(emb[:, t], hidden)
            hiddens.append(hidden)
        return self.lm_head(torch.stack(hiddens, 1))  # (B, T, H) -> (B, T, V)


model = RNN()
model.load_state_dict(weights)
