"""Every model that learns, in PyTorch: prints models.json, with which the tests compare ours on every engine.

    python3 test/golden/make_models.py > test/golden/models.json      (Debian's python3-torch, 1.13.1)

A case is a preset at a small size on a small file: the weights as drawn, the first batch with its logits, its loss and
every gradient, the weights and running statistics after 1 and after 10 updates, and then the loss of each split.
Every array is the base64 of float32, little-endian.
"""
import base64
import copy
import json
import sys

import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, RandomSampler, TensorDataset

sys.dont_write_bytecode = True  # nothing shall be left in the repository
import pytorch_lectures as lectures
import pytorch_makemore as makemore
from pytorch_data import contexts, lecture_splits, read_words, sequences, vocabulary

UPDATES = 10
LOGITS_OF = 3  # the first rows of the first batch: enough to compare
OTHER_SEED = 1234

# What a preset takes, twice: widths that fill vectors of four numbers, and widths that leave some over.
TABLES = [{}, {}]
MLPS = [{"block_size": 3, "n_embd": 4, "n_hidden": 8}, {"block_size": 4, "n_embd": 3, "n_hidden": 5}]
OTHER_MLPS = [{"block_size": 2, "n_embd": 6, "n_hidden": 7}, {"block_size": 5, "n_embd": 2, "n_hidden": 9}]
DEEP = [{**MLPS[0], "n_layer": 2}, {**MLPS[1], "n_layer": 3}]
FLAT = [
    {"block_size": 8, "group_size": 8, "n_embd": 4, "n_hidden": 8},
    {"block_size": 5, "group_size": 5, "n_embd": 3, "n_hidden": 5},
]
TREES = [
    {"block_size": 8, "group_size": 2, "n_embd": 4, "n_hidden": 8},
    {"block_size": 9, "group_size": 3, "n_embd": 3, "n_hidden": 5},
]
# With the bug, a place where a batch has nothing but boundaries has no variance, and 1 / sqrt(eps) magnifies rounding.
BUG_TREES = [{**TREES[0], "block_size": 4}, {**TREES[1], "block_size": 4, "group_size": 2}]
OTHER_TREES = [
    {"block_size": 4, "group_size": 2, "n_embd": 8, "n_hidden": 12},
    {"block_size": 8, "group_size": 2, "n_embd": 5, "n_hidden": 6},
]
WIDTHS = [{"n_embd": 4, "n_hidden": 8}, {"n_embd": 3, "n_hidden": 5}]
# The more names, the smaller is the rounding of the gradients that are 0, of which AdamW makes updates.
BLOCKS = [
    {"n_embd": 8, "n_layer": 2, "n_head": 2, "batch_size": 128},
    {"n_embd": 9, "n_layer": 1, "n_head": 3, "batch_size": 127},
]

PART1 = {"split": "whole", "seed": 2147483647, "learning_rate": 50, "batch_size": 0}
PARTS23 = {"split": "lecture", "seed": 2147483647, "learning_rate": 0.1, "batch_size": 32}
PART5 = {**PARTS23, "seed": 42}  # of PyTorch's default generator, which draws what any other would
FIVE_WORDS = {**PARTS23, "split": "whole", "names": 5, "batch_size": 0}
CALM = {"w2": 0.01, "b2": 0}

# By the preset's id: the model, its sizes, how it is trained, and what else the lecture says about it.
LECTURES = {
    "bigram-one-neuron": (lectures.OneNeuron, TABLES, PART1, {}),
    "bigram-net": (lectures.BigramNet, TABLES, PART1, {}),
    "trigram-net": (lectures.TrigramNet, TABLES, PART1, {}),
    "mlp-five-words": (lectures.MLP, MLPS, FIVE_WORDS, {}),
    "mlp-part2": (lectures.MLP, OTHER_MLPS, PARTS23, {}),
    "mlp-part3-original": (lectures.MLP, MLPS, PARTS23, {}),
    "mlp-part3-logits": (lectures.MLP, MLPS, PARTS23, CALM),
    "mlp-part3-tanh": (lectures.MLP, MLPS, PARTS23, {**CALM, "w1": 0.2, "b1": 0.01}),
    "mlp-part3-kaiming": (lectures.MLP, MLPS, PARTS23, {**CALM, "kaiming": 5 / 3, "b1": 0.01}),
    "mlp-part3-batchnorm": (lectures.MLP, MLPS, PARTS23, {**CALM, "kaiming": 5 / 3, "bn": True}),
    "deep-part3-batchnorm": (lectures.DeepMLP, DEEP, PARTS23, {}),
    "wavenet-part5-flat": (lectures.WaveNet, FLAT, PART5, {}),
    "wavenet-part5-bug": (lectures.WaveNet, BUG_TREES, PART5, {"bug": True}),
    "wavenet-part5-fixed": (lectures.WaveNet, TREES, PART5, {}),
    "wavenet-part5": (lectures.WaveNet, OTHER_TREES, PART5, {}),
}
MAKEMORE_PY = {
    "makemore-bigram": (makemore.Bigram, TABLES),
    "makemore-mlp": (makemore.MakemoreMLP, WIDTHS),
    "makemore-rnn": (makemore.RNN, WIDTHS),
    "makemore-gru": (makemore.GRU, WIDTHS),
    "makemore-bow": (makemore.BoW, WIDTHS),
    "makemore-transformer": (makemore.Transformer, BLOCKS),
}


