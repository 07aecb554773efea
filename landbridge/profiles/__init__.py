"""Partner profiles: anonymous offers and requests, and expressions of interest from desk to desk."""
