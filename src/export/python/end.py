# -----------------------------------------------------------------------------
# the samplers: what torch.multinomial(p, 1) draws depends on the version and the build of PyTorch, so all three ways are
# spelled out here


def exponential(p, g):
    """PyTorch from 1.6 on, without MKL: the fastest of exponential clocks whose rates are the probabilities"""
    u = torch.rand(len(p), generator=g, dtype=torch.float64)  # (V)
    q = -torch.log1p(-u).float()
    return (p / q).argmax().item()


def exponential_mkl(p, g):
    """the same with MKL: its generator MCG31m1 makes the noise, seeded anew for every character"""
    m = 2**31 - 1
    x = torch.randint(m, (1,), generator=g).item() or 1
    q = []
    for _ in range(len(p)):
        q.append(-math.log(x / m))
        x = x * 1132489760 % m
    return (p / torch.tensor(q)).argmax().item()


def cdf(p, g):
    """PyTorch before 2.0, with replacement=True: one uniform number, looked up in the running sum"""
    u = torch.rand(1, generator=g, dtype=torch.float64)
    sums = p.cumsum(0)  # (V)
    return (sums[:-1] / sums[-1] < u).sum().item()


samplers = {"exponential": exponential, "cdf": cdf, "exponential-mkl": exponential_mkl}


def distribution(logits, temperature, top_k):
    """softmax(logits / temperature) (V), of which only the k largest are kept; None if that is no distribution"""
    if temperature == 0:
        temperature, top_k = 1, 1  # the likeliest
    logits = logits.double()
    if top_k > 0:
        least = logits.topk(min(top_k, vocab_size)).values[-1]
        logits = logits.masked_fill(logits < least, -math.inf)
    if not logits.max().isfinite():
        return None
    return ((logits - logits.max()) / temperature).softmax(-1).float()


def sample_name(g):
    """one name, as indices"""
    name = list(prefix)
    while len(name) < longest_name:  # an untrained model may never come to an end
        p = distribution(next_logits(name), args.temperature, args.top_k)
        if p is None:
            parser.error(f"there is no probability of what follows {spelled(name)!r}: take another prefix")
        ix = samplers[args.sampler](p, g)
        if ix == 0:
            break
        name.append(ix)
    return name


def normalized(text):
    """as the names were read"""
    return unicodedata.normalize("NFC", text) if reading["normalize"] == "nfc" else text


def spelled(name):
    return normalized("".join(itos[i] for i in name))


def number(kind, low, high):
    """what argparse reads a number with"""

    def read(text):
        value = kind(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"it must be from {low:,} to {high:,}, but it is {text}")
        return value

    read.__name__ = kind.__name__  # which argparse names where there is no number at all
    return read


reading = config["reading"]
longest_name = 1000
parser = argparse.ArgumentParser(description="draws names from the model in this folder")
add = parser.add_argument
add("--num-samples", "--num", type=number(int, 0, 1000), default=10, help="how many names")
add("--sample-seed", "--seed", type=number(int, -(2**63), 2**64 - 1), default=2147483647, help="of the generator")
add("--sampler", choices=list(samplers), default="exponential", help="how they are drawn")
add("--temperature", type=number(float, 0, 100), default=1.0, help="below 1: more of the same; 0: the likeliest")
add("--top-k", type=number(int, -1, 10**6), default=0, help="only the k most probable characters; 0 or -1: all")
add("--prefix", default="", help="every name begins with it")
args = parser.parse_args()

stoi = {c: i for i, c in enumerate(itos)}
text = normalized(args.prefix)
text = normalized(text.replace("İ", "i").lower()) if reading["lower"] else text
if len(text) >= longest_name:
    parser.error(f"the prefix must have fewer than {longest_name:,} characters, but it has {len(text):,}")
prefix = []
for c in text:
    if stoi.get(c, 0) == 0:
        parser.error(f"the model has never seen {c!r} in a name")
    prefix.append(stoi[c])

sys.stdout.reconfigure(encoding="utf-8")
g = torch.Generator().manual_seed(args.sample_seed)
for _ in range(args.num_samples):
    name = sample_name(g)
    print(spelled(name) + (f"   (cut at {longest_name:,} characters)" if len(name) >= longest_name else ""))
