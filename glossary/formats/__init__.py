"""Decided terms to and from other programs' formats."""
