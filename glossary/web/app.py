"""The application: every screen's routes, the templates, errors as pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from align.errors import ConcordError, ConflictError
from align.formats.rows import language_tag
from align.store import open_store
from align.text import direction
from glossary.store import Glossary
from glossary.web.jobs import Jobs
from glossary.web.shown import marked, shown

SCREENS = (
    ("/", "Start"),
    ("/candidates", "Candidates"),
    ("/alignment", "Alignment"),
    ("/findings", "Findings"),
    ("/consistency", "Consistency"),
    ("/ledger", "Ledger"),
)


@dataclass(frozen=True)
class Site:
    """What all screens share: the project file, who decides here, its configuration, templates, work going on."""

    project: Path
    author: str
    config: Path | None = None
    templates: Environment = field(default_factory=lambda: environment())
    jobs: Jobs = field(default_factory=Jobs)

    @contextmanager
    def opened(self) -> Iterator[Glossary]:
        """The glossary, open for one request. Raises StoreError."""
        with open_store(self.project) as store:
            yield Glossary(store)


def environment() -> Environment:
    """The templates; everything that is put into one is escaped."""
    made = Environment(
        loader=PackageLoader("glossary.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        screens=SCREENS, direction=direction, language_tag=language_tag, shown=shown, marked=marked
    )
    return made


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    found: Site = request.app.state.site
    return found


def author_of(request: Request) -> str:
    """Who decides: the name that this browser's user gave (a cookie set on the start page), else --author."""
    from urllib.parse import unquote

    return unquote(request.cookies.get("concord_author", "")).strip()[:200] or site_of(request).author


def page(request: Request, template: str, /, status: int = 200, **values: Any) -> HTMLResponse:
    """A template as an answer; a request of the page's own script gets its part, others the whole page.

    A template extends ``layout``: "page.html" with head and menu, or "part.html" with the part alone.
    """
    partial = request.headers.get("hx-request") == "true" and "hx-boosted" not in request.headers
    shared = {
        "request_path": request.url.path,
        "layout": "part.html" if partial else "page.html",
        "author": author_of(request),
        "project": site_of(request).project.name,
    }
    text = site_of(request).templates.get_template(template).render(**{**shared, **values})
    return HTMLResponse(text, status)


def see(request: Request, url: str) -> Response:
    """Leads on after a form was sent: by the script where it runs, else by the browser."""
    if request.headers.get("hx-request") == "true":
        return Response(
            status_code=204, headers={"HX-Location": json.dumps({"path": url, "target": "#main"})}
        )
    return RedirectResponse(url, status_code=303)


async def failed(request: Request, error: Exception) -> Response:
    """An error that was raised on purpose, in its own words; a stale view is a conflict (409)."""
    status = 409 if isinstance(error, ConflictError) else 400
    return aside(request, page(request, "error.html", status, title="That did not work", what=str(error)))


def aside(request: Request, response: Response) -> Response:
    """An error for the page's own script goes above what is on screen, so that nothing typed there is lost."""
    if request.headers.get("hx-request") == "true":
        response.headers["HX-Retarget"] = "#notice"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


async def missing(request: Request, error: Exception) -> Response:
    """No such page, or a method that it does not know."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    what = (
        error.detail if isinstance(error, HTTPException) else "This is a defect in Concord; please report it."
    )
    title = "There is no such page" if status == 404 else "Error"
    return aside(request, page(request, "error.html", status, title=title, what=what))


def create(site: Site) -> Starlette:
    """The application for one project."""
    from glossary.web.screens import ROUTES

    static = StaticFiles(directory=str(files("glossary.web") / "static"))
    app = Starlette(
        routes=[*ROUTES, Mount("/static", static, name="static")],
        exception_handlers={ConcordError: failed, HTTPException: missing, Exception: missing},
    )
    app.state.site = site
    return app


__all__ = ["Route", "Site", "author_of", "create", "page", "see", "site_of"]
