"""Everything that a network owns as one documented file (docs/archive.md), written, checked and read."""
