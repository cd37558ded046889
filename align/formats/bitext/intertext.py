"""InterText: an XML file of links and the two documents that they join, each sentence an ``s`` with an id.

``link/@xtargets`` is "ids of toDoc;ids of fromDoc", ``fromDoc`` is the original; ``@status`` is "man" for what a
person aligned, "auto" or "plain" for what no person has looked at. ``talk.intertext`` stands for ``talk.ru.en.xml``
(the links), ``talk.ru.xml`` and ``talk.en.xml``. Files of OPUS (``cesAlign``) are read too: there the ids of
fromDoc come first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from align import __version__
from align.errors import EmptyInputError, FormatError, InputError
from align.formats.bitext import ladders, xml
from align.formats.bitext.carry import NOT_XML, Losses
from align.formats.bitext.collect import SEGMENTER
from align.formats.rows import language_tag
from align.model import Alignment, Bead, Block, Document, Segment, Signature
from align.text import join_segments

_RETURN = {"\r": "&#13;"}
_DOCUMENT_NAME = re.compile(r"[^/\\\x00-\x1f]+")


def write_links(alignment: Alignment, names: tuple[str, str], stream: TextIO) -> None:
    """The links between two documents that stand in files of these names beside it."""
    stream.write("<?xml version='1.0' encoding='utf-8'?>\n")
    stream.write(f"<linkGrp toDoc={quoteattr(names[1])} fromDoc={quoteattr(names[0])}>\n")
    keys = [_ids(document) for document in (alignment.source, alignment.target)]
    for bead in alignment.beads:
        source = " ".join(keys[0][i] for i in bead.source)
        target = " ".join(keys[1][i] for i in bead.target)
        status = "man" if bead.state in ("confirmed", "edited") else "auto"
        kind = f"{len(bead.target)}-{len(bead.source)}"
        stream.write(f"<link type='{kind}' xtargets='{target};{source}' status='{status}'/>\n")
    stream.write("</linkGrp>\n")


def write_document(document: Document, stream: TextIO, losses: Losses) -> None:
    """A document: a ``p`` for each block, an ``s`` for each segment."""
    lang = language_tag(document.lang)
    stream.write(f"<?xml version='1.0' encoding='utf-8'?>\n<text xml:lang={quoteattr(lang)}>\n<body>\n")
    keys, block = _ids(document), -1
    for segment in document.segments:
        if segment.block != block:
            stream.write("</p>\n" if block >= 0 else "")
            block = segment.block
            stream.write(f'<p id="{keys[segment.id].partition(":")[0]}">')
        text = document.segment_text(segment.id)
        losses.characters.update(NOT_XML.findall(text))
        stream.write(f'<s id="{keys[segment.id]}">{escape(NOT_XML.sub(chr(0xFFFD), text), _RETURN)}</s>')
    stream.write("</p>\n" if block >= 0 else "")
    stream.write("</body>\n</text>\n")


def _ids(document: Document) -> list[str]:
    """Paragraph and sentence, both from 1, as InterText numbers them: "3:2"."""
    found: list[str] = []
    paragraph = sentence = 0
    block = -1
    for segment in document.segments:
        if segment.block != block:
            paragraph, sentence, block = paragraph + 1, 0, segment.block
        sentence += 1
        found.append(f"{paragraph}:{sentence}")
    return found


# Reading


def read(
    data: bytes, *, name: str, langs: Sequence[str] | None, sibling: Callable[[str], bytes]
) -> Alignment:
    """The alignment; ``sibling`` gives the bytes of a file that stands beside the links.

    A document's language is what it says itself, else the last part of its name but one ("talk.ru.xml"), else
    ``langs``. Raises FormatError with line and column, InputError where a document or a sentence is missing.
    """
    files, links = _links(data, name)
    documents, places = [], []
    for k, file in enumerate(files):
        document, ids = read_document(sibling(file), name=file, lang=langs[k] if langs else "")
        documents.append(document)
        places.append(ids)
    beads = [
        Bead(
            _found(source, places[0], files[0], f"{name}, line {line}"),
            _found(target, places[1], files[1], f"{name}, line {line}"),
            0.0,
            1.0,
            state="confirmed" if status == "man" else "proposed",
        )
        for source, target, status, line in links
    ]
    beads = [bead for bead in beads if bead.source or bead.target]
    _refuse_twice(beads, name)
    sizes = len(documents[0].segments), len(documents[1].segments)
    parameters = (("format", "intertext"), ("file", name), ("confidence", "not given"))
    signature = Signature(__version__, "import", "InterText", SEGMENTER, parameters)
    return Alignment(documents[0], documents[1], ladders.complete(beads, sizes), signature, 0.0)


def _links(data: bytes, name: str) -> tuple[tuple[str, str], list[tuple[str, str, str, int]]]:
    files: tuple[str, str] | None = None
    first_is_from = False
    links: list[tuple[str, str, str, int]] = []
    for event, element in xml.elements(BytesIO(data), ("cesAlign", "linkGrp"), ("link",), name=name):
        if event == "start":
            first_is_from = first_is_from or xml.tag(element) == "cesAlign"
            if xml.tag(element) == "linkGrp":
                if files is not None:
                    raise FormatError(
                        "it joins several pairs of documents", where=name, hint="Give one pair a file"
                    )
                files = _file(element.get("fromDoc"), name), _file(element.get("toDoc"), name)
            continue
        one, _, other = (element.get("xtargets") or "").partition(";")
        source, target = (one, other) if first_is_from else (other, one)
        links.append((source, target, element.get("status", ""), int(str(element.sourceline or 0))))
    if files is None:
        raise FormatError(
            "there are no links in it (linkGrp)", where=name, hint="Give InterText's file of links"
        )
    return files, links


def _file(given: str | None, name: str) -> str:
    """A name of a file beside the links: what leads elsewhere is cut off."""
    last = re.split(r"[/\\]", given or "")[-1]
    if not last or last in (".", "..") or not _DOCUMENT_NAME.fullmatch(last):
        raise FormatError("it does not name its documents (toDoc, fromDoc)", where=name)
    return last


def _found(ids: str, places: dict[str, int], file: str, where: str) -> tuple[int, ...]:
    missing = [key for key in ids.split() if key not in places]
    if missing:
        raise InputError(f"there is no sentence “{missing[0][:60]}” in {file}", where=where)
    return tuple(sorted(dict.fromkeys(places[key] for key in ids.split())))


def _refuse_twice(beads: Sequence[Bead], name: str) -> None:
    for side in ("source", "target"):
        seen: set[int] = set()
        for number, bead in enumerate(beads, 1):
            ids = getattr(bead, side)
            if seen.intersection(ids):
                raise InputError(f"a {side} sentence is in two links", where=f"{name}, link {number}")
            seen.update(ids)


def read_document(data: bytes, *, name: str, lang: str = "") -> tuple[Document, dict[str, int]]:
    """A document of sentences, and where each id leads. Raises FormatError, EmptyInputError."""
    sentences: list[tuple[str, str, int]] = []
    paragraph, declared = 0, ""
    for event, element in xml.elements(BytesIO(data), ("text", "document", "p", "head"), ("s",), name=name):
        if event == "start":
            declared = declared or element.get(xml.XML_LANG) or element.get("lang") or ""
            paragraph += xml.tag(element) in ("p", "head")
            continue
        sentences.append((element.get("id", ""), "".join(map(str, element.itertext())).strip(), paragraph))
    if not any(text for _, text, _ in sentences):
        raise EmptyInputError("there are no sentences in it (s)", where=name)
    parts = name.split(".")
    code = declared or lang or (parts[-2] if len(parts) > 2 and len(parts[-2]) in (2, 3, 5) else "")
    return _document(sentences, name, language_tag(code))


def _document(
    sentences: Sequence[tuple[str, str, int]], name: str, lang: str
) -> tuple[Document, dict[str, int]]:
    glue = join_segments(["", ""], lang)
    parts: list[str] = []
    blocks: list[Block] = []
    segments: list[Segment] = []
    places: dict[str, int] = {}
    at, last = 0, -1
    for key, text, paragraph in sentences:
        if not text:
            continue
        if segments:
            parts.append(glue if paragraph == last else "\n")
            at += len(parts[-1])
        end = at + len(text)
        if segments and paragraph == last:
            blocks[-1] = Block(blocks[-1].id, blocks[-1].start, end)
        else:
            blocks.append(Block(len(blocks), at, end))
        places[key] = len(segments)
        segments.append(Segment(len(segments), at, end, len(blocks) - 1))
        parts.append(text)
        at, last = end, paragraph
    return Document(name, "".join(parts), lang, tuple(blocks), tuple(segments), "intertext"), places


def files_of(stem: str, langs: Sequence[str]) -> list[str]:
    """The three names: links, original, translation."""
    first, second = langs if langs[0] != langs[1] else (langs[0], f"{langs[1]}2")
    return [f"{stem}.{first}.{second}.xml", f"{stem}.{first}.xml", f"{stem}.{second}.xml"]
