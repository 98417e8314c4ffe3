# -----------------------------------------------------------------------------
# the model: one linear layer on the one-hot characters before, side by side

W = weights["W"]  # (T * V, V) with T = block_size


def model(x):
    xenc = F.one_hot(x, num_classes=vocab_size).float().flatten(1)  # (B, T) -> (B, T * V)
    return xenc @ W  # (B, V)
