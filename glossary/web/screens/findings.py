"""The screen of findings: what the checks say, both sentences of each; dismiss, restore, correct, go to the place."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from align.errors import ConflictError, UsageError
from align.store.notes import Notes
from glossary.model import Finding
from glossary.store.checked import Checks, Dismissal
from glossary.web.app import author_of, page, see, site_of
from glossary.web.forms import Form, form_of, whole_number
from glossary.web.screens.findings_place import bead_of, concept_of, corrected
from glossary.web.screens.findings_view import (
    REASONS,
    SEVERITIES,
    SORTS,
    STATES,
    All,
    Filter,
    View,
    arranged,
    document_of,
    everything,
    filter_of,
    fits,
    following,
    view,
)

if TYPE_CHECKING:
    from glossary.store import Glossary

REPORTS = {
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "sarif": "application/sarif+json",
}
DONE = {"dismiss": "dismissed", "restore": "restored", "undo": "took back the decision about"}


def show(request: Request) -> Response:
    """A page of findings."""
    asked = request.query_params
    wanted, above, below = filter_of(asked), asked.get("before", ""), asked.get("after", "")
    with site_of(request).opened() as glossary:
        held = everything(site_of(request), glossary)
        at, first = above or below or asked.get("at", ""), above or asked.get("first", "")
        found = view(glossary, held, wanted, at, first, back=bool(above))
        return rendered(request, glossary, held, found)


def rendered(
    request: Request,
    glossary: Glossary,
    held: All,
    found: View,
    *,
    said: str = "",
    status: int = 200,
    conflict: dict[str, Any] | None = None,
    focus: bool = False,
) -> Response:
    """The page, or its part. ``said`` is announced; ``focus`` puts the focus on the finding in question."""
    from glossary.formats.findings.page_findings import sentence
    from glossary.formats.findings.shown import called, language, line_of, quoted

    answer = page(
        request, "findings.html", status, title="Findings", view=found, filter=found.filter, said=said, focus=focus,
        conflict=conflict, job=site_of(request).jobs.running(), reasons=REASONS, severities=SEVERITIES,
        states=STATES, sorts=SORTS, undo=undoable(glossary), sentence=sentence, quoted=quoted, language=language,
        line_of=line_of, reports=REPORTS, gaps=held.standing.gaps,
        seen=latest(glossary), roles={one.name: called(one) for one in held.standing.documents},
    )  # fmt: skip
    if request.headers.get("hx-request") == "true":
        answer.headers["HX-Replace-Url"] = found.filter.url(first=found.first, at=found.at)
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#work", "outerHTML"
    return answer


def answered(request: Request, glossary: Glossary, form: Form, said: str, at: str) -> Response:
    """The page after a decision; without the script, the browser is led there."""
    wanted = filter_of(form.data)
    if request.headers.get("hx-request") != "true":
        return see(request, wanted.url(at=at, first=form.text("first")) + (f"#f-{at}" if at else ""))
    held = everything(site_of(request), glossary)
    found = view(glossary, held, wanted, at, form.text("first"))
    return rendered(request, glossary, held, found, said=said, focus=True)


def news(request: Request) -> Response:
    """Nothing where no decision was added since, else who decided what; what is being typed stays."""
    seen = whole_number(request.query_params.get("seen", ""), "seen", 0) or 0
    with site_of(request).opened() as glossary:
        events = Checks(glossary.store).since(seen)
    others = [event for event in events if event.author != author_of(request)]
    if not events:
        return Response(status_code=204)
    told = [f"{event.author}: {in_words(event)}" for event in others[-3:]]
    return page(request, "findings_news.html", title="Findings", told=told, seen=events[-1].id)


# Deciding


def dismiss(request: Request) -> Response:
    """Sets a finding aside, for a reason."""
    form = form_of(request)
    reason = form.text("typed") or form.text("reason")
    with site_of(request).opened() as glossary:
        held = everything(site_of(request), glossary)
        finding, at = held.finding(form.text("fingerprint")), next_one(glossary, held, form)
        try:
            Checks(glossary.store).dismiss(
                [finding], author=author_of(request), reason=reason, expected=form.number("seen") or 0
            )
        except ConflictError as error:
            return contested(request, glossary, form, finding, str(error), reason)
        return answered(request, glossary, form, f"Dismissed: {finding.code}, {reason}", at)


def restore(request: Request) -> Response:
    """Takes a dismissal back."""
    form = form_of(request)
    with site_of(request).opened() as glossary:
        held = everything(site_of(request), glossary)
        finding, at = held.finding(form.text("fingerprint")), next_one(glossary, held, form)
        try:
            Checks(glossary.store).restore(
                [finding.fingerprint], author=author_of(request), expected=form.number("seen") or 0
            )
        except ConflictError as error:
            return contested(request, glossary, form, finding, str(error), "")
        return answered(request, glossary, form, f"Restored: {finding.code}", at)


def next_one(glossary: Glossary, held: All, form: Form) -> str:
    """The finding that has the focus once this one is decided."""
    own = form.text("fingerprint")
    found = view(glossary, held, filter_of(form.data), own, form.text("first"))
    return following(found, own)


def contested(
    request: Request, glossary: Glossary, form: Form, finding: Finding, words: str, reason: str
) -> Response:
    """Both versions of a decision: what the person was about to do, and what another one did meanwhile."""
    held = everything(site_of(request), glossary)
    found = view(glossary, held, filter_of(form.data), finding.fingerprint, form.text("first"))
    last = Checks(glossary.store).last(finding.fingerprint)
    conflict = {"finding": finding, "words": words, "reason": reason, "theirs": last}
    return rendered(request, glossary, held, found, said=words, status=409, conflict=conflict)


def undo(request: Request) -> Response:
    """Takes back the last decision about findings: a dismissal, a restoration or a correction."""
    form = form_of(request)
    with site_of(request).opened() as glossary:
        store, author = glossary.store, author_of(request)
        with store.transaction():
            meant = undoable(glossary)
            if meant is None or (meant["kind"], str(meant["id"])) != (form.text("kind"), form.text("event")):
                raise ConflictError(
                    "Something else would be undone now",
                    hint="Look at the button again; others decide here too",
                )
            if meant["kind"] == "dismissal":
                at = Checks(store).undo(author=author, expected=meant["id"]).fingerprint
            else:
                Notes(store).undo(meant["document"], author)
                at = form.text("at")
        return answered(request, glossary, form, f"Undone: {meant['words']}", at)


def undoable(glossary: Glossary) -> dict[str, Any] | None:
    """What undo would take back: the last dismissal or restoration, or a correction if that was later."""
    dismissal = Checks(glossary.store).next_undo()
    row = glossary.db.execute(
        """SELECT e.id, e.at, e.author, e.action, p.key, p.text FROM passage_events AS e
        JOIN passages AS p ON p.id = e.passage WHERE p.alignment IS NULL ORDER BY e.id DESC LIMIT 1"""
    ).fetchone()
    if row is not None and row[3] == "correct" and (dismissal is None or row[1] > dismissal.at):
        document = document_of(glossary, row[4])
        words = f"correction in {row[4]}"
        return {"kind": "correction", "id": row[0], "document": document, "words": words, "author": row[2]}
    if dismissal is None:
        return None
    return {"kind": "dismissal", "id": dismissal.id, "words": in_words(dismissal), "author": dismissal.author}


def latest(glossary: Glossary) -> int:
    """The last decision about findings that the page knows of."""
    row = glossary.db.execute("SELECT max(id) FROM dismissals").fetchone()
    return int(row[0] or 0)


def in_words(event: Dismissal) -> str:
    """A decision, short: "dismissed T007 in interview.en.txt"."""
    return f"{DONE.get(event.action, event.action)} {event.code} in {event.document}"


# Corrections


def accept(request: Request) -> Response:
    """Corrects the sentence as the finding proposes; logged, and undone like every correction."""
    form = form_of(request)
    with site_of(request).opened() as glossary:
        held = everything(site_of(request), glossary)
        finding, at = held.finding(form.text("fingerprint")), next_one(glossary, held, form)
        with glossary.store.transaction():
            document, segment, new, seen = corrected(glossary, finding)
            Notes(glossary.store).correct(document, segment, new, author_of(request), seen=seen)
        return answered(
            request, glossary, form, f"Corrected: {finding.spot.text} → {finding.replacement}", at
        )


# Going on from here


def place(request: Request) -> Response:
    """Leads to the bead that a finding is in."""
    with site_of(request).opened() as glossary:
        finding = everything(site_of(request), glossary).finding(request.path_params["fingerprint"])
        with glossary.store.snapshot():
            found = bead_of(glossary, finding)
    if found is None:
        raise UsageError(
            "this text is in no pair", where=finding.spot.document, hint="Align it with its original"
        )
    return see(request, f"/alignment/{found[0]}?at={found[1]}#b{found[1]}")


def concept(request: Request) -> Response:
    """Leads to the concept that a finding is about, or to a search for its term."""
    with site_of(request).opened() as glossary:
        finding = everything(site_of(request), glossary).finding(request.path_params["fingerprint"])
        number, term = concept_of(glossary, finding)
    if number:
        return see(request, f"/candidates?{urlencode({'state': 'all', 'id': number})}")
    return see(request, f"/candidates?{urlencode({'state': 'all', 'q': term})}")


def rule(request: Request) -> Response:
    """The first finding of the next rule, or of the one before."""
    asked = request.query_params
    wanted, back = filter_of(asked), bool(asked.get("back"))
    with site_of(request).opened() as glossary:
        held = everything(site_of(request), glossary)
        by_rule = Filter(
            **{**{name: getattr(wanted, name) for name in ("severity", "document", "state", "q")}, "rule": ""}
        )
        at = step(glossary, held, by_rule, asked.get("at", ""), back)
        if request.headers.get("hx-request") != "true":
            return see(request, by_rule.url(at=at) + (f"#f-{at}" if at else ""))
        found = view(glossary, held, by_rule, at, at)
        said = next((f"{s.rule.code} {s.rule.name}" for s in found.sections if s.rule), "There is nothing")
        return rendered(request, glossary, held, found, said=said, focus=True)


def step(glossary: Glossary, held: All, wanted: Filter, at: str, back: bool) -> str:
    """The first finding of the rule after (or before) that of ``at``; the same rule's where there is none."""
    there = arranged(held.standing.findings, "rule")
    codes = list(dict.fromkeys(one.code for one in there if fits(one, held.state(one), wanted)))
    now = next((one.code for one in there if one.fingerprint == at), codes[0] if codes else "")
    order = [*dict.fromkeys(one.code for one in there)]
    beyond = [
        c for c in codes if (order.index(c) < order.index(now) if back else order.index(c) > order.index(now))
    ]
    code = (beyond[-1] if back else beyond[0]) if beyond else now
    return next(
        (one.fingerprint for one in there if one.code == code and fits(one, held.state(one), wanted)), ""
    )


