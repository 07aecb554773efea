"""The pages of memberships."""
