"""The append-only record of everything that happened, chained by hashes.

`record` writes (record.py), `history_of` reads (queries.py), `chain` seals and verifies (chain.py).
"""