def cases():
    """(preset, file, what is changed about the preset)"""
    for preset, (_, sizes, training, _) in LECTURES.items():
        is_full = training["batch_size"] == 0
        batch, odd_batch = ({}, {}) if is_full else ({"batch_size": 8}, {"batch_size": 11, "decay_from": 5})
        yield preset, "names-27.txt", {**sizes[0], **batch}
        yield preset, "names-40.txt", {**sizes[1], **odd_batch, "seed": OTHER_SEED}
    for preset, (_, sizes) in MAKEMORE_PY.items():
        yield preset, "names-27.txt", {"batch_size": 8, **sizes[0]}
        yield preset, "names-40.txt", {"batch_size": 7, **sizes[1], "seed": OTHER_SEED}
    # What else can be chosen: part 3's deep nets without BatchNorm, and other batches than the preset's.
    deep = {**DEEP[1], "batch_size": 8, "batch_norm": 0, "seed": OTHER_SEED}
    yield "deep-part3-batchnorm", "names-27.txt", {**deep, "gain": 5 / 3}
    yield "deep-part3-batchnorm", "names-27.txt", {**deep, "tanh": 0}
    yield "bigram-net", "names-27.txt", {"batch_size": 16, "seed": OTHER_SEED}
    yield "mlp-part3-batchnorm", "names-27.txt", {**MLPS[1], "batch_size": 0, "seed": OTHER_SEED}
    yield "makemore-gru", "names-27.txt", {**WIDTHS[1], "batch_size": 0, "seed": OTHER_SEED}


def run_lecture(preset, words, changes):
    Model, _, training, settings = LECTURES[preset]
    training = {"decay_from": 100_000, **training}
    # The changes are of the model, but for those that say how it is trained.
    training.update({name: value for name, value in changes.items() if name in training})
    settings = {**settings, **{name: value for name, value in changes.items() if name not in training}}
    stoi = vocabulary(words)
    g = torch.Generator().manual_seed(training["seed"])
    model = Model(len(stoi), g, **settings)
    is_split = training["split"] == "lecture"
    names = lecture_splits(words) if is_split else {"train": words[: training.get("names")]}
    splits = {split: contexts(some, stoi, model.block_size) for split, some in names.items()}
    Xtr, Ytr = splits["train"]

    def next_batch():
        if training["batch_size"] == 0:
            return Xtr, Ytr
        ix = torch.randint(0, Xtr.shape[0], (training["batch_size"],), generator=g)
        return Xtr[ix], Ytr[ix]

    def update(i):
        lr = training["learning_rate"] if i < training["decay_from"] else training["learning_rate"] / 10
        for p in model.parameters():
            p.data += -lr * p.grad

    return record(model, next_batch, update, splits)


def run_makemore_py(preset, words, changes):
    Model, _ = MAKEMORE_PY[preset]
    size = dict(changes)
    seed, batch_size = size.pop("seed", 3407), size.pop("batch_size", 32)
    stoi = vocabulary(words)
    block_size = max(len(word) for word in words) + 1
    torch.manual_seed(seed)
    shuffled = [words[i] for i in torch.randperm(len(words)).tolist()]
    n = len(words) - min(1000, int(len(words) * 0.1))
    splits = {
        "train": sequences(shuffled[:n], stoi, block_size),
        "test": sequences(shuffled[n:], stoi, block_size),
    }
    model = Model(len(stoi), block_size, **size)
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-4, weight_decay=0.01, betas=(0.9, 0.99), eps=1e-8)
    dataset = TensorDataset(*splits["train"])
    if batch_size == 0:
        return record(model, lambda: dataset.tensors, lambda i: optimizer.step(), splits)
    sampler = RandomSampler(dataset, replacement=True, num_samples=int(1e10))
    batches = iter(DataLoader(dataset, sampler=sampler, batch_size=batch_size))
    return record(model, lambda: next(batches), lambda i: optimizer.step(), splits)


