"""Questionnaires sent by rules and answered by signed link; baselines recorded before support."""
