"""
draws names from a model that Makemore for VS Code trained:

    python sample.py
    python sample.py --num-samples 20 --sample-seed 42 --temperature 0.8 --prefix an

needs PyTorch and, beside this file, config.json and model.safetensors. The same seed and sampler give the same names
as in VS Code. The probabilities agree but for rounding: where two characters are as good as tied, which is rare (one
character in a hundred thousand or so), a name may go on differently, and the names after it are others then.
"""
import argparse
import json
import math
import struct
import sys
import unicodedata
from pathlib import Path

import torch
import torch.nn as nn
from torch.nn import functional as F

torch.set_grad_enabled(False)  # nothing is trained here
folder = Path(__file__).parent


def load_safetensors(file):
    """the tensors by name: 8 bytes with the length of a JSON header, the header, then the numbers, all of them float32"""
    data = file.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header, numbers = json.loads(data[8 : 8 + length]), data[8 + length :]
    header.pop("__metadata__", None)
    tensors = {}
    for name, info in header.items():
        begin, end = info["data_offsets"]
        tensors[name] = torch.frombuffer(bytearray(numbers[begin:end]), dtype=torch.float32).view(info["shape"])
    return tensors


config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
weights = load_safetensors(folder / "model.safetensors")
h = config["hyperparameters"]
itos = config["itos"]  # index 0 is the boundary, where names begin and end
block_size, vocab_size = config["block_size"], len(itos)
