# -----------------------------------------------------------------------------
# the model: makemore.py's RNN (Mikolov et al. 2010)


class Cell(nn.Module):
    def __init__(self, n_embd, n_hidden):
        super().__init__()
        self.xh_to_h = nn.Linear(n_embd + n_hidden, n_hidden)

    def forward(self, xt, hprev):
        xh = torch.cat([xt, hprev], 1)  # (B, E + H)
        return torch.tanh(self.xh_to_h(xh))  # (B, H)
