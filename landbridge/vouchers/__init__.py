"""The award and its life: letter, agreement, extension, lapse, closing."""
