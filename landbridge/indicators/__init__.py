"""Indicators as data: dated readings that open to their rows, targets, forecasts, dashboards, reports."""
