"""The lectures' models in PyTorch: x (B, T), the characters before one, gives the logits (B, V) of that one.

Parameters and running statistics have the names that they have in src/makemore/models. The weights are drawn from the
generator g in the order written; a matrix is stored as (in, out). B rows, T characters, V = vocab_size.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F


class OneNeuron(nn.Module):
    """Part 1: one output for all characters, so all of them get the same logit."""

    def __init__(self, vocab_size, g):
        super().__init__()
        self.block_size = 1
        self.W = nn.Parameter(torch.randn((vocab_size, 1), generator=g))

    def forward(self, x):
        output = one_hot(x, self.W.shape[0]).type_as(self.W) @ self.W  # (B, 1)
        return output.expand(-1, self.W.shape[0])

    def zero_gradients(self):
        """Softmax looks at differences only, and here there are none."""
        return {"W": (0, self.W.numel())}


class BigramNet(nn.Module):
    """Part 1: one linear layer on a one-hot character."""

    def __init__(self, vocab_size, g, block_size=1):
        super().__init__()
        self.block_size = block_size
        self.W = nn.Parameter(torch.randn((block_size * vocab_size, vocab_size), generator=g))

    def forward(self, x):
        return one_hot(x, self.W.shape[1]).type_as(self.W) @ self.W

    def penalty(self):
        return 0.01 * (self.W**2).mean()


class TrigramNet(BigramNet):
    """Part 1, exercise 1: two one-hot characters side by side."""

    def __init__(self, vocab_size, g):
        super().__init__(vocab_size, g, block_size=2)


def one_hot(x, vocab_size):
    """(B, T) as (B, T * V)."""
    return F.one_hot(x, num_classes=vocab_size).flatten(1)


class MLP(nn.Module):
    """Parts 2 and 3: embeddings side by side, a tanh layer, a linear layer. Each rung has other scales."""

    def __init__(self, vocab_size, g, block_size, n_embd, n_hidden, kaiming=None, w1=1, b1=1, w2=1, b2=1, bn=False):
        super().__init__()
        self.block_size, self.bn = block_size, bn
        fan_in = block_size * n_embd
        self.C = nn.Parameter(torch.randn((vocab_size, n_embd), generator=g))
        W1 = torch.randn((fan_in, n_hidden), generator=g)
        self.W1 = nn.Parameter(W1 * w1 if kaiming is None else W1 * kaiming / fan_in**0.5)
        if not bn:
            self.b1 = nn.Parameter(torch.randn(n_hidden, generator=g) * b1)
        self.W2 = nn.Parameter(torch.randn((n_hidden, vocab_size), generator=g) * w2)
        self.b2 = nn.Parameter(torch.randn(vocab_size, generator=g) * b2)
        if bn:
            self.bngain = nn.Parameter(torch.ones((1, n_hidden)))
            self.bnbias = nn.Parameter(torch.zeros((1, n_hidden)))
            self.register_buffer("bnmean_running", torch.zeros((1, n_hidden)))
            self.register_buffer("bnstd_running", torch.ones((1, n_hidden)))

    def forward(self, x):
        emb = self.C[x]  # (B, T, E)
        hpreact = emb.view(emb.shape[0], -1) @ self.W1  # (B, H)
        hpreact = self.normalize(hpreact) if self.bn else hpreact + self.b1
        return torch.tanh(hpreact) @ self.W2 + self.b2

    def normalize(self, hpreact):
        if not self.training:
            return self.bngain * (hpreact - self.bnmean_running) / self.bnstd_running + self.bnbias
        mean = hpreact.mean(0, keepdim=True)
        std = hpreact.std(0, keepdim=True)
        with torch.no_grad():
            self.bnmean_running = 0.999 * self.bnmean_running + 0.001 * mean
            self.bnstd_running = 0.999 * self.bnstd_running + 0.001 * std
        return self.bngain * (hpreact - mean) / std + self.bnbias


class LayeredNet(nn.Module):
    """The layers of parts 3 and 5, numbered from 1: Linear has W and b, BatchNorm1d gamma, beta and running statistics."""

    def add_linear(self, i, weight, bias):
        setattr(self, f"W{i}", nn.Parameter(weight))
        if bias:
            setattr(self, f"b{i}", nn.Parameter(torch.zeros(weight.shape[1])))

    def add_batch_norm(self, i, dim, gamma=1.0):
        setattr(self, f"gamma{i}", nn.Parameter(torch.ones(dim) * gamma))
        setattr(self, f"beta{i}", nn.Parameter(torch.zeros(dim)))
        self.register_buffer(f"running_mean{i}", torch.zeros(dim))
        self.register_buffer(f"running_var{i}", torch.ones(dim))

    def linear(self, i, x):
        out = x @ getattr(self, f"W{i}")
        return out + getattr(self, f"b{i}") if hasattr(self, f"b{i}") else out

    def batch_norm(self, i, x, dim, eps=1e-5, momentum=0.1):
        """The lecture's BatchNorm1d: unlike PyTorch's own, it normalizes with the unbiased variance."""
        mean, var = getattr(self, f"running_mean{i}"), getattr(self, f"running_var{i}")
        if self.training:
            running_mean, running_var = mean, var
            mean = x.mean(dim, keepdim=True)
            var = x.var(dim, keepdim=True)
            with torch.no_grad():
                setattr(self, f"running_mean{i}", (1 - momentum) * running_mean + momentum * mean)
                setattr(self, f"running_var{i}", (1 - momentum) * running_var + momentum * var)
        xhat = (x - mean) / torch.sqrt(var + eps)
        return getattr(self, f"gamma{i}") * xhat + getattr(self, f"beta{i}")


class DeepMLP(LayeredNet):
    """Part 3: tanh layers, each normalized, and a normalized last layer; the variants that its pictures compare, too."""

    def __init__(self, vocab_size, g, block_size, n_embd, n_hidden, n_layer, tanh=True, batch_norm=True, gain=1.0):
        super().__init__()
        self.block_size, self.tanh, self.bn, self.last = block_size, tanh, batch_norm, n_layer + 1
        self.C = nn.Parameter(torch.randn((vocab_size, n_embd), generator=g))
        widths = [block_size * n_embd] + n_layer * [n_hidden] + [vocab_size]
        for i in range(1, self.last + 1):
            fan_in, fan_out = widths[i - 1], widths[i]
            weight = torch.randn((fan_in, fan_out), generator=g) / fan_in**0.5
            if i < self.last:
                weight *= gain
            elif not batch_norm:
                weight *= 0.1  # makes the first predictions less confident
            self.add_linear(i, weight, bias=not batch_norm)
            if batch_norm:
                self.add_batch_norm(i, fan_out, gamma=0.1 if i == self.last else 1.0)

    def forward(self, x):
        emb = self.C[x]  # (B, T, E)
        x = emb.view(emb.shape[0], -1)
        for i in range(1, self.last + 1):
            x = self.linear(i, x)
            if self.bn:
                x = self.batch_norm(i, x, dim=0)
            if self.tanh and i < self.last:
                x = torch.tanh(x)
        return x


class WaveNet(LayeredNet):
    """Part 5: neighbors joined group_size at a time. The bug: statistics over the batch only, not over time."""

    def __init__(self, vocab_size, g, block_size, group_size, n_embd, n_hidden, bug=False):
        super().__init__()
        self.block_size, self.group_size, self.bug = block_size, group_size, bug
        self.C = nn.Parameter(torch.randn((vocab_size, n_embd), generator=g))
        self.last = 1
        fan_in = group_size * n_embd
        while block_size > 1:
            weight = torch.randn((fan_in, n_hidden), generator=g) / fan_in**0.5
            self.add_linear(self.last, weight, bias=False)
            self.add_batch_norm(self.last, n_hidden)
            fan_in = group_size * n_hidden
            block_size //= group_size
            self.last += 1
        weight = torch.randn((n_hidden, vocab_size), generator=g) / n_hidden**0.5
        self.add_linear(self.last, weight * 0.1, bias=True)

    def forward(self, x):
        x = self.C[x]  # (B, T, E)
        for i in range(1, self.last):
            B, T, E = x.shape
            x = x.view(B, T // self.group_size, E * self.group_size)  # FlattenConsecutive
            if x.shape[1] == 1:
                x = x.squeeze(1)
            x = self.linear(i, x)
            dim = 0 if x.ndim == 2 or self.bug else (0, 1)
            x = torch.tanh(self.batch_norm(i, x, dim))
        return self.linear(self.last, x)
