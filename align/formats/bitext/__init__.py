"""Alignments that other programs made, and conversions between all formats of alignments: see ``registry``."""

from __future__ import annotations
