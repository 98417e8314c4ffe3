# -----------------------------------------------------------------------------
# the model: how often each character follows the one before (V, V), or the two before (V, V, V)

P = weights["N"] + h["smoothing"]
P /= P.sum(-1, keepdim=True)  # every row is a distribution


def next_probs(characters):
    """(V): how likely each character is to follow these; indices, without a boundary"""
    context = ([0] * block_size + characters)[-block_size:]
    return P[tuple(context)]
