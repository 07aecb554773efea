"""When a key, a webhook or an address is right."""
