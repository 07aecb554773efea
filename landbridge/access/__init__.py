"""Access to facilities under common rules: the rules, who signed them, and each request from draft to feedback."""
