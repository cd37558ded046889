"""Deciding: (state, action) → changes. Pure; the store keeps the changes as one event.

The state maps ids to entries. A change holds an entry as it was and as it is now, whole, so that the opposite of
an event is its changes turned round, the state is what all events come to in their order, and undo has no end.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from align.errors import ConflictError, InputError, UsageError
from glossary.model import Comment, Concept, Entry, Link
from glossary.review import actions as do
from glossary.review.links import check_cycles, follow
from glossary.review.terms import (
    drop_term,
    edit_term,
    merged,
    prefer_first,
    set_status,
    split_entry,
)
from glossary.review.valid import LINK_TYPES, check, check_text, one_of

State = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry before (None: it was not there) and after (None: it is gone)."""

    id: str
    before: Entry | None
    after: Entry | None


def perform(state: State, action: do.Action, *, author: str, at: str, reason: str = "") -> tuple[Change, ...]:
    """The changes that an action comes to; () where all is so already.

    ``at`` is ISO 8601 in UTC. Raises UsageError for what cannot be done, InputError for what may not stand in
    a glossary.
    """
    check_text(reason, "reason", "reason")
    handler = _HANDLERS[type(action)]
    after = handler(state, action, author, at, reason)
    changes = []
    for number, entry in after.items():
        before = state.get(number)
        if entry is not None:
            entry = check(_as_decided(entry, before))
        if before is None or entry is None or isinstance(action, do.Put):
            changed = entry != before
        else:
            changed = entry != _as_decided(before, before)
        if changed:
            changes.append(Change(number, before, entry))
    check_cycles(state, [change.after for change in changes if change.after is not None])
    return tuple(changes)


def _as_decided(entry: Entry, before: Entry | None) -> Entry:
    """The entry as a person's; why the machine proposed it is evidence, and no reason of theirs."""
    machines = before is not None and not before.decided and entry.concept.reason == before.concept.reason
    concept = replace(entry.concept, reason="") if machines else entry.concept
    return replace(entry, concept=concept, decided=True)


def inverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that lead back."""
    return tuple(Change(change.id, change.after, change.before) for change in changes)


def apply(state: State, changes: Iterable[Change]) -> dict[str, Entry]:
    """The state after these changes. Raises ConflictError where it is not as they found it."""
    result = dict(state)
    for change in changes:
        if not unchanged(result.get(change.id), change.before):
            raise changed_since(change)
        if change.after is None:
            result.pop(change.id, None)
        else:
            result[change.id] = change.after
    return result


def unchanged(present: Entry | None, expected: Entry | None) -> bool:
    """Whether an entry is as expected. Candidates that extraction attached to it do not count.

    What nobody has decided is the machine's to change, and counts as unchanged whatever it is.
    """
    if present is None or not present.decided:
        return expected is None or not expected.decided
    return expected is not None and replace(present, keys=()) == replace(expected, keys=())


def changed_since(change: Change) -> ConflictError:
    """The error that says that a concept is not as an event left it."""
    return ConflictError(
        "it was changed since, in a way that this would lose",
        where=change.id,
        hint=f"See `concord terms history {change.id}`, and undo what came later first",
    )


Result = dict[str, Entry | None]


def get(state: State, number: str) -> Entry:
    """The entry with this id, which stands by itself. Raises UsageError."""
    entry = state.get(number)
    if entry is None:
        raise UsageError("there is no such concept", where=number, hint="`concord terms list` shows all")
    if entry.merged_into:
        raise UsageError(
            f"it was merged into {entry.merged_into}",
            where=number,
            hint=f"Name {follow(state, number)} instead, or undo the merge",
        )
    return entry


def _standing(state: State, number: str) -> Entry:
    """As :func:`get`, for what a rejected concept cannot take."""
    entry = get(state, number)
    if entry.concept.state == "rejected":
        why = f" ({entry.concept.reason})" if entry.concept.reason else ""
        raise UsageError(f"it was rejected{why}", where=number, hint="Accept it first")
    return entry


def _accept(state: State, action: do.Accept, author: str, at: str, reason: str) -> Result:
    result: Result = {}
    for number in action.ids:
        entry = get(state, number)
        concept = entry.concept
        terms = prefer_first(concept.terms) if action.prefer_first else concept.terms
        why = reason or ("" if concept.state == "rejected" else concept.reason)
        new = replace(concept, state="approved", terms=terms, reason=why)
        result[number] = replace(entry, concept=new)
    return result


def _reject(state: State, action: do.Reject, author: str, at: str, reason: str) -> Result:
    result: Result = {}
    for number in action.ids:
        entry = get(state, number)
        why = reason or (entry.concept.reason if entry.concept.state == "rejected" else "")
        result[number] = replace(entry, concept=replace(entry.concept, state="rejected", reason=why))
    return result


def _reopen(state: State, action: do.Reopen, author: str, at: str, reason: str) -> Result:
    entries = {number: get(state, number) for number in action.ids}
    return {
        number: replace(entry, concept=replace(entry.concept, state="candidate", reason=reason))
        for number, entry in entries.items()
    }


def _set_status(state: State, action: do.SetStatus, author: str, at: str, reason: str) -> Result:
    entry = _standing(state, action.id)
    terms = set_status(entry.concept, action)
    new_state = "approved" if action.status else entry.concept.state
    return {action.id: replace(entry, concept=replace(entry.concept, terms=terms, state=new_state))}


def _edit(state: State, action: do.EditConcept, author: str, at: str, reason: str) -> Result:
    entry = get(state, action.id)
    new: dict[str, Any] = {
        name: value for name in ("kind", "definition", "note") if (value := getattr(action, name)) is not None
    }
    return {action.id: replace(entry, concept=replace(entry.concept, **new))}


def _edit_term(state: State, action: do.EditTerm, author: str, at: str, reason: str) -> Result:
    entry = get(state, action.id)
    return {action.id: replace(entry, concept=replace(entry.concept, terms=edit_term(entry.concept, action)))}


def _add_term(state: State, action: do.AddTerm, author: str, at: str, reason: str) -> Result:
    entry = get(state, action.id)
    terms = (*entry.concept.terms, action.term)
    return {action.id: replace(entry, concept=replace(entry.concept, terms=terms))}


def _drop_term(state: State, action: do.DropTerm, author: str, at: str, reason: str) -> Result:
    entry = get(state, action.id)
    terms = drop_term(entry.concept, action.term)
    return {action.id: replace(entry, concept=replace(entry.concept, terms=terms))}


def _add(state: State, action: do.AddConcept, author: str, at: str, reason: str) -> Result:
    if state.get(action.id) is not None:
        raise UsageError("there is a concept with this id already", where=action.id, hint="Edit that one")
    concept = Concept(
        action.id,
        action.kind,
        prefer_first(action.terms),
        "approved",
        definition=action.definition,
        reason=reason,
    )
    return {action.id: Entry(concept)}


def _merge(state: State, action: do.Merge, author: str, at: str, reason: str) -> Result:
    others = list(dict.fromkeys(number for number in action.others if number != action.into))
    if not others:
        raise UsageError("a merge needs two concepts", where=action.into, hint="Name another one")
    into = get(state, action.into)
    result: Result = {}
    for number in others:
        other = get(state, number)
        into = merged(into, other)
        result[number] = replace(other, keys=(), merged_into=action.into)
    internal = {action.into, *others}
    links = tuple(link for link in into.concept.links if follow(state, link.target) not in internal)
    return {action.into: replace(into, concept=replace(into.concept, links=links)), **result}


def _split(state: State, action: do.Split, author: str, at: str, reason: str) -> Result:
    entry = get(state, action.id)
    if state.get(action.new_id) is not None:
        raise UsageError(
            "there is a concept with this id already", where=action.new_id, hint="Choose another"
        )
    kept, moved = split_entry(entry, action)
    return {action.id: kept, action.new_id: moved}


def _link(state: State, action: do.AddLink, author: str, at: str, reason: str) -> Result:
    entry = get(state, action.id)
    one_of(LINK_TYPES, action.link.type, "type of link", action.id)
    target = follow(state, action.link.target)
    get(state, target)
    link = replace(action.link, target=target, proposed=False, reason=action.link.reason or reason)
    others = tuple(old for old in entry.concept.links if not _same_link(state, old, link))
    return {action.id: replace(entry, concept=replace(entry.concept, links=(*others, link)))}


def _same_link(state: State, link: Link, other: Link) -> bool:
    return link.type == other.type and follow(state, link.target) == other.target


def _unlink(state: State, action: do.DropLink, author: str, at: str, reason: str) -> Result:
    entry = get(state, action.id)
    target = follow(state, action.target)
    links = tuple(
        link
        for link in entry.concept.links
        if follow(state, link.target) != target or action.type not in (None, link.type)
    )
    if len(links) == len(entry.concept.links):
        raise UsageError(f"it has no such link to {action.target}", where=action.id)
    return {action.id: replace(entry, concept=replace(entry.concept, links=links))}


def _comment(state: State, action: do.AddComment, author: str, at: str, reason: str) -> Result:
    if not action.text.strip():
        raise UsageError("an empty comment", hint="Say something")
    said = Comment(author, at, action.text.strip())
    entries = {number: get(state, number) for number in action.ids}
    return {number: replace(entry, comments=(*entry.comments, said)) for number, entry in entries.items()}


def _together(state: State, action: do.Together, author: str, at: str, reason: str) -> Result:
    result: dict[str, Entry] = {}
    for one in action.actions:
        after = _HANDLERS[type(one)](
            ChainMap(result, cast("dict[str, Entry]", state)), one, author, at, reason
        )
        result |= {number: entry for number, entry in after.items() if entry is not None}
    return {**result}


def _put(state: State, action: do.Put, author: str, at: str, reason: str) -> Result:
    result: Result = {}
    holders: dict[str, str] = {}
    for entry in action.entries:
        number = entry.concept.id
        if number in result:
            raise InputError("this id stands there twice", where=number, hint="Each concept has its own")
        for key in entry.keys:
            if key in holders:
                raise InputError(
                    f"candidate {key} is in {holders[key]} as well", where=number, hint="Take it out of one"
                )
            holders[key] = number
        result[number] = entry
    for number in action.removed:
        if state.get(number) is None:
            raise UsageError("there is no such concept", where=number)
        result[number] = None
    _check_merges(state, result)
    return result


def _check_merges(state: State, result: Result) -> None:
    """Raises InputError where what was merged leads round in a ring, or to nothing."""

    def at(number: str) -> Entry | None:
        return result[number] if number in result else state.get(number)

    for number in result:
        seen = {number}
        entry = at(number)
        while entry is not None and entry.merged_into:
            if entry.merged_into in seen or at(entry.merged_into) is None:
                raise InputError(
                    f"it was merged into {entry.merged_into}, which is not there",
                    where=number,
                    hint="Put the concept in, or take the line out",
                )
            seen.add(entry.merged_into)
            entry = at(entry.merged_into)


_HANDLERS: dict[type, Callable[[State, Any, str, str, str], Result]] = {
    do.Accept: _accept,
    do.Reject: _reject,
    do.Reopen: _reopen,
    do.SetStatus: _set_status,
    do.EditConcept: _edit,
    do.EditTerm: _edit_term,
    do.AddTerm: _add_term,
    do.DropTerm: _drop_term,
    do.AddConcept: _add,
    do.Merge: _merge,
    do.Split: _split,
    do.AddLink: _link,
    do.DropLink: _unlink,
    do.AddComment: _comment,
    do.Together: _together,
    do.Put: _put,
}


def history(steps: Iterable[tuple[int, int | None, bool]]) -> tuple[list[int], list[int]]:
    """The events that can be undone and redone, the next one last, from (id, of, is an undo) in order of time.

    A new decision ends what could be redone before it. Events need not be undone in the reverse of their order:
    one concept's may be taken back while another's stand.
    """
    done: list[int] = []
    undone: list[int] = []
    for number, of, is_undo in steps:
        if of is None:
            done.append(number)
            undone.clear()
        else:
            taken, given = (done, undone) if is_undo else (undone, done)
            if of in taken:
                taken.remove(of)
            given.append(of)
    return done, undone


def last_steps(steps: Iterable[tuple[int, int | None, bool]]) -> tuple[int | None, int | None]:
    """The ends of both lists of :func:`history`, from the same steps the newest first; reads no more than it must."""
    settled: set[int] = set()
    done: int | None = None
    undone: int | None = None
    ended = False
    for number, of, is_undo in steps:
        event = number if of is None else of
        if event not in settled:
            settled.add(event)
            if is_undo and not ended and undone is None:
                undone = event
            elif not is_undo and done is None:
                done = event
        ended = ended or of is None
        if done is not None and (ended or undone is not None):
            break
    return done, undone


def replay(events: Iterable[Sequence[Change]], start: State | None = None) -> dict[str, Entry]:
    """What a row of events comes to, each given by its changes, from ``start`` on.

    An entry that ``start`` lacks is taken as its first change found it. Raises ConflictError as :func:`apply`.
    """
    state = dict(start or {})
    for changes in events:
        for change in changes:
            if change.id not in state and change.before is not None:
                state[change.id] = change.before
        state = apply(state, changes)
    return state
