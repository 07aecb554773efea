"""What waits for me, and until when: each role's home."""
