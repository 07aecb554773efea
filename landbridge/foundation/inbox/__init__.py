"""E-mail that comes in: read with suspicion, led to what it answers by a signed address, or put aside for a person."""
