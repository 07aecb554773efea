"""Each partner's voucher money: an append-only ledger."""
