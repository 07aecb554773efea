"""What the open site reads: the register of awards, the figures, the network. Nothing in here names a person."""
