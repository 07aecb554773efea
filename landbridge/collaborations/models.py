"""The table of collaborations."""
