"""What people do with the doors for machines: keys, webhooks, calendar addresses."""
