"""The catalogue in the formats of others: JSON-LD, DCAT-AP, OAI-PMH, UNIQUIP. Public values in, text out."""
