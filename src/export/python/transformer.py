# -----------------------------------------------------------------------------
# the model: makemore.py's Transformer, a small GPT-2. C = n_embd

n_embd, n_head = h["n_embd"], h["n_head"]


class CausalSelfAttention(nn.Module):
    def __init__(self):
        super().__init__()
        self.c_attn = nn.Linear(n_embd, 3 * n_embd)  # query, key and value of all heads at once
        self.c_proj = nn.Linear(n_embd, n_embd)
        self.register_buffer("bias", torch.empty(1, 1, block_size, block_size))  # 1 where t may look at s, 0 elsewhere

    def forward(self, x):
        B, T, C = x.shape
        heads = [part.view(B, T, n_head, C // n_head).transpose(1, 2) for part in self.c_attn(x).split(C, dim=2)]
        q, k, v = heads  # (B, n_head, T, C / n_head)
        att = q @ k.transpose(-2, -1) * (1 / math.sqrt(C // n_head))  # (B, n_head, T, T)
        att = att.masked_fill(self.bias[:, :, :T, :T] == 0, -math.inf).softmax(-1)
        y = (att @ v).transpose(1, 2).reshape(B, T, C)  # the heads side by side
        return self.c_proj(y)


def gelu(x):
    """by tanh, as in GPT-2"""
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln_1 = nn.LayerNorm(n_embd)
        self.attn = CausalSelfAttention()
        self.ln_2 = nn.LayerNorm(n_embd)
        self.mlp = nn.ModuleDict({"c_fc": nn.Linear(n_embd, 4 * n_embd), "c_proj": nn.Linear(4 * n_embd, n_embd)})

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp.c_proj(gelu(self.mlp.c_fc(self.ln_2(x))))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.transformer = nn.ModuleDict(
            {
                "wte": nn.Embedding(vocab_size, n_embd),
                "wpe": nn.Embedding(block_size, n_embd),
                "h": nn.ModuleList([Block() for _ in range(h["n_layer"])]),
                "ln_f": nn.LayerNorm(n_embd),
            }
        )
        self.lm_head = nn.Linear(n_embd, vocab_size, bias=False)

    def forward(self, idx):
        x = self.transformer.wte(idx) + self.transformer.wpe(torch.arange(idx.shape[1]))  # (B, T) -> (B, T, C)
        for block in self.transformer.h:
            x = block(x)
        return self.lm_head(self.transformer.ln_f(x))  # (B, T, V)


model = Transformer()
model.load_state_dict(weights)
