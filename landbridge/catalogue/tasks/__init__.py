"""What happens in the background of the catalogue."""
