"""One company's request for one voucher, drafted with its partner abroad."""
