"""The office's pages of a call: the list, the call with its parts, each part's form, publication and what follows."""
