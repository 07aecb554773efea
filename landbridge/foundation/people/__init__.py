"""People: sign-in, profile, consent and sessions."""
