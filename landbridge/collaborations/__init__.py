"""What two organisations do together, from whatever origin."""
