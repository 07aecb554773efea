"""Introductions by double opt-in: nobody is named to the other side before both said yes."""
