def next_logits(characters):
    """(V): the logits of what follows these characters; indices, without a boundary"""
    idx = torch.tensor([([0] + characters)[-block_size:]])  # (1, T)
    return model(idx)[0, -1]
