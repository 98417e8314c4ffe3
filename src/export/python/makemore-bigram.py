# -----------------------------------------------------------------------------
# the model: makemore.py's Bigram, a table of logits


class Bigram(nn.Module):
    def __init__(self):
        super().__init__()
        self.logits = nn.Parameter(torch.empty(vocab_size, vocab_size))

    def forward(self, idx):
        return self.logits[idx]  # (B, T) -> (B, T, V)


model = Bigram()
model.load_state_dict(weights)
