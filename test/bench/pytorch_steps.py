"""The training steps of the presets of parts 1 to 3 in eager PyTorch, written as the lectures write them.

Each function draws the parameters of a preset and returns `step(i)`, which makes update number i and returns the loss
before it.
"""
import torch
import torch.nn.functional as F

from pytorch_data import contexts, lecture_splits, vocabulary


def training_words(words):
    return lecture_splits(words)["train"]


def lecture_generator():
    return torch.Generator().manual_seed(2147483647)


def require_grad(parameters):
    for p in parameters:
        p.requires_grad = True
    return parameters


def descend(parameters, loss, learning_rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    for p in parameters:
        p.data += -learning_rate * p.grad


def bigram_net(words):
    """Part 1: a one-hot row for each of the bigrams."""
    stoi = vocabulary(words)
    V = len(stoi)
    X, ys = contexts(words, stoi, 1)
    xs = X.view(-1)
    W = torch.randn((V, V), generator=lecture_generator(), requires_grad=True)

    def step(i):
        xenc = F.one_hot(xs, num_classes=V).float()
        counts = (xenc @ W).exp()
        probs = counts / counts.sum(1, keepdims=True)
        loss = -probs[torch.arange(len(ys)), ys].log().mean() + 0.01 * (W**2).mean()
        descend([W], loss, 50)
        return loss

    return step


def bigram_net_distinct(words):
    """The same sum with each distinct bigram once, weighted by how often it occurs: not the lecture's, but ours."""
    stoi = vocabulary(words)
    V = len(stoi)
    X, Y = contexts(words, stoi, 1)
    distinct, occurrences = (X.view(-1) * V + Y).unique(return_counts=True)
    xs, ys = distinct // V, distinct % V
    weights = occurrences / occurrences.sum()
    W = torch.randn((V, V), generator=lecture_generator(), requires_grad=True)

    def step(i):
        xenc = F.one_hot(xs, num_classes=V).float()
        counts = (xenc @ W).exp()
        probs = counts / counts.sum(1, keepdims=True)
        loss = -(weights * probs[torch.arange(len(ys)), ys].log()).sum() + 0.01 * (W**2).mean()
        descend([W], loss, 50)
        return loss

    return step


def mlp_five_words(words):
    """Part 2: the MLP on the first five names, all examples at every step."""
    stoi = vocabulary(words)
    V = len(stoi)
    X, Y = contexts(words[:5], stoi, 3)
    g = lecture_generator()
    C = torch.randn((V, 2), generator=g)
    W1 = torch.randn((6, 100), generator=g)
    b1 = torch.randn(100, generator=g)
    W2 = torch.randn((100, V), generator=g)
    b2 = torch.randn(V, generator=g)
    parameters = require_grad([C, W1, b1, W2, b2])

    def step(i):
        emb = C[X]
        h = torch.tanh(emb.view(-1, 6) @ W1 + b1)
        logits = h @ W2 + b2
        loss = F.cross_entropy(logits, Y)
        descend(parameters, loss, 0.1)
        return loss

    return step


def mlp(words, w1=1, b1_scale=1, w2=1, b2_scale=1):
    """Part 2: the MLP of Bengio et al. 2003 on minibatches; part 3 scales what is drawn."""
    stoi = vocabulary(words)
    V = len(stoi)
    Xtr, Ytr = contexts(training_words(words), stoi, 3)
    g = lecture_generator()
    C = torch.randn((V, 10), generator=g)
    W1 = torch.randn((30, 200), generator=g) * w1
    b1 = torch.randn(200, generator=g) * b1_scale
    W2 = torch.randn((200, V), generator=g) * w2
    b2 = torch.randn(V, generator=g) * b2_scale
    parameters = require_grad([C, W1, b1, W2, b2])

    def step(i):
        ix = torch.randint(0, Xtr.shape[0], (32,), generator=g)
        emb = C[Xtr[ix]]
        h = torch.tanh(emb.view(-1, 30) @ W1 + b1)
        logits = h @ W2 + b2
        loss = F.cross_entropy(logits, Ytr[ix])
        descend(parameters, loss, 0.1 if i < 100000 else 0.01)
        return loss

    return step


def mlp_part3_batchnorm(words):
    """Part 3: batch normalization written out, by the standard deviation and without eps."""
    stoi = vocabulary(words)
    V = len(stoi)
    Xtr, Ytr = contexts(training_words(words), stoi, 3)
    g = lecture_generator()
    C = torch.randn((V, 10), generator=g)
    W1 = torch.randn((30, 200), generator=g) * (5 / 3) / (30**0.5)
    W2 = torch.randn((200, V), generator=g) * 0.01
    b2 = torch.randn(V, generator=g) * 0
    bngain = torch.ones((1, 200))
    bnbias = torch.zeros((1, 200))
    bnmean_running = torch.zeros((1, 200))
    bnstd_running = torch.ones((1, 200))
    parameters = require_grad([C, W1, W2, b2, bngain, bnbias])

    def step(i):
        nonlocal bnmean_running, bnstd_running
        ix = torch.randint(0, Xtr.shape[0], (32,), generator=g)
        Xb, Yb = Xtr[ix], Ytr[ix]
        emb = C[Xb]
        embcat = emb.view(emb.shape[0], -1)
        hpreact = embcat @ W1
        bnmeani = hpreact.mean(0, keepdim=True)
        bnstdi = hpreact.std(0, keepdim=True)
        hpreact = bngain * (hpreact - bnmeani) / bnstdi + bnbias
        with torch.no_grad():
            bnmean_running = 0.999 * bnmean_running + 0.001 * bnmeani
            bnstd_running = 0.999 * bnstd_running + 0.001 * bnstdi
        h = torch.tanh(hpreact)
        logits = h @ W2 + b2
        loss = F.cross_entropy(logits, Yb)
        descend(parameters, loss, 0.1 if i < 100000 else 0.01)
        return loss

    return step


class Linear:
    def __init__(self, fan_in, fan_out, g):
        self.weight = torch.randn((fan_in, fan_out), generator=g) / fan_in**0.5

    def __call__(self, x):
        self.out = x @ self.weight
        return self.out

    def parameters(self):
        return [self.weight]


class BatchNorm1d:
    """The lecture's: unlike PyTorch's own, it normalizes with the unbiased variance."""

    def __init__(self, dim, eps=1e-5, momentum=0.1):
        self.eps = eps
        self.momentum = momentum
        self.gamma = torch.ones(dim)
        self.beta = torch.zeros(dim)
        self.running_mean = torch.zeros(dim)
        self.running_var = torch.ones(dim)

    def __call__(self, x):
        xmean = x.mean(0, keepdim=True)
        xvar = x.var(0, keepdim=True)
        xhat = (x - xmean) / torch.sqrt(xvar + self.eps)
        self.out = self.gamma * xhat + self.beta
        with torch.no_grad():
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * xmean
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * xvar
        return self.out

    def parameters(self):
        return [self.gamma, self.beta]


class Tanh:
    def __call__(self, x):
        self.out = torch.tanh(x)
        return self.out

    def parameters(self):
        return []


def deep_part3_batchnorm(words):
    """Part 3: five tanh layers of 100, each normalized; without the retain_grad that the lecture has for its pictures."""
    stoi = vocabulary(words)
    V = len(stoi)
    Xtr, Ytr = contexts(training_words(words), stoi, 3)
    g = lecture_generator()
    C = torch.randn((V, 10), generator=g)
    layers = []
    for fan_in in (30, 100, 100, 100, 100):
        layers += [Linear(fan_in, 100, g), BatchNorm1d(100), Tanh()]
    layers += [Linear(100, V, g), BatchNorm1d(V)]
    layers[-1].gamma *= 0.1
    parameters = require_grad([C] + [p for layer in layers for p in layer.parameters()])

    def step(i):
        ix = torch.randint(0, Xtr.shape[0], (32,), generator=g)
        Xb, Yb = Xtr[ix], Ytr[ix]
        emb = C[Xb]
        x = emb.view(emb.shape[0], -1)
        for layer in layers:
            x = layer(x)
        loss = F.cross_entropy(x, Yb)
        descend(parameters, loss, 0.1 if i < 150000 else 0.01)
        return loss

    return step


# By the id of the preset; after a comma, the same done in another way.
presets = {
    "bigram-net": bigram_net,
    "bigram-net, distinct rows": bigram_net_distinct,
    "mlp-five-words": mlp_five_words,
    "mlp-part2": mlp,
    "mlp-part3-original": mlp,
    "mlp-part3-logits": lambda words: mlp(words, w2=0.01, b2_scale=0),
    "mlp-part3-tanh": lambda words: mlp(words, w1=0.2, b1_scale=0.01, w2=0.01, b2_scale=0),
    "mlp-part3-kaiming": lambda words: mlp(words, w1=(5 / 3) / 30**0.5, b1_scale=0.01, w2=0.01, b2_scale=0),
    "mlp-part3-batchnorm": mlp_part3_batchnorm,
    "deep-part3-batchnorm": deep_part3_batchnorm,
}
