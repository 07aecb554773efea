"""The table of stored files."""
