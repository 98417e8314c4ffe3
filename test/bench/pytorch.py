"""The peer of `npm run bench`: the training steps of the presets in eager PyTorch.

    python3 test/bench/pytorch.py --list
    python3 test/bench/pytorch.py PRESET THREADS NAMES_FILE

The first form prints PyTorch's version and the presets that are here. The second one prints its first loss and then
answers every line {"milliseconds": m} on stdin: it trains for so long and prints what a step took.
"""
import json
import sys
import time
from pathlib import Path

import torch

sys.dont_write_bytecode = True  # nothing shall be left in the repository
sys.path.append(str(Path(__file__).parent.parent / "golden"))  # the models that the golden tests have
import pytorch_modules
import pytorch_steps

presets = {**pytorch_steps.presets, **pytorch_modules.presets}


def say(**answer):
    print(json.dumps(answer, allow_nan=False), flush=True)


def main(preset, threads, names_file):
    torch.set_num_threads(int(threads))
    with open(names_file, encoding="utf-8") as file:
        words = file.read().splitlines()
    step = presets[preset](words)
    done = 1
    say(engine="pytorch", threads=torch.get_num_threads(), firstLoss=step(0).item())
    for line in sys.stdin:
        until = json.loads(line)["milliseconds"] / 1000
        first, begun, passed = done, time.perf_counter(), 0
        while passed < until:
            loss = step(done).item()
            done += 1
            passed = time.perf_counter() - begun
        say(microseconds=1e6 * passed / (done - first), loss=loss)


if sys.argv[1:] == ["--list"]:
    say(version=torch.__version__, presets=list(presets))
else:
    main(*sys.argv[1:])
