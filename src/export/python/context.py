def next_logits(characters):
    """(V): the logits of what follows these characters; indices, without a boundary"""
    x = torch.tensor([([0] * block_size + characters)[-block_size:]])  # (1, T)
    return model(x)[0]
