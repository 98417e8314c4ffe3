# -----------------------------------------------------------------------------
# the layers of the lectures, which differ from PyTorch's own


class Linear(nn.Module):
    """here the weight is (fan_in, fan_out), in nn.Linear it is (fan_out, fan_in)"""

    def __init__(self, fan_in, fan_out, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(fan_in, fan_out))
        self.bias = nn.Parameter(torch.empty(fan_out)) if bias else None

    def forward(self, x):
        out = x @ self.weight
        return out if self.bias is None else out + self.bias


class BatchNorm1d(nn.Module):
    """with the running statistics, as always when nothing is trained; the variance is the unbiased one"""

    def __init__(self, *shape, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.gamma = nn.Parameter(torch.empty(shape[-1]))
        self.beta = nn.Parameter(torch.empty(shape[-1]))
        self.register_buffer("running_mean", torch.empty(1, *shape))
        self.register_buffer("running_var", torch.empty(1, *shape))

    def forward(self, x):
        xhat = (x - self.running_mean) / torch.sqrt(self.running_var + self.eps)
        return self.gamma * xhat + self.beta
