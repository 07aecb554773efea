"""The kernel of search: an index of documents that knows nothing of what they are about."""
