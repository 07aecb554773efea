"""What people type about keys, webhooks and calendar addresses."""
