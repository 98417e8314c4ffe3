# -----------------------------------------------------------------------------
# the model: how often each character follows the one before (V, V), or the two before (V, V, V)

logits = (weights["N"] + h["smoothing"]).double().log()  # every row's softmax is its share of the counts


def next_logits(characters):
    """(V): the logits of what follows these characters; indices, without a boundary"""
    context = ([0] * block_size + characters)[-block_size:]
    return logits[tuple(context)]
