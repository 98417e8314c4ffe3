# -----------------------------------------------------------------------------
# the samplers: what torch.multinomial(p, 1) draws depends on the version and the build of PyTorch, so both ways are
# spelled out here. The third one, exponential-mkl, takes a generator of Intel's library and is in VS Code only.


def exponential(p, g):
    """PyTorch from 1.6 on, without MKL: the fastest of exponential clocks whose rates are the probabilities"""
    u = torch.rand(len(p), generator=g, dtype=torch.float64)  # (V)
    q = -torch.log1p(-u).float()
    return (p / q).argmax().item()


def cdf(p, g):
    """PyTorch before 2.0, with replacement=True: one uniform number, looked up in the running sum"""
    u = torch.rand(1, generator=g, dtype=torch.float64)
    sums = p.cumsum(0)  # (V)
    return (sums[:-1] / sums[-1] < u).sum().item()


def sample_name(g):
    """one name, as indices"""
    draw = {"exponential": exponential, "cdf": cdf}[args.sampler]
    name = list(prefix)
    while len(name) < 1000:  # an untrained model may never come to an end
        p = next_probs(name)
        if args.temperature != 1:
            p = (p / p.max()) ** (1 / args.temperature)
            p /= p.sum()  # as softmax(logits / temperature)
        ix = draw(p, g)
        if ix == 0:
            break
        name.append(ix)
    return name


parser = argparse.ArgumentParser(description="draws names from the model in this folder")
parser.add_argument("--num", type=int, default=10, help="how many names")
parser.add_argument("--seed", type=int, default=2147483647, help="of the generator")
parser.add_argument("--sampler", choices=["exponential", "cdf"], default="exponential", help="how they are drawn")
parser.add_argument("--temperature", type=float, default=1.0, help="below 1: more of the same; above 1: stranger names")
parser.add_argument("--prefix", default="", help="every name begins with it")
args = parser.parse_args()

stoi = {c: i for i, c in enumerate(itos)}
prefix = []
for c in unicodedata.normalize("NFC", args.prefix):
    if stoi.get(c, 0) == 0:
        parser.error(f"the model has never seen {c!r} in a name")
    prefix.append(stoi[c])

sys.stdout.reconfigure(encoding="utf-8")
g = torch.Generator().manual_seed(args.seed)
for _ in range(args.num):
    print("".join(itos[i] for i in sample_name(g)))
