"""A small project of two texts, in a client that a browser with or without scripts could be."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from align.model import Alignment, Bead
from align.store import open_store
from glossary.web.app import Site, create
from tests.bitexts import align, document

RU = [f"Предложение {n}." for n in range(1, 9)]
EN = [f"Sentence {n}." for n in range(1, 9)]
SCRIPTED = {"hx-request": "true"}
OTHERS = {"cookie": "concord_author=Ben"}


def texts(target: list[str] | None = None) -> Alignment:
    """Eight pairs; the third one is doubtful."""
    source, translation = document("talk.ru.txt", "ru", RU), document("talk.en.txt", "en", target or EN)
    beads = [Bead((n,), (n,), confidence=0.3 if n == 2 else 0.9) for n in range(8)]
    return align(source, translation, beads)


def project(folder: Path, alignment: Alignment | None = None) -> Path:
    """A project file with one alignment, number 1."""
    path = folder / "concord.db"
    with open_store(path, create=True) as store:
        store.save_alignment(
            alignment or texts(),
            author="Ada",
            source_path=folder / "talk.ru.txt",
            target_path=folder / "talk.en.txt",
        )
    return path


def client(path: Path) -> TestClient:
    """A browser on the project, where Ada decides."""
    return TestClient(create(Site(path, "Ada")))


def beads(path: Path) -> list[tuple[list[int], list[int], str]]:
    """The beads as they are kept."""
    with open_store(path) as store:
        return [(list(b.source), list(b.target), b.state) for b in store.load_alignment(1).beads]


def pairs(path: Path) -> list[tuple[list[int], list[int]]]:
    """The same without their states."""
    return [(source, target) for source, target, _ in beads(path)]


def last_event(path: Path) -> int:
    """What somebody saw last who sees all."""
    with open_store(path) as store:
        return store.last_event(1)


def in_focus(html: str) -> int:
    """The number of the bead in focus."""
    found = re.search(r'<tr id="b(\d+)"[^>]*aria-current="true"', html)
    assert found is not None
    return int(found[1])


def announced(html: str) -> str:
    """What is read out."""
    found = re.search(r'data-announce="([^"]*)"', html)
    assert found is not None
    return found[1]
