"""Random numbers of PyTorch (CPU) and Python: prints random.json, with which the tests compare ours.

    python3 test/golden/make_random.py > test/golden/random.json      (Debian's python3-torch, 1.13.1)
"""
import json
import random

import torch


def generator(seed):
    return torch.Generator().manual_seed(seed)


def floats(tensor):
    return [float(v) for v in tensor.flatten()]


def draws(seed):
    """One generator through everything that the lectures draw, in one go: its state and its kept normal must go on."""
    g = generator(seed)
    return {
        "seed": seed,
        "randn27": floats(torch.randn(27, generator=g)),
        "randn5": floats(torch.randn(5, generator=g)),
        "randn4": floats(torch.randn(4, generator=g)),
        "rand8": floats(torch.rand(8, generator=g)),
        "randn16": floats(torch.randn(16, generator=g)),
        "randn40x5": floats(torch.randn((40, 5), generator=g)),
        "randint": torch.randint(0, 182625, (64,), generator=g).tolist(),
        "doubles": floats(torch.rand(8, generator=g, dtype=torch.float64)),
    }


def drawn(replacement):
    """200 indices from a fixed distribution. This PyTorch has the cdf with replacement and exponential without."""
    p = torch.tensor([0.05, 0.3, 0.0, 0.4, 0.2, 0.05])
    g = generator(2147483647)
    return [torch.multinomial(p, 1, replacement=replacement, generator=g).item() for _ in range(200)]


def shuffled(seed, n):
    items = list(range(n))
    random.seed(seed)
    random.shuffle(items)
    return items


print(
    json.dumps(
        {
            "torch": torch.__version__,
            "draws": [draws(seed) for seed in (2147483647, 42, 3407, 0, 2**40 + 5)],
            "multinomial": {"cdf": drawn(True), "exponential": drawn(False)},
            "shuffle": [{"seed": 42, "n": n, "items": shuffled(42, n)} for n in (10, 37, 1000)],
        }
    )
)
