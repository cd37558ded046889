"""The screens of the review page, each with its routes."""

from __future__ import annotations

from starlette.routing import Route

from glossary.web.screens import alignment, alignment_text, start

ROUTES: tuple[Route, ...] = (*start.ROUTES, *alignment.ROUTES, *alignment_text.ROUTES)