# The check, and the report


def check(request: Request) -> Response:
    """Begins a check of the project."""
    from glossary.web.work import checking

    site = site_of(request)
    site.jobs.start("Checking the project", checking(site), url="/findings")
    return see(request, filter_of(form_of(request).data).url())


def report(request: Request) -> Response:
    """The open findings as a file."""
    from align import __version__
    from glossary.formats.findings import Report, write
    from glossary.formats.findings.report import Dismissed
    from glossary.web.screens.alignment_text import download

    format = request.query_params.get("format", "html")
    if format not in REPORTS:
        raise UsageError(f"“{format[:40]}” is no format", hint=f"Choose from: {', '.join(REPORTS)}")
    with site_of(request).opened() as glossary:
        held = everything(site_of(request), glossary)
        uses = tuple(Checks(glossary.store).uses())
    findings = held.standing.findings
    quiet = [(one, held.dismissed[one.fingerprint]) for one in findings if held.state(one) == "dismissed"]
    made = Report(
        tuple(one for one in findings if held.state(one) in ("open", "corrected")), held.standing.gaps,
        held.standing.documents, uses, held.prepared.rules, f"concord:{__version__}",
        sum(held.state(one) == "baseline" for one in findings),
        tuple(Dismissed(one, was.reason, was.author, was.at) for one, was in quiet),
    )  # fmt: skip
    out = io.BytesIO()
    write(made, format, out)
    return download(out.getvalue(), f"findings.{format}", REPORTS[format])


ROUTES = (
    Route("/findings", show),
    Route("/findings/news", news),
    Route("/findings/rule", rule),
    Route("/findings/report", report),
    Route("/findings/check", check, methods=["POST"]),
    Route("/findings/dismiss", dismiss, methods=["POST"]),
    Route("/findings/restore", restore, methods=["POST"]),
    Route("/findings/accept", accept, methods=["POST"]),
    Route("/findings/undo", undo, methods=["POST"]),
    Route("/findings/{fingerprint}/place", place),
    Route("/findings/{fingerprint}/concept", concept),
)
