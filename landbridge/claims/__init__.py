"""Costs and evidence, verification, approval, payment files and bank results."""
