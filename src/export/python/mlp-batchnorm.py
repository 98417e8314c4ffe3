# -----------------------------------------------------------------------------
# the model: the MLP of Bengio et al. 2003 with batch normalization, as in part 3 of the lectures

C = weights["C"]  # (V, E) with E = n_embd
W1 = weights["W1"]  # (T * E, H) with T = block_size, H = n_hidden
bngain, bnbias = weights["bngain"], weights["bnbias"]  # (1, H) each
bnmean_running, bnstd_running = weights["bnmean_running"], weights["bnstd_running"]  # (1, H) each
W2, b2 = weights["W2"], weights["b2"]  # (H, V), (V)


def model(x):
    emb = C[x]  # (B, T) -> (B, T, E)
    hpreact = emb.flatten(1) @ W1  # (B, H)
    hpreact = bngain * (hpreact - bnmean_running) / bnstd_running + bnbias
    return torch.tanh(hpreact) @ W2 + b2  # (B, V)
