"""Findings of the checks, for people and programs: a ``Report`` and the formats that it is written in."""

from __future__ import annotations

from glossary.formats.findings.report import Checked, Dismissed, Report
from glossary.formats.findings.write import FORMATS, Format, guess_format, register, write

__all__ = ["FORMATS", "Checked", "Dismissed", "Format", "Report", "guess_format", "register", "write"]
