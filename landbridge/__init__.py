"""Landbridge: one file from a company's question to what came of it, across a network of regions."""
