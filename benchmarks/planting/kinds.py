"""The kinds of error and their families."""

from __future__ import annotations

from benchmarks.planting.model import Family

FAMILIES: tuple[Family, ...] = ("terms", "annotations", "alignment", "figures")
# What a finding's code begins with, by family.
LETTERS: dict[Family, str] = {"terms": "T", "annotations": "A", "alignment": "S", "figures": "F"}
_BY_FAMILY: dict[Family, str] = {
    "terms": """
        name-respelt capitals-lost left-untranslated rival-acronym approved-replaced forbidden-used
        agreement-switched do-not-translate-changed
    """,
    "annotations": """
        mark-dropped mark-added mark-place mark-status mark-footnote mark-wording mark-other-name
    """,
    "alignment": "sentence-omitted sentence-added block-moved sentence-untranslated sentence-cut",
    "figures": """
        number-changed date-changed percentage-changed unit-changed currency-changed negation-lost
        quotation-mark-lost bracket-lost turn-dash-changed name-unquoted
    """,
}
KINDS: dict[str, Family] = {kind: family for family, kinds in _BY_FAMILY.items() for kind in kinds.split()}
