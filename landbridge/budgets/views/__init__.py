"""The pages of this word: the overview of a phase, one line with its statement, transfers between partners."""
