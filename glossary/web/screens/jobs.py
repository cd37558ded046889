"""How far a piece of work is, for the page that waits for it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from glossary.web.app import page, site_of


def show(request: Request) -> Response:
    """A piece of work; nothing for the page's own script where all is as it was seen."""
    job = site_of(request).jobs.get(int(request.path_params["id"]))
    seen = request.query_params.get("done"), request.query_params.get("total")
    asks = request.headers.get("hx-request") == "true"
    if asks and job.state == "running" and seen == (str(job.done), str(job.total)):
        return Response(status_code=204)
    return page(request, "job.html", title=job.title, job=job)


ROUTES = (Route("/jobs/{id:int}", show),)
