"""What people can do to a glossary, as plain frozen objects; ``review`` says what comes of them.

Terms are named by their text, and by language and scope where the text alone is not enough ("" is any
language that fits, and everywhere).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glossary.model import CaseRule, Entry, Kind, Link, LinkType, Status, Term


@dataclass(frozen=True, slots=True)
class TermRef:
    """A term of a concept."""

    text: str
    lang: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """These concepts are terms. In languages without a decided term the first becomes preferred, if wanted."""

    ids: tuple[str, ...]
    prefer_first: bool = True


@dataclass(frozen=True, slots=True)
class Reject:
    """These are no terms, and are not proposed again; the event's reason says why."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reopen:
    """These are candidates again."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetStatus:
    """A term's status in a scope; None takes it away. A term that is not there is added if ``lang`` is given.

    Preferring one makes the former preferred one of that language and scope admitted, unless ``beside``. A
    candidate becomes approved.
    """

    id: str
    term: TermRef
    status: Status | None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class EditConcept:
    """New values; None leaves one as it is."""

    id: str
    kind: Kind | None = None
    definition: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class EditTerm:
    """New values of a term; None leaves one as it is."""

    id: str
    term: TermRef
    text: str | None = None
    lang: str | None = None
    lemma: str | None = None
    case: CaseRule | None = None
    translate: bool | None = None
    scope: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class AddTerm:
    """One more term for a concept."""

    id: str
    term: Term


@dataclass(frozen=True, slots=True)
class DropTerm:
    """A term that does not belong there."""

    id: str
    term: TermRef


@dataclass(frozen=True, slots=True)
class AddConcept:
    """A concept that nobody proposed, approved from the start unless ``state`` says otherwise."""

    id: str
    kind: Kind
    terms: tuple[Term, ...]
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """``others`` are the same thing as ``into``, which takes their terms, evidence and comments."""

    into: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Some terms are another thing: they become the concept ``new_id``."""

    id: str
    terms: tuple[TermRef, ...]
    new_id: str


@dataclass(frozen=True, slots=True)
class AddLink:
    """A link that a person confirms (of the machine's, or a new one)."""

    id: str
    link: Link


@dataclass(frozen=True, slots=True)
class DropLink:
    """A link that does not hold. ``type`` None stands for all to that target."""

    id: str
    target: str
    type: LinkType | None = None


@dataclass(frozen=True, slots=True)
class AddComment:
    """Somebody says something about these concepts."""

    ids: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Together:
    """Several changes of one concept as one event, in their order: what a form asks for at once."""

    actions: tuple[EditConcept | EditTerm | AddTerm | DropTerm | SetStatus, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """Entries as they come from elsewhere, in the place of those with their ids; ``source`` says from where."""

    entries: tuple[Entry, ...]
    removed: tuple[str, ...] = ()
    source: str = ""


Action = (
    Accept
    | Reject
    | Reopen
    | SetStatus
    | EditConcept
    | EditTerm
    | AddTerm
    | DropTerm
    | AddConcept
    | Merge
    | Split
    | AddLink
    | DropLink
    | AddComment
    | Together
    | Put
)

NAMES: dict[type, str] = {
    Accept: "accept",
    Reject: "reject",
    Reopen: "reopen",
    SetStatus: "status",
    EditConcept: "edit",
    EditTerm: "edit term",
    AddTerm: "add term",
    DropTerm: "drop term",
    AddConcept: "add",
    Merge: "merge",
    Split: "split",
    AddLink: "link",
    DropLink: "unlink",
    AddComment: "comment",
    Together: "edit",
    Put: "import",
}


def name(action: Action) -> str:
    """How events call an action."""
    if isinstance(action, SetStatus):
        return {"preferred": "prefer", "deprecated": "deprecate", "forbidden": "forbid"}.get(
            action.status or "", "status"
        )
    return NAMES[type(action)]


def payload(action: Action) -> dict[str, Any]:
    """What was asked for, as an event keeps it; entries and terms are in the event's changes anyway."""
    from dataclasses import asdict

    if isinstance(action, Put):
        return {"entries": len(action.entries), "removed": list(action.removed), "source": action.source}
    if isinstance(action, Together):
        return {"actions": [{"action": name(one), **payload(one)} for one in action.actions]}
    return {key: value for key, value in asdict(action).items() if value not in (None, "", ())}
