def next_probs(characters):
    """(V): how likely each character is to follow these; indices, without a boundary"""
    x = torch.tensor([([0] * block_size + characters)[-block_size:]])  # (1, T)
    return model(x)[0].softmax(-1)
