"""JSON for machines, through the same queries as the pages, with a document that says what it answers."""
