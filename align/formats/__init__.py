"""Bytes to model and back: one module per format. No database, no weights."""
