"""Names as the lectures and makemore.py turn them into tensors."""
import random
from pathlib import Path

import torch


def read_words(file):
    return (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines()


def vocabulary(words):
    characters = sorted(set("".join(words)))
    return {".": 0, **{c: i + 1 for i, c in enumerate(characters)}}


def contexts(words, stoi, block_size):
    """X (N, block_size) and Y (N): what follows each window of characters."""
    X, Y = [], []
    for word in words:
        context = [0] * block_size
        for character in word + ".":
            X.append(context)
            Y.append(stoi[character])
            context = context[1:] + [stoi[character]]
    return torch.tensor(X), torch.tensor(Y)


def sequences(words, stoi, block_size):
    """X (N, T) begins with a boundary, Y (N, T) is one character ahead and -1 behind the end."""
    X = torch.zeros((len(words), block_size), dtype=torch.long)
    Y = torch.full((len(words), block_size), -1)
    for row, word in enumerate(words):
        tokens = torch.tensor([stoi[c] for c in word])
        X[row, 1 : 1 + len(word)] = tokens
        Y[row, : len(word)] = tokens
        Y[row, len(word)] = 0
    return X, Y


def lecture_splits(words):
    """80, 10 and 10 percent of the shuffled names."""
    shuffled = words[:]
    random.seed(42)
    random.shuffle(shuffled)
    n1, n2 = int(0.8 * len(words)), int(0.9 * len(words))
    return {"train": shuffled[:n1], "dev": shuffled[n1:n2], "test": shuffled[n2:]}
