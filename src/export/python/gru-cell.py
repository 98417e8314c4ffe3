# -----------------------------------------------------------------------------
# the model: makemore.py's RNN with the cell of a GRU (Cho et al. 2014)


class Cell(nn.Module):
    def __init__(self, n_embd, n_hidden):
        super().__init__()
        self.xh_to_z = nn.Linear(n_embd + n_hidden, n_hidden)
        self.xh_to_r = nn.Linear(n_embd + n_hidden, n_hidden)
        self.xh_to_hbar = nn.Linear(n_embd + n_hidden, n_hidden)

    def forward(self, xt, hprev):
        xh = torch.cat([xt, hprev], 1)  # (B, E + H)
        r = torch.sigmoid(self.xh_to_r(xh))  # (B, H): what of the past the candidate sees
        hbar = torch.tanh(self.xh_to_hbar(torch.cat([xt, r * hprev], 1)))  # (B, H): the candidate
        z = torch.sigmoid(self.xh_to_z(xh))  # (B, H): how much of it is taken
        return (1 - z) * hprev + z * hbar
