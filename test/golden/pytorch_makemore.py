"""makemore.py's models: idx (B, T), a boundary and a name, gives the logits (B, T, V) of what follows each character.

Parameters have the names that they have in src/makemore/models. The modules are PyTorch's own, which draw from its
default generator; a matrix is stored as (out, in). B rows, T characters, V = vocab_size.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Bigram(nn.Module):
    def __init__(self, vocab_size, block_size):
        super().__init__()
        self.logits = nn.Parameter(torch.zeros((vocab_size, vocab_size)))

    def forward(self, idx):
        return self.logits[idx]


class MakemoreMLP(nn.Module):
    """The current character's embedding first, then those before it; BLANK where there is none."""

    def __init__(self, vocab_size, block_size, n_embd, n_hidden):
        super().__init__()
        self.blank = vocab_size
        self.wte = nn.Embedding(vocab_size + 1, n_embd)
        self.mlp = nn.Sequential(
            nn.Linear(block_size * n_embd, n_hidden),
            nn.Tanh(),
            nn.Linear(n_hidden, vocab_size),
        )

    def forward(self, idx):
        embs = []
        for _ in range(idx.shape[1]):
            embs.append(self.wte(idx))
            idx = torch.roll(idx, 1, 1)
            idx[:, 0] = self.blank
        return self.mlp(torch.cat(embs, -1))


class RNNCell(nn.Module):
    def __init__(self, n_embd, n_hidden):
        super().__init__()
        self.xh_to_h = nn.Linear(n_embd + n_hidden, n_hidden)

    def forward(self, xt, hprev):
        return torch.tanh(self.xh_to_h(torch.cat([xt, hprev], 1)))


class GRUCell(nn.Module):
    def __init__(self, n_embd, n_hidden):
        super().__init__()
        self.xh_to_z = nn.Linear(n_embd + n_hidden, n_hidden)
        self.xh_to_r = nn.Linear(n_embd + n_hidden, n_hidden)
        self.xh_to_hbar = nn.Linear(n_embd + n_hidden, n_hidden)

    def forward(self, xt, hprev):
        xh = torch.cat([xt, hprev], 1)
        r = torch.sigmoid(self.xh_to_r(xh))
        hbar = torch.tanh(self.xh_to_hbar(torch.cat([xt, r * hprev], 1)))
        z = torch.sigmoid(self.xh_to_z(xh))
        return (1 - z) * hprev + z * hbar


class RNN(nn.Module):
    Cell = RNNCell

    def __init__(self, vocab_size, block_size, n_embd, n_hidden):
        super().__init__()
        self.start = nn.Parameter(torch.zeros(1, n_hidden))
        self.wte = nn.Embedding(vocab_size, n_embd)
        self.cell = self.Cell(n_embd, n_hidden)
        self.lm_head = nn.Linear(n_hidden, vocab_size)

    def forward(self, idx):
        emb = self.wte(idx)  # (B, T, E)
        h = self.start.expand(idx.shape[0], -1)
        hiddens = []
        for t in range(idx.shape[1]):
            h = self.cell(emb[:, t], h)
            hiddens.append(h)
        return self.lm_head(torch.stack(hiddens, 1))


class GRU(RNN):
    Cell = GRUCell


class FeedForward(nn.Module):
    def __init__(self, n_embd, n_hidden, activation):
        super().__init__()
        self.activation = activation
        self.c_fc = nn.Linear(n_embd, n_hidden)
        self.c_proj = nn.Linear(n_hidden, n_embd)

    def forward(self, x):
        return self.c_proj(self.activation(self.c_fc(x)))


class BoWBlock(nn.Module):
    """Each character adds the mean of all up to it, then an MLP of that."""

    def __init__(self, n_embd, n_hidden):
        super().__init__()
        self.mlp = FeedForward(n_embd, n_hidden, torch.tanh)

    def forward(self, x):
        T = x.shape[1]
        att = torch.zeros((T, T), dtype=x.dtype).masked_fill(~causal(T), -math.inf)
        x = x + F.softmax(att, dim=-1) @ x
        return x + self.mlp(x)


class BoW(nn.Module):
    def __init__(self, vocab_size, block_size, n_embd, n_hidden):
        super().__init__()
        self.wte = nn.Embedding(vocab_size, n_embd)
        self.wpe = nn.Embedding(block_size, n_embd)
        self.context_block = BoWBlock(n_embd, n_hidden)
        self.lm_head = nn.Linear(n_embd, vocab_size)

    def forward(self, idx):
        x = self.wte(idx) + self.wpe(torch.arange(idx.shape[1]))
        return self.lm_head(self.context_block(x))


class CausalSelfAttention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.c_attn = nn.Linear(n_embd, 3 * n_embd)
        self.c_proj = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        heads = [part.view(B, T, self.n_head, -1).transpose(1, 2) for part in self.c_attn(x).split(C, dim=2)]
        q, k, v = heads  # (B, heads, T, size)
        att = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.shape[-1]))
        att = F.softmax(att.masked_fill(~causal(T), -math.inf), dim=-1)
        return self.c_proj((att @ v).transpose(1, 2).reshape(B, T, C))


class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.ln_1 = nn.LayerNorm(n_embd)
        self.attn = CausalSelfAttention(n_embd, n_head)
        self.ln_2 = nn.LayerNorm(n_embd)
        self.mlp = FeedForward(n_embd, 4 * n_embd, gelu)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class Transformer(nn.Module):
    def __init__(self, vocab_size, block_size, n_embd, n_layer, n_head):
        super().__init__()
        self.wte = nn.Embedding(vocab_size, n_embd)
        self.wpe = nn.Embedding(block_size, n_embd)
        self.h = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.ln_f = nn.LayerNorm(n_embd)
        self.lm_head = nn.Linear(n_embd, vocab_size, bias=False)

    def forward(self, idx):
        x = self.wte(idx) + self.wpe(torch.arange(idx.shape[1]))
        for block in self.h:
            x = block(x)
        return self.lm_head(self.ln_f(x))

    def zero_gradients(self):
        """The key's bias adds the same to every score of a row, and softmax looks at differences only."""
        C = self.wte.weight.shape[1]
        return {f"h.{i}.attn.c_attn.bias": (C, 2 * C) for i in range(len(self.h))}


def gelu(x):
    """By tanh, as GPT-2 has it."""
    return 0.5 * x * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * x**3)))


def causal(T):
    """(T, T): whether row t may look at column s."""
    return torch.ones((T, T)).tril().bool()
