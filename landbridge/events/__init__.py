"""Gatherings: matchmaking, open innovation, workshops, pitch events; registration, sessions, check-in."""
