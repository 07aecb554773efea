"""Success stories approved by both sides, news, and the press kit."""
