"""The operations of the API, and the pages where people keep their keys and webhooks."""
