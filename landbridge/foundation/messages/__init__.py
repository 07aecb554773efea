"""The product's sentences: found in the source, kept per word and language, checked, and compiled at the start."""
