"""Calls for proposals: window, incentives, criteria, form."""
