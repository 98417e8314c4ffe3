# -----------------------------------------------------------------------------
# the model: the MLP of Bengio et al. 2003, as in parts 2 and 3 of the lectures

C = weights["C"]  # (V, E) with E = n_embd
W1, b1 = weights["W1"], weights["b1"]  # (T * E, H), (H) with T = block_size, H = n_hidden
W2, b2 = weights["W2"], weights["b2"]  # (H, V), (V)


def model(x):
    emb = C[x]  # (B, T) -> (B, T, E)
    hid = torch.tanh(emb.flatten(1) @ W1 + b1)  # (B, H)
    return hid @ W2 + b2  # (B, V)
