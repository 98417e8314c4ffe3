def next_probs(characters):
    """(V): how likely each character is to follow these; indices, without a boundary"""
    idx = torch.tensor([([0] + characters)[-block_size:]])  # (1, T)
    return model(idx)[0, -1].softmax(-1)
