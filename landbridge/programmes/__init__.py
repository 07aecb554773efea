"""Programmes, phases, regions with their calendars, partners, incentives and targets."""
