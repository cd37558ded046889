"""JSON that websites export: posts of WordPress (its REST interface) and of Ghost, their text as HTML.

A post becomes a heading (its title) and the blocks of its body; several posts follow each other in their order. A
piece's ``part`` is the JSON Pointer (RFC 6901) of the string that it stands in, e.g. "/0/content/rendered", its
``offset`` the code point in that string.
https://developer.wordpress.org/rest-api/reference/posts/, https://ghost.org/docs/migration/custom/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from align.errors import FormatError
from align.formats.assemble import Draft, assemble, verbatim
from align.formats.epub import within
from align.formats.html import drafts_of
from align.model import Extract
from align.text import decode

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_AS_TEXT = "To read it as it stands, say so with --from txt"
_LOOKS = re.compile(r'\s*\[?\s*\{.*?"(?:rendered|posts)"\s*:\s*["\[]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Post:
    """The title as drafts, and a body of HTML with its JSON Pointer."""

    title: list[Draft]
    body: str
    body_at: str
    date: str = ""
    lang: str = ""
    locked: bool = False


def looks_like(start: str) -> bool:
    """Whether a text that begins so may be such an export."""
    return bool(_LOOKS.match(start))


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """The posts of an export. "title", "date" and "lang" are those of the first post that has them.

    Raises ``FormatError`` for broken JSON (with line and column) and for any other JSON, ``EncodingError``.
    """
    decoded = decode(data, encoding, name=name)
    posts = list(_posts(_parsed(decoded.text, name)))
    if not posts:
        raise FormatError("this JSON holds no posts of WordPress or Ghost", where=name, hint=_AS_TEXT)
    drafts: list[Draft] = []
    warnings = list(decoded.warnings)
    for number, post in enumerate(posts, 1):
        body = [within(draft, post.body_at) for draft in drafts_of(post.body)]
        if not body:
            reason = (
                "it is protected by a password" if post.locked else "there is no HTML of it in the export"
            )
            warnings.append(
                f"post {number} ({_plain(post.title) or 'without a title'}) has no text: {reason}"
            )
        drafts += post.title + body
    metadata = {
        "title": next((text for post in posts if (text := _plain(post.title))), ""),
        "date": next((post.date for post in posts if post.date), ""),
        "lang": next((post.lang for post in posts if post.lang), ""),
        "encoding": decoded.encoding,
    }
    metadata = {key: value for key, value in metadata.items() if value}
    return assemble(drafts, format="cms", metadata=metadata, warnings=warnings)


def _plain(drafts: list[Draft]) -> str:
    return " ".join("".join(run.text for draft in drafts for run in draft.runs).split())


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{name}, line {error.lineno}, column {error.colno}"
        raise FormatError(f"broken JSON ({error.msg})", where=where, hint=_AS_TEXT) from error
    except (RecursionError, ValueError) as error:
        raise FormatError(
            "JSON nested too deeply, or with a number too long", where=name, hint=_AS_TEXT
        ) from error


def _posts(value: Any) -> Iterator[_Post]:
    """All posts of an export, in their order."""
    if isinstance(value, list):
        for i, each in enumerate(value):
            if isinstance(each, Mapping):
                yield from _wordpress(each, f"/{i}")
    elif isinstance(value, Mapping):
        lists = list(_ghost_lists(value))
        for data, at in lists:
            lang = _ghost_lang(data)
            for i, each in enumerate(data["posts"]):
                if isinstance(each, Mapping):
                    yield from _ghost(each, f"{at}/posts/{i}", lang)
        if not lists:
            yield from _wordpress(value, "")


def _ghost_lists(value: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """What holds the posts of a Ghost export: ``{posts}``, ``{data: {posts}}``, ``{db: [{data: {posts}}]}``."""
    if isinstance(value.get("posts"), list):
        yield value, ""
    elif isinstance(value.get("data"), Mapping) and isinstance(value["data"].get("posts"), list):
        yield value["data"], "/data"
    elif isinstance(value.get("db"), list):
        for i, each in enumerate(value["db"]):
            data = each.get("data") if isinstance(each, Mapping) else None
            if isinstance(data, Mapping) and isinstance(data.get("posts"), list):
                yield data, f"/db/{i}/data"


def _ghost_lang(data: Mapping[str, Any]) -> str:
    settings = data.get("settings")
    for each in settings if isinstance(settings, list) else []:
        if isinstance(each, Mapping) and each.get("key") in ("locale", "lang", "default_locale"):
            return _text(each.get("value"))
    return ""


def _ghost(post: Mapping[str, Any], at: str, lang: str) -> Iterator[_Post]:
    if "title" not in post and "html" not in post:
        return
    date = _date(post.get("published_at") or post.get("created_at"))
    own = _text(post.get("lang") or post.get("locale"))
    title = Draft([verbatim(_text(post.get("title")), 0, part=f"{at}/title")], "heading")  # no HTML
    yield _Post([title], _text(post.get("html")), f"{at}/html", date, own or lang)


def _wordpress(post: Mapping[str, Any], at: str) -> Iterator[_Post]:
    content = post.get("content")
    if not isinstance(content, Mapping | str):
        return
    body, body_at = _rendered(content, f"{at}/content")
    head, head_at = _rendered(post.get("title"), f"{at}/title")
    locked = isinstance(content, Mapping) and content.get("protected") is True
    date, lang = (
        _date(post.get("date") or post.get("date_gmt")),
        _text(post.get("lang") or post.get("locale")),
    )
    title = [within(replace(draft, kind="heading"), head_at) for draft in drafts_of(head)]
    yield _Post(title, body, body_at, date, lang, locked)


def _rendered(value: Any, at: str) -> tuple[str, str]:
    """A field of a post as HTML: what is shown, else what was written."""
    if isinstance(value, Mapping):
        for key in ("rendered", "raw"):
            if text := _text(value.get(key)):
                return text, f"{at}/{key}"
        return "", at
    return _text(value), at


def _text(value: Any) -> str:
    """A string, with U+FFFD for halves of characters and NUL, which JSON can hold and a text cannot."""
    return _NO_TEXT.sub("\ufffd", value) if isinstance(value, str) else ""


def _date(value: Any) -> str:
    match = _ISO_DATE.match(_text(value))
    return match[0] if match else ""
