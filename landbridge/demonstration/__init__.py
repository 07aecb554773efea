"""The cast, the four programmes of the past replayed, and a current call: all through the product's own actions."""
