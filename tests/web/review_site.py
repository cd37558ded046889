"""The review page's screens without a socket: a small project, a client that follows no redirects, its forms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from starlette.testclient import TestClient

from align.store import open_store
from glossary.store import Glossary
from glossary.web.app import Site, create
from tests.glossary.samples import built

SCRIPTED = {"hx-request": "true"}
TICKS = ("checkbox", "radio")


def client(folder: Path, author: str = "Ada") -> TestClient:
    """A browser at the sample project in a folder, which is made if it is not there."""
    path = folder / "concord.db"
    if not path.exists():
        built(folder)
    return TestClient(create(Site(path, author)), follow_redirects=False)


@contextmanager
def glossary_in(folder: Path) -> Iterator[Glossary]:
    """The glossary of the project in a folder."""
    with open_store(folder / "concord.db") as store:
        yield Glossary(store)


def id_of(folder: Path, name: str) -> str:
    """The id of the concept with this term."""
    with glossary_in(folder) as glossary:
        return glossary.resolve(name)


@dataclass
class FoundForm:
    """A form of a page: where it goes and what it sends but for its buttons."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def values(self, **more: str | list[str]) -> dict[str, list[str] | str]:
        """What is sent, with more or other values."""
        sent: dict[str, list[str] | str] = {}
        for name, value in self.fields:
            held = sent.setdefault(name, [])
            assert isinstance(held, list)
            held.append(value)
        return {**sent, **more}


class Forms(HTMLParser):
    """Reads the forms of a page as a browser without scripts sends them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[FoundForm] = []
        self.select = ""
        self.open = ("", "")
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.found.append(FoundForm(given.get("action", "")))
        elif tag == "select":
            self.select = name
        elif not self.found:
            return
        elif tag == "button" and name:
            self.found[-1].buttons.append((name, given.get("value", "")))
        elif tag == "textarea" or (tag == "option" and "selected" in given and "value" not in given):
            self.open, self.text = (tag, name or self.select), ""
        elif tag == "option" and "selected" in given:
            self.found[-1].fields.append((self.select, given["value"]))
        elif tag == "input" and name and ("checked" in given or given.get("type") not in TICKS):
            self.found[-1].fields.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == self.open[0]:
            self.found[-1].fields.append((self.open[1], self.text))
            self.open = ("", "")

    def handle_data(self, data: str) -> None:
        self.text += data


def form(html: str, action: str, /, **fields: str) -> FoundForm:
    """The first form of a page that goes to ``action`` and sends these fields."""
    for one in Forms(html).found:
        if one.action == action and set(fields.items()) <= set(one.fields):
            return one
    raise AssertionError(f"no form to {action} with {fields}")
