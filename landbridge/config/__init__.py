"""The settings, the addresses and the schedule: where the words are plugged together."""
