"""The same post twice is stored once and answered the same."""
