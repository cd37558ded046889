"""An alignment as the files that it becomes: one, or several beside each other (Moses, InterText).

``corpus.moses`` stands for ``corpus.ru`` and ``corpus.en``, ``talk.intertext`` for ``talk.ru.en.xml`` (the links),
``talk.ru.xml`` and ``talk.en.xml``. All of them are there at the end, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from align.errors import UsageError
from align.formats.write import as_text, write, write_file
from align.model import Alignment
from align.multi import versions

Produce = Callable[[BinaryIO], tuple[str, ...]]
Part = tuple[str, Produce]
SEVERAL = ("moses", "intertext")


def parts(
    alignments: Sequence[Alignment], format: str, path: str, *, only_doubtful: bool = False
) -> list[Part]:
    """The files that a format is, each with what writes it. Raises UsageError where it cannot be written there."""
    if format not in SEVERAL:
        return [(path, lambda stream: write(alignments, format, stream, only_doubtful=only_doubtful))]
    if path == "-":
        raise UsageError(f"the format “{format}” is several files", hint=f"Name them: -o NAME.{format}")
    stem = path.removesuffix(f".{format}")
    if format == "moses":
        return _moses(alignments, stem, only_doubtful)
    if len(alignments) != 1:
        raise UsageError("InterText joins two documents", where=path, hint="Write one pair at a time")
    if only_doubtful:
        raise UsageError("InterText's documents are whole", where="--only-doubtful", hint="Leave it out")
    return _intertext(alignments[0], stem)


def _moses(alignments: Sequence[Alignment], stem: str, only_doubtful: bool) -> list[Part]:
    from align.formats.bitext import moses
    from align.formats.bitext.carry import Losses, carried
    from align.formats.bitext.units import head_of, units_of

    head = head_of(alignments)

    def column(k: int) -> Produce:
        def produce(stream: BinaryIO) -> tuple[str, ...]:
            losses = Losses("Moses")
            units = units_of(alignments, only_doubtful=only_doubtful)
            for unit in carried(head, units, moses.ROOM, losses):
                stream.write(f"{unit.sides[k][0] if unit.sides[k] else ''}\n".encode())
            return losses.of_texts() if k == 0 else ()

        return produce

    return [(f"{stem}.{code}", column(k)) for k, code in enumerate(moses.endings(head.langs))]


def _intertext(alignment: Alignment, stem: str) -> list[Part]:
    from align.formats.bitext import intertext
    from align.formats.bitext.carry import Losses
    from align.formats.rows import language_tag

    documents = versions([alignment])
    names = intertext.files_of(stem, [language_tag(document.lang) for document in documents])
    beside = (Path(names[1]).name, Path(names[2]).name)

    def links(stream: BinaryIO) -> tuple[str, ...]:
        intertext.write_links(alignment, beside, as_text(stream)[0])
        return ()

    def document(k: int) -> Produce:
        def produce(stream: BinaryIO) -> tuple[str, ...]:
            losses = Losses("InterText")
            intertext.write_document(documents[k], as_text(stream)[0], losses)
            return losses.of_texts()

        return produce

    return [(names[0], links), (names[1], document(0)), (names[2], document(1))]


def write_parts(
    files: Sequence[Part],
    *,
    then: Callable[[], object] = lambda: None,
    kept: Sequence[str] = (),
    done: Callable[[str], object] = lambda _: None,
) -> tuple[str, ...]:
    """Writes all files, or none if one of them or ``then`` fails; ``then`` is called when all are complete.

    ``done`` is told of each file that has taken its place. Raises UsageError where a file would take the place of one
    of those to be ``kept``, or of another.
    """
    places = [Path(name).resolve() for name in kept]
    for path, _ in files:
        place = Path(path).resolve()
        if path != "-" and place in places:
            raise UsageError(
                "would be overwritten by the result", where=path, hint="Choose another name for -o"
            )
        places.append(place)
    return _written(list(files), then, done)


def _written(files: list[Part], then: Callable[[], object], done: Callable[[str], object]) -> tuple[str, ...]:
    if not files:
        then()
        return ()
    path, produce = files[0]

    def through(stream: BinaryIO) -> tuple[str, ...]:
        warnings = produce(stream)
        stream.flush()
        return warnings + _written(files[1:], then, done)

    warnings = write_file(path, through)
    done(path)
    return warnings
