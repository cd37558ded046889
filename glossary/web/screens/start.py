"""The start page: what is in the project, what waits, and where files come in and go out."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from align.errors import ConflictError, UsageError
from glossary.store import Query
from glossary.web import files, work
from glossary.web.app import author_of, page, see, site_of
from glossary.web.forms import form_of
from glossary.web.screens.alignment_text import download

YEAR = 31_536_000
LONGEST_AUTHOR = 100
ENDINGS = {"tbx-v2": ".tbx", "weblate-tbx": ".tbx", "trados-xlsx": ".xlsx", "omegat": ".utf8", "utx": ".utx"}


def show(request: Request) -> Response:
    """The documents, and how far their review has come."""
    from glossary.formats.registry import FORMATS

    site = site_of(request)
    with site.opened() as glossary:
        store = glossary.store
        with store.snapshot():
            alignments = store.alignments()
            texts = store.db.execute(
                """SELECT d.key, d.lang, d.format, (SELECT count(*) FROM segments AS s WHERE s.document = d.id)
                FROM documents AS d WHERE d.id IN (SELECT max(id) FROM documents GROUP BY key) ORDER BY d.id"""
            ).fetchall()
            concepts = {
                state: glossary.count(Query(state=state)) for state in ("candidate", "approved", "rejected")
            }
            built = glossary.builds()
        langs = sorted({lang for _, lang, _, _ in texts})
    return page(
        request, "start.html", title="Start", alignments=alignments, texts=texts, concepts=concepts, built=built,
        langs=langs, job=site.jobs.running(), glossary_formats=FORMATS.values(),
    )  # fmt: skip


def checks(request: Request) -> Response:
    """What earlier checks say; as a part of the start page, or by itself."""
    site = site_of(request)
    with site.opened() as glossary:
        counts, waiting, total = work.findings(site, glossary)
    return page(
        request, "start_checks.html", title="What the checks say", counts=counts, waiting=waiting, total=total
    )


def author(request: Request) -> Response:
    """Who decides in this browser from now on."""
    name = " ".join(form_of(request).text("name").split())
    if not name or len(name) > LONGEST_AUTHOR or not name.isprintable():
        raise UsageError(
            "this is no name", hint=f"Give one of up to {LONGEST_AUTHOR} letters; decisions are kept under it"
        )
    answer = see(request, "/")
    answer.set_cookie(
        "concord_author", quote(name, safe=""), max_age=YEAR, path="/", httponly=True, samesite="strict"
    )
    return answer


def put_in(request: Request) -> Response:
    """Keeps two or more files in the project's folder and aligns them, in a thread of its own."""
    form = form_of(request)
    site = site_of(request)
    originals, translations = form.files("original"), form.files("translation")
    running = site.jobs.running()
    if running is not None:
        raise ConflictError(f"“{running.title}” is still running", hint="Wait for its end")
    if len(originals) != 1 or not translations:
        raise UsageError("an original and a translation are needed", hint="Choose a file for each")
    langs = [form.text("original_lang") or None, *[form.text("translation_lang") or None] * len(translations)]
    folder = site.project.absolute().parent
    paths, made = files.keep_all(folder, [*originals, *translations])
    job = site.jobs.start(
        f"Aligning {' and '.join(path.name for path in paths)}",
        work.aligning(site, paths, made, langs, bool(form.text("force")), author_of(request)),
        url=f"/alignment/of?{urlencode({'source': paths[0].name, 'target': paths[1].name})}",
    )
    return see(request, f"/jobs/{job.id}")


def of_files(request: Request) -> Response:
    """Leads to the alignment of two files of the project's folder."""
    asked = request.query_params
    folder = site_of(request).project.absolute().parent
    with site_of(request).opened() as glossary:
        number = glossary.store.find(folder / asked.get("source", ""), folder / asked.get("target", ""))
    return see(request, f"/alignment/{number}" if number is not None else "/alignment")


def check(request: Request) -> Response:
    """Begins a check of the project."""
    site = site_of(request)
    job = site.jobs.start("Checking the project", work.checking(site), url="/findings")
    return see(request, f"/jobs/{job.id}")


def collect(request: Request) -> Response:
    """Begins to collect the terms of all texts."""
    site = site_of(request)
    job = site.jobs.start("Collecting terms", work.collecting(site, author_of(request)), url="/candidates")
    return see(request, f"/jobs/{job.id}")


def export_terms(request: Request) -> Response:
    """The decided terms as a file, or what a format would lose of them."""
    from glossary.cli.export import chosen, settings
    from glossary.formats.losses import Report
    from glossary.formats.registry import export, named

    asked = request.query_params
    format = named(asked.get("format", "toml"))
    report, out = Report(format.name), io.BytesIO()
    with site_of(request).opened() as glossary:
        entries = chosen(glossary, format, "", "")
        how = settings(glossary, entries, format, asked.get("source", ""), asked.get("target", ""), None)
        for chunk in export(entries, format, how, report):
            out.write(chunk)
    if asked.get("losses"):
        address = f"/export/terms?{urlencode({k: v for k, v in asked.items() if k != 'losses'})}"
        lines: list[Any] = report.lines()
        return page(
            request, "start_losses.html", title=f"What {format.title} loses", lines=lines, report=report,
            address=address,
        )  # fmt: skip
    ending = format.endings[0] if format.endings else ENDINGS.get(format.name, ".csv")
    return download(out.getvalue(), f"{site_of(request).project.stem}-terms{ending}")


ROUTES = (
    Route("/", show),
    Route("/author", author, methods=["POST"]),
    Route("/files", put_in, methods=["POST"]),
    Route("/alignment/of", of_files),
    Route("/checks", checks, methods=["GET", "HEAD"]),
    Route("/checks", check, methods=["POST"]),
    Route("/terms", collect, methods=["POST"]),
    Route("/export/terms", export_terms),
)
