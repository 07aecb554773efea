"""Webinars: sign-up, attendance, questions, recordings, certificates."""
