"""What is asked about keys, webhooks and calendar addresses."""
