"""``concord.toml``: which rules run, how sternly, and what is right for each edition. Pure.

The file is read elsewhere. Its JSON schema is ``schema()``; docs/checks.md describes every key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from align.errors import FormatError, UsageError
from glossary.checks import RULES, chosen
from glossary.checks.base import Option, Rule, Value
from glossary.checks.settings import Edition, Marks, Settings
from glossary.model import Severity

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
FAIL_ON = (*SEVERITIES, "never")
FILE_KEYS = ("baseline", "glossary", "dated-list", "patterns")
CHECK_KEYS = ("select", "ignore", "fail-on", *FILE_KEYS, "severity", "rules")
EDITION_KEYS = ("documents", "langs", "marks", "wording")
MARKS: tuple[str, ...] = tuple(one for one in get_args(Marks) if one)


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says. ``files`` are paths as written, by key."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "note"
    files: Mapping[str, str] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    editions: tuple[Edition, ...] = ()

    def settings(self) -> Settings:
        """The part of it that rules go by."""
        return Settings(editions=self.editions, options=self.options, severities=self.severities)


def parse(data: Mapping[str, Any], *, name: str = "concord.toml") -> Config:
    """The configuration in a parsed TOML file.

    Raises FormatError that names the key, for a key that is not known or a value of a wrong kind.
    """
    _known(data, ("check", "policy"), name, "")
    check = _table(data, "check", name)
    _known(check, CHECK_KEYS, name, "check.")
    names = {key: _texts(check.get(key, []), f"check.{key}", name) for key in ("select", "ignore")}
    try:
        chosen(names["select"], names["ignore"])
    except UsageError as error:
        raise FormatError(
            f"{error.where}: {error.what}", where=f"{name}, check.select", hint=error.hint
        ) from None
    return Config(
        names["select"],
        names["ignore"],
        _one_of(check.get("fail-on", "note"), FAIL_ON, "check.fail-on", name),
        {key: _text(check[key], f"check.{key}", name) for key in FILE_KEYS if key in check},
        _severities(_table(check, "severity", name, "check."), name),
        _options(_table(check, "rules", name, "check."), name),
        _editions(_table(data, "policy", name), name),
    )


def _severities(table: Mapping[str, Any], name: str) -> dict[str, Severity]:
    found: dict[str, Severity] = {}
    for code, value in table.items():
        key = f"check.severity.{code}"
        wanted = _one_of(value, SEVERITIES, key, name)
        found[_rule(code, key, name).code] = next(one for one in SEVERITIES if one == wanted)
    return found


def _options(table: Mapping[str, Any], name: str) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for code in table:
        rule = _rule(code, f"check.rules.{code}", name)
        own = _table(table, code, name, "check.rules.")
        _known(own, tuple(rule.options), name, f"check.rules.{code}.")
        found[rule.code] = {
            key: _value(value, rule.options[key], f"check.rules.{code}.{key}", name)
            for key, value in own.items()
        }
    return found


def _value(value: object, option: Option, key: str, name: str) -> Value:
    default = option.default
    if isinstance(default, tuple):
        return _texts(value, key, name)
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, str | int | float) or type(value) is not type(default):
        raise _wrong(key, name, f"must be {_kind(default)}")
    return value


def _editions(policy: Mapping[str, Any], name: str) -> tuple[Edition, ...]:
    _known(policy, (*EDITION_KEYS, "editions"), name, "policy.")
    general = _edition("", policy, "policy.", name, Edition())
    table = _table(policy, "editions", name, "policy.")
    own = []
    for key in table:
        held = _table(table, key, name, "policy.editions.")
        _known(held, EDITION_KEYS, name, f"policy.editions.{key}.")
        own.append(_edition(key, held, f"policy.editions.{key}.", name, general))
    return (*own, general) if policy else ()


def _edition(label: str, table: Mapping[str, Any], prefix: str, name: str, general: Edition) -> Edition:
    marks = _one_of(table.get("marks", general.marks), ("", *MARKS), f"{prefix}marks", name)
    wording = _table(table, "wording", name, prefix)
    return Edition(
        label,
        _texts(table.get("documents", []), f"{prefix}documents", name),
        _texts(table.get("langs", []), f"{prefix}langs", name),
        next(one for one in get_args(Marks) if one == marks),
        {**general.wording, **{k: _text(v, f"{prefix}wording.{k}", name) for k, v in wording.items()}},
    )


def _rule(code: str, key: str, name: str) -> Rule:
    found = next((rule for rule in RULES if code in (rule.code, rule.name)), None)
    if found is None:
        raise FormatError(
            "there is no such rule", where=f"{name}, {key}", hint="`concord explain` lists all rules"
        )
    return found


def _table(data: Mapping[str, Any], key: str, name: str, prefix: str = "") -> Mapping[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, Mapping):
        raise _wrong(f"{prefix}{key}", name, "must be a table")
    return value


def _known(data: Mapping[str, Any], keys: Sequence[str], name: str, prefix: str) -> None:
    for key in data:
        if key not in keys:
            known = f"known here: {', '.join(keys)}" if keys else "nothing can be set here"
            raise FormatError(f"“{prefix}{key}” is not known", where=name, hint=known)


def _texts(value: object, key: str, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _wrong(key, name, "must be a list of texts")
    return tuple(value)


def _text(value: object, key: str, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(key, name, "must be a text")
    return value


def _one_of(value: object, allowed: Sequence[str], key: str, name: str) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise _wrong(key, name, f"must be one of {', '.join(one for one in allowed if one)}")
    return value


def _kind(value: Value) -> str:
    return {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}[type(value)]


def _wrong(key: str, name: str, what: str) -> FormatError:
    return FormatError(f"“{key}” {what}", where=name, hint="See docs/checks.md")


def schema(rules: Sequence[Rule] = RULES) -> dict[str, Any]:
    """The JSON schema (2020-12) of the file."""
    text, texts = {"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string"}}
    edition = {
        "documents": texts,
        "langs": texts,
        "marks": {"enum": list(MARKS)},
        "wording": {"type": "object", "additionalProperties": text},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "concord.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "check": _object(
                {
                    "select": texts,
                    "ignore": texts,
                    "fail-on": {"enum": list(FAIL_ON)},
                    **dict.fromkeys(FILE_KEYS, text),
                    "severity": _object(_by_name(rules, lambda _: {"enum": list(SEVERITIES)})),
                    "rules": _object(_by_name([r for r in rules if r.options], _options_schema)),
                }
            ),
            "policy": _object(
                {**edition, "editions": {"type": "object", "additionalProperties": _object(edition)}}
            ),
        },
    }


def _by_name(rules: Sequence[Rule], make: Any) -> dict[str, Any]:
    return {name: make(rule) for rule in rules for name in (rule.code, rule.name)}


def _options_schema(rule: Rule) -> dict[str, Any]:
    return _object({key: {**_typed(o.default), "description": o.help} for key, o in rule.options.items()})


def _typed(value: Value) -> dict[str, Any]:
    if isinstance(value, tuple):
        return {"type": "array", "items": {"type": "string"}, "default": list(value)}
    return {
        "type": {bool: "boolean", int: "integer", float: "number", str: "string"}[type(value)],
        "default": value,
    }


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": dict(properties)}
