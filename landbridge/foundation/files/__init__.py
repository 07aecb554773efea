"""Uploads by content, and the one way out for them.

`kinds` says what is accepted, `inspection` looks inside, `store` keeps, `attachment` hands out, `queries` verifies.
"""
