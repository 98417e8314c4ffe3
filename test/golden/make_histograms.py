"""Histograms of PyTorch (CPU): prints histograms.json, with which the tests compare ours.

    python3 test/golden/make_histograms.py > test/golden/histograms.json      (Debian's python3-torch, 1.13.1)

torch.linspace, which makes the edges, rounds differently with vectors of another length: with ATEN_CPU_CAPABILITY set to
default, avx2 and avx512 the densities end in other digits, and the counts are the same.
Values are the base64 of float32, little-endian.
"""
import base64
import json

import torch

g = torch.Generator().manual_seed(2147483647)


def randn(*shape):
    return torch.randn(shape, generator=g)


# Edges that need no rounding, and two ranges whose edges are rounded the same on every machine.
EDGES = torch.arange(-50.0, 51.0)
ROUNDED = torch.linspace(-2.6, -1.9, 101)
OTHERS = torch.linspace(-3.7, 0.0, 101)


def below(edges):
    return torch.nextafter(edges, torch.tensor(-100.0))


def above(edges):
    return torch.nextafter(edges, torch.tensor(100.0))


def within(edges, values):
    return torch.cat([edges[[0, -1]], values])


TENSORS = {
    "normal draws": randn(3200),
    "saturated tanh": (3 * randn(3200)).tanh(),
    "uniform draws": torch.rand(1000, generator=g),
    "gradients": 1e-4 * randn(3200) ** 3,
    "negative": -1 - randn(500).abs(),
    "far from 0": 10 + 0.1 * randn(500),
    "large": 1e30 * randn(200),
    "constant": torch.full((7,), 0.25),
    "zeros": torch.zeros(40),
    "one value": torch.tensor([-3.5]),
    "two values": torch.tensor([1.0, 4.0]),
    "few values": torch.tensor([0.0, -0.0, 0.1, 0.2, 0.3, 1.0]),
    "edges": EDGES,
    "below edges": within(EDGES, below(EDGES[1:])),
    "above edges": within(EDGES, above(EDGES[:-1])),
    "rounded edges": ROUNDED,
    "below rounded edges": within(OTHERS, below(OTHERS[1:])),
}


def case(name, values):
    counts, edges = torch.histogram(values, bins=100)
    density, _ = torch.histogram(values, bins=100, density=True)
    return {
        "name": name,
        "values": base64.b64encode(values.numpy().astype("<f4").tobytes()).decode(),
        "min": edges[0].item(),
        "max": edges[-1].item(),
        "counts": [int(c) for c in counts],
        "density": density.tolist(),
    }


print(json.dumps({"torch": torch.__version__, "cases": [case(name, values) for name, values in TENSORS.items()]}))
