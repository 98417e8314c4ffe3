# -----------------------------------------------------------------------------
# the model: a single neuron, whose one output is the logit of every character, so all of them are equally likely

W = weights["W"]  # (V, 1)


def model(x):
    xenc = F.one_hot(x, num_classes=vocab_size).float().flatten(1)  # (B, 1) -> (B, V)
    return (xenc @ W).expand(-1, vocab_size)  # (B, 1) -> (B, V)