def record(model, next_batch, update, splits):
    parameters = {our_name(name): p for name, p in model.named_parameters()}
    tensors = {name: {"shape": list(p.shape), "initial": encode(p)} for name, p in parameters.items()}
    state = {name: {} for name, _ in model.named_buffers()}
    losses = []
    for i in range(UPDATES):
        X, Y = next_batch()
        logits = model(X)
        loss = loss_of(model, logits, Y)
        for p in model.parameters():
            p.grad = None
        loss.backward()
        losses.append(loss.item())
        if i == 0:
            check_gradients(model, X, Y)
            first = {"x": encode(X), "logits": encode(logits[:LOGITS_OF])}
            for name, p in parameters.items():
                tensors[name]["gradient"] = encode(p.grad)
        update(i)
        if i + 1 in (1, UPDATES):
            for name, p in parameters.items():
                tensors[name][f"after{i + 1}"] = encode(p)
            for name, buffer in model.named_buffers():
                state[name][f"after{i + 1}"] = encode(buffer)
    return {
        "firstBatch": first,
        "losses": encode(torch.tensor(losses)),
        "parameters": tensors,
        "zeroGradients": zero_gradients(model),
        "state": state,
        "evaluation": evaluate(model, splits),
    }


def loss_of(model, logits, Y):
    loss = F.cross_entropy(logits.flatten(0, -2), Y.flatten(), ignore_index=-1)
    return loss + model.penalty() if hasattr(model, "penalty") else loss


def zero_gradients(model):
    """Of the parameters in which there are any, the first element whose gradient is 0 and the one behind the last."""
    return model.zero_gradients() if hasattr(model, "zero_gradients") else {}


def check_gradients(model, X, Y):
    """Refuses a case in which PyTorch itself is far from float64: it would compare one rounding with another."""
    exact = copy.deepcopy(model).double()
    exact.zero_grad(set_to_none=True)
    loss_of(exact, exact(X), Y).backward()
    gradients = {our_name(name): p.grad for name, p in model.named_parameters()}
    for name, p in exact.named_parameters():
        begin, end = zero_gradients(model).get(our_name(name), (0, 0))
        assert (p.grad.flatten()[begin:end].abs() < 1e-14).all(), f"{name} has a gradient"
        error = (gradients[our_name(name)] - p.grad).abs().max()
        assert end - begin == p.numel() or error < 1e-5 * p.grad.abs().max(), f"{name}'s gradient is off by {error}"


@torch.no_grad()
def evaluate(model, splits):
    """Nats per character of whole splits, by the running statistics where there are any, and without a penalty."""
    model.eval()
    return {
        name: F.cross_entropy(model(X).flatten(0, -2), Y.flatten(), ignore_index=-1).item()
        for name, (X, Y) in splits.items()
    }


def our_name(name):
    """An embedding's table has the embedding's name."""
    return name[: -len(".weight")] if name in ("wte.weight", "wpe.weight") else name


def encode(tensor):
    return base64.b64encode(tensor.detach().numpy().astype("<f4").tobytes()).decode()


def camel_case(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def run(preset, file, changes):
    run_preset = run_lecture if preset in LECTURES else run_makemore_py
    return {
        "preset": preset,
        "file": file,
        "hyperparameters": {camel_case(name): value for name, value in changes.items()},
        **run_preset(preset, read_words(file), changes),
    }


def printed(value, indent=""):
    """JSON as prettier likes it: the members of an object each on a line."""
    deeper = indent + "  "
    if isinstance(value, dict) and value:
        members = [f"{json.dumps(key)}: {printed(member, deeper)}" for key, member in value.items()]
        return "{\n" + ",\n".join(deeper + member for member in members) + "\n" + indent + "}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(deeper + printed(item, deeper) for item in value) + "\n" + indent + "]"
    return json.dumps(value, ensure_ascii=False)


torch.set_num_threads(1)
files = ("names-27.txt", "names-40.txt")
print(
    printed(
        {
            "torch": torch.__version__,
            "vocabularies": {file: "".join(vocabulary(read_words(file))) for file in files},
            "cases": [run(*case) for case in cases()],
        }
    )
)
