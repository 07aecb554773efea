"""The pages of this word, one module for each thing; anyone in the programme reads, the office edits."""
