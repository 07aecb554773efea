"""The open site: calls, how it works, the register of awards, the figures."""
