"""Pure Python without Django: what Landbridge decides by calculation."""
