"""The start page: what is in the project, and what waits."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from glossary.web.app import page, site_of


def show(request: Request) -> Response:
    """The documents, and how far their review has come."""
    with site_of(request).opened() as glossary:
        alignments = glossary.store.alignments()
    return page(request, "start.html", title="Start", alignments=alignments)


ROUTES = (Route("/", show),)
