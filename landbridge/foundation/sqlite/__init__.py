"""SQLite as the embedded database: immediate transactions, first come first served (ENGINE of the settings)."""
