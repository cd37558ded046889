"""What a check goes by: ``concord.toml`` and the files that it or a person names; read before anything is checked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from align import machine
from align.errors import FormatError, InputError, TooLargeError, UsageError

if TYPE_CHECKING:
    from glossary.annotations import Pattern
    from glossary.checks.base import Rule
    from glossary.checks.config import Config
    from glossary.checks.settings import Settings, Terminology
    from glossary.dated import Listed
    from glossary.store import Glossary

CONFIG = "concord.toml"
LARGEST = 200_000_000
"""Bytes of a glossary; 50,000 concepts have about 20 MB."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a person names besides the configuration, or in place of what it says."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    glossary: Path | None = None
    dated_list: Path | None = None
    on: str = ""
    patterns: Path | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was read before a check: the configuration, the rules to run, the settings; the folder that paths in
    the configuration start from."""

    config: Config
    rules: tuple[Rule, ...]
    settings: Settings
    folder: Path

    def file(self, key: str, given: Path | None = None) -> Path | None:
        """A file given by a person, else that of the configuration."""
        named = self.config.files.get(key)
        return given or (self.folder / named if named else None)


def prepare(path: Path | None, named: Named | None = None) -> Prepared:
    """Reads the configuration at ``path`` (None: there is none) and all that it or a person names.

    Raises UsageError, InputError, FormatError and their kinds.
    """
    from glossary.checks import chosen
    from glossary.checks.config import Config

    named = named or Named()
    config = read_config(path) if path else Config()
    rules = chosen(named.select or config.select, (*config.ignore, *named.ignore))
    found = Prepared(config, rules, config.settings(), path.absolute().parent if path else Path.cwd())
    listed = found.file("dated-list", named.dated_list)
    given = found.file("glossary", named.glossary)
    settings = replace(
        found.settings,
        dated=read_listed(listed) if listed else None,
        patterns=read_own(found.file("patterns", named.patterns)),
        on=day(named.on) if named.on else None,
    )
    if given is not None:
        settings = replace(settings, terminology=read_terminology(given))
    return replace(found, settings=settings)


def with_project_terms(settings: Settings, glossary: Glossary) -> Settings:
    """The settings with the project's decided terms, where no glossary file takes their place."""
    from glossary.checking import decided_terms

    if settings.terminology.concepts:
        return settings
    return replace(settings, terminology=decided_terms(glossary))


def find_config(here: Path | None = None) -> Path | None:
    """The ``concord.toml`` in this folder or the nearest one above."""
    here = here or Path.cwd()
    return next((folder / CONFIG for folder in (here, *here.parents) if (folder / CONFIG).is_file()), None)


def read_config(path: Path) -> Config:
    """A configuration file. Raises InputError, FormatError with the line."""
    import tomllib

    from glossary.checks.config import parse

    data = read_bytes(path)
    try:
        held = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError("it is not UTF-8", where=str(path), hint="Save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FormatError(
            f"this is no valid TOML: {error}", where=str(path), hint="See docs/checks.md"
        ) from None
    return parse(held, name=str(path))


def cores() -> int:
    """How many processes this machine runs well, up to 8."""
    return min(8, machine.cores())


def day(text: str) -> date:
    """A date as --date takes it. Raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no date", where="--date", hint="Give --date 2024-05-31") from None


def read_baseline(path: Path | None, *, asked_for: bool) -> frozenset[str]:
    """The fingerprints that stay quiet. A baseline that only the configuration names may be missing.

    Raises InputError, FormatError.
    """
    from glossary.checks import baseline

    if path is None or (not asked_for and not path.exists()):
        return frozenset()
    return baseline.read(read_bytes(path), name=str(path))


def read_terminology(path: Path) -> Terminology:
    """The approved concepts of a glossary file, whatever its format. Raises InputError, FormatError."""
    from glossary.checking import terminology
    from glossary.formats import registry
    from glossary.formats.carry import How

    name = str(path)
    format = registry.named("toml") if name == "-" else registry.for_file(name)
    found = format.read(read_file(name), name=name, how=How("", ""))
    return terminology(entry.concept for entry in found.entries)


def read_own(path: Path | None) -> tuple[Pattern, ...]:
    """A newsroom's own wordings. Raises InputError, FormatError."""
    from glossary.annotations import read_patterns

    if path is None:
        return ()
    data = read_bytes(path)
    try:
        return read_patterns(data.decode("utf-8-sig"), name=str(path))
    except UnicodeDecodeError as error:
        raise InputError("it is not UTF-8", where=str(path), hint="Save it as UTF-8") from error


def read_listed(path: Path | None) -> tuple[Listed, ...]:
    """A newsroom's own dated list. Raises InputError, FormatError."""
    from glossary.dated import read_list

    return () if path is None else read_list(read_bytes(path), name=str(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises InputError."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot be read: {reason}", where=str(path), hint="Check the path") from error


def read_file(name: str) -> bytes:
    """The bytes of a glossary's file or of standard input ("-"). Raises InputError, TooLargeError."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot be read: {reason}", where=name, hint="Check the path") from error
    if len(data) > LARGEST:
        raise TooLargeError(f"over {LARGEST // 1_000_000} MB", where=name, hint="Split it")
    return data
