"""What the doors for machines do by themselves."""
