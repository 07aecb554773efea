"""Pitches before investors: calls, juries, the deal room, reactions and what became of them."""
