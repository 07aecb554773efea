"""Companies and institutes: names, places, numbers, bank accounts."""
