"""The screens of the review page, each with its routes."""

from __future__ import annotations

from starlette.routing import Route

from glossary.web.screens import (
    alignment,
    alignment_text,
    candidates,
    candidates_bulk,
    consistency,
    findings,
    jobs,
    ledger,
    start,
)

ROUTES: tuple[Route, ...] = (
    *alignment.ROUTES,
    *alignment_text.ROUTES,
    *candidates.ROUTES,
    *candidates_bulk.ROUTES,
    *consistency.ROUTES,
    *findings.ROUTES,
    *jobs.ROUTES,
    *ledger.ROUTES,
    *start.ROUTES,
)
