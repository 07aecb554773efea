"""Search and match without a database: reading words, joining two rankings, and saying why an offer fits."""
