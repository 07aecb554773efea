"""Clocks as data: who must do what until when, in working days of the region that holds the duty."""
