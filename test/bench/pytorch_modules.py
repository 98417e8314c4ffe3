"""The training steps of part 5 and of makemore.py in eager PyTorch, with the models of the golden tests.

As in pytorch_steps.py, each function gives `step(i)`, which makes update number i and returns the loss before it.
"""
import torch
import torch.nn.functional as F

import pytorch_lectures as lectures
import pytorch_makemore as makemore
from pytorch_data import contexts, lecture_splits, sequences, vocabulary


def wavenet(**sizes):
    def make(words):
        stoi = vocabulary(words)
        g = torch.Generator().manual_seed(42)
        model = lectures.WaveNet(len(stoi), g, block_size=8, **sizes)
        X, Y = contexts(lecture_splits(words)["train"], stoi, 8)
        parameters = list(model.parameters())

        def step(i):
            ix = torch.randint(0, X.shape[0], (32,), generator=g)
            loss = F.cross_entropy(model(X[ix]), Y[ix])
            for p in parameters:
                p.grad = None
            loss.backward()
            for p in parameters:
                p.data += -(0.1 if i < 150000 else 0.01) * p.grad
            return loss

        return step

    return make


def whole_names(create):
    """makemore.py: AdamW on batches of whole names, drawn by a generator that the default one seeds."""

    def make(words):
        stoi = vocabulary(words)
        torch.manual_seed(3407)
        order = torch.randperm(len(words)).tolist()
        train = [words[i] for i in order[: -min(1000, int(len(words) * 0.1))]]
        block_size = max(len(word) for word in words) + 1
        model = create(len(stoi), block_size)
        X, Y = sequences(train, stoi, block_size)
        torch.empty((), dtype=torch.int64).random_()
        g = torch.Generator().manual_seed(int(torch.empty((), dtype=torch.int64).random_().item()) & 0xFFFFFFFF)
        optimizer = torch.optim.AdamW(model.parameters(), lr=5e-4, weight_decay=0.01, betas=(0.9, 0.99), eps=1e-8)

        def step(i):
            ix = torch.randint(0, len(train), (32,), generator=g)
            logits = model(X[ix])
            loss = F.cross_entropy(logits.view(-1, logits.shape[-1]), Y[ix].view(-1), ignore_index=-1)
            model.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            return loss

        return step

    return make


presets = {
    "wavenet-part5-flat": wavenet(group_size=8, n_embd=10, n_hidden=200),
    "wavenet-part5-bug": wavenet(group_size=2, n_embd=10, n_hidden=68, bug=True),
    "wavenet-part5-fixed": wavenet(group_size=2, n_embd=10, n_hidden=68),
    "wavenet-part5": wavenet(group_size=2, n_embd=24, n_hidden=128),
    "makemore-bigram": whole_names(lambda V, T: makemore.Bigram(V, T)),
    "makemore-mlp": whole_names(lambda V, T: makemore.MakemoreMLP(V, T, 64, 64)),
    "makemore-rnn": whole_names(lambda V, T: makemore.RNN(V, T, 64, 64)),
    "makemore-gru": whole_names(lambda V, T: makemore.GRU(V, T, 64, 64)),
    "makemore-bow": whole_names(lambda V, T: makemore.BoW(V, T, 64, 64)),
    "makemore-transformer": whole_names(lambda V, T: makemore.Transformer(V, T, 64, 4, 4)),
}
