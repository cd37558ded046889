"""Regular expressions of SRX rules (ICU's, in practice often Java's) → those of the ``regex`` module. Pure.

What means the same is kept, what is only spelled otherwise is translated, and what the module would take for
something else (``\\m``, ``\\K``, ``{e<=1}``) or does not know is refused: a rule must not quietly mean another thing.
https://unicode-org.github.io/icu/userguide/strings/regexp.html
"""

from __future__ import annotations

import re

_HORIZONTAL = r"\t \xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000"
_VERTICAL = r"\n\x0b\f\r\x85\u2028\u2029"
_KEPT = frozenset("dDwWsSbBAGtnrfapPNX")  # letters behind a backslash that mean the same
_QUANTITY = re.compile(r"\{\d{1,4}(?:,\d{0,4})?\}")
_GROUP = re.compile(r"\(\?(?:[:=!>]|<[=!]|<([A-Za-z][A-Za-z0-9]*)>)")
_FLAGS = re.compile(r"\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])")
_CODE = re.compile(
    r"x\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|0([0-3]?[0-7]{1,2})"
)
_REFERENCE = re.compile(r"\\[1-9]|\\k<")


class UnsupportedError(ValueError):
    """A construct that cannot be translated; its text says which."""


def translated(pattern: str) -> str:
    """The pattern for ``regex`` with its flag V1. Raises ``UnsupportedError``."""
    return _Translator(pattern).run()


def refers_back(pattern: str) -> bool:
    """Whether a pattern repeats what one of its groups has matched."""
    return bool(_REFERENCE.search(pattern.replace("\\\\", "")))


class _Translator:
    """Goes through one pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.position = pattern, 0
        self.out: list[str] = []
        self.depth = 0  # of sets inside sets

    def run(self) -> str:
        while self.position < len(self.pattern):
            char = self.pattern[self.position]
            if char == "\\":
                self.escape()
            elif self.depth:
                self.in_set(char)
            elif char == "[":
                self.open_set()
            elif char == "(":
                self.group()
            elif char == "{":
                self.take(_QUANTITY, "a brace that counts nothing")
            else:
                self.put(char)
        if self.depth:
            raise UnsupportedError("a set that is not closed")
        return "".join(self.out)

    def put(self, text: str, length: int | None = None) -> None:
        self.out.append(text)
        self.position += len(text) if length is None else length

    def take(self, allowed: re.Pattern[str], otherwise: str) -> None:
        match = allowed.match(self.pattern, self.position)
        if match is None:
            raise UnsupportedError(otherwise)
        self.put(match[0])

    def open_set(self) -> None:
        self.depth += 1
        negated = self.pattern.startswith("[^", self.position)
        self.put("[^" if negated else "[")
        if self.pattern.startswith("]", self.position):
            self.put(r"\]", 1)

    def in_set(self, char: str) -> None:
        pair = self.pattern[self.position : self.position + 2]
        if char == "[":
            self.open_set()
        elif char == "]":
            self.depth -= 1
            self.put(char)
        elif pair == "--" and self.pattern[self.position + 2 : self.position + 3] not in ("[", "\\"):
            self.put(r"\-", 1)
        elif pair in ("||", "~~"):
            self.put(f"\\{char}", 1)
        else:
            self.put(char)

    def group(self) -> None:
        if not self.pattern.startswith("(?", self.position):
            self.put("(")
            return
        if self.pattern.startswith("(?#", self.position):
            end = self.pattern.find(")", self.position)
            if end < 0:
                raise UnsupportedError("a comment that is not closed")
            self.put("", end + 1 - self.position)
            return
        if match := _GROUP.match(self.pattern, self.position):
            self.put(f"(?P<{match[1]}>" if match[1] else match[0], len(match[0]))
            return
        match = _FLAGS.match(self.pattern, self.position)
        if match is None:
            raise UnsupportedError(f"the group {self.pattern[self.position : self.position + 4]!r}")
        on, off = (set(part or "") - {"u", "U"} for part in match.groups()[:2])
        if unknown := (on | off) - set("ims"):
            raise UnsupportedError(f"the flag {min(unknown)!r}")
        flags = "".join(sorted(on)) + ("-" + "".join(sorted(off)) if off else "")
        if flags or match[3] == ":":
            self.put(f"(?{flags}{match[3]}", len(match[0]))
        else:
            self.put("", len(match[0]))

    def escape(self) -> None:
        """A backslash and what belongs to it."""
        char = self.pattern[self.position + 1 : self.position + 2]
        if not char:
            raise UnsupportedError("a backslash at its end")
        if char == "Q":
            self.quoted()
        elif code := _CODE.match(self.pattern, self.position + 1):
            self.code(code)
        elif char in "hHvVR":
            self.put(self.space(char), 2)
        elif char in "zZ":
            self.put(r"\Z" if char == "z" else r"(?=\n?\Z)", 2)
        elif char == "e":
            self.put(r"\x1b", 2)
        elif char == "c" and self.position + 2 < len(self.pattern):
            self.put(f"\\x{ord(self.pattern[self.position + 2].upper()) ^ 64 & 0x7F:02x}", 3)
        elif char == "k":
            match = re.compile(r"\\k<(\w+)>").match(self.pattern, self.position)
            if match is None:
                raise UnsupportedError(r"\k without a name")
            self.put(f"(?P={match[1]})", len(match[0]))
        elif char.isascii() and char.isalpha() and char not in _KEPT:
            raise UnsupportedError(f"\\{char}")
        elif char in "pPN" and self.pattern[self.position + 2 : self.position + 3] == "{":
            self.take(re.compile(r"\\[pPN]\{[^{}]*\}"), f"\\{char} without a name")
        else:
            self.put(self.pattern[self.position : self.position + 2])

    def quoted(self) -> None:
        end = self.pattern.find(r"\E", self.position)
        text = self.pattern[self.position + 2 : end if end >= 0 else len(self.pattern)]
        self.put(re.escape(text), len(text) + 2 + (2 if end >= 0 else 0))

    def code(self, match: re.Match[str]) -> None:
        digits = next(group for group in match.groups() if group)
        value = int(digits, 8 if match[5] else 16)
        if value > 0x10FFFF or 0xD800 <= value < 0xE000:
            raise UnsupportedError(f"\\{match[0]}")
        self.put(f"\\U{value:08x}", len(match[0]) + 1)

    def space(self, char: str) -> str:
        if char == "R":
            if self.depth:
                raise UnsupportedError(r"\R in a set")
            return rf"(?>\r\n|[{_VERTICAL}])"
        inside = _HORIZONTAL if char in "hH" else _VERTICAL
        if char.isupper():
            return f"[^{inside}]"
        return inside if self.depth else f"[{inside}]"
