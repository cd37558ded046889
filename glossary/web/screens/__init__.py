"""The screens of the review page, each with its routes."""

from __future__ import annotations

from starlette.routing import Route

from glossary.web.screens import alignment, start

ROUTES: tuple[Route, ...] = (*start.ROUTES, *alignment.ROUTES)
