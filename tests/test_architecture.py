"""The arrows of docs/architecture.md, read out of the source: nothing is imported, nothing runs.

Each rule is first shown to catch a sample that breaks it, then holds for the packages as they are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# The longest pattern that fits a module's name, or that of a package around it, gives its layer. Arrows point to
# the same layer or down. What no pattern names in align has to be added; in glossary it is pure.
LAYERS = ("model", "pure", "edge", "pipeline", "cli")
MODULES = {
    "model": """
        align align.errors align.model
        glossary glossary.errors glossary.model
    """,
    "pure": """
        align.adapt align.anchor align.anchor.* align.band align.cover align.edges align.edit align.evaluate
        align.lexical align.moved align.multi align.passages align.scaled align.score align.search align.segment
        align.segment.* align.signs align.spans align.text align.text.*
        glossary.*
    """,
    "edge": """
        align.embed align.embed.* align.formats align.machine align.parameters align.store align.store.*
        glossary.formats glossary.store*
    """,
    "pipeline": """
        align.aligner align.archive align.archive.* align.evaluating align.folders align.pipeline align.sides
        align.training
        glossary.archive glossary.checking glossary.configured glossary.pipeline glossary.standing
        glossary.training glossary.units
    """,
    "cli": "align.cli* align.console glossary.__main__ glossary.cli* glossary.web",
}
LAYER_OF = {name: layer for layer, names in MODULES.items() for name in names.split()}
# Between modules of one layer: whoever is on the left knows nothing of those on the right.
STORE = ("align.store", "align.store.*")
WEIGHTS = ("align.embed", "align.embed.*")
STRANGERS = {
    "align.formats": STORE + WEIGHTS,
    **dict.fromkeys(WEIGHTS, (*STORE, "align.formats")),
    **dict.fromkeys(STORE, (*WEIGHTS, "align.formats")),
}
# A pure module computes: no database, no terminal, no server, no weights, no files, no network, no processes.
OUTSIDE = """
    sqlite3 sqlite_utils typer click rich starlette torch sentence_transformers transformers huggingface_hub
    requests httpx urllib http socket ssl asyncio subprocess multiprocessing threading
    os io pathlib tempfile shutil random time
"""
IMPURE = frozenset(OUTSIDE.split())
MAX_LINES, MAX_LINES_WITH_A_REASON = 400, 600
REASON = re.compile(r"^# Longer than 400 lines because .{10,}", re.MULTILINE)


@dataclass(frozen=True)
class Module:
    """A module's dotted name, its source, and whether it is a package's __init__."""

    name: str
    source: str
    package: bool = False


def modules() -> list[Module]:
    """Every module of the two packages."""
    found = []
    for path in sorted([*ROOT.glob("align/**/*.py"), *ROOT.glob("glossary/**/*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        package = parts[-1] == "__init__"
        found.append(Module(".".join(parts[:-1] if package else parts), path.read_text("utf-8"), package))
    return found


def imports(module: Module, *, types: bool = False) -> Iterator[str]:
    """Dotted names of all that a module imports, functions included; "a.b" and "a.b.c" for a from.

    What stands under ``if TYPE_CHECKING:`` binds nothing when the program runs; ``types`` counts it too.
    """
    tree = ast.parse(module.source)
    if not types:
        tree = WithoutTypes().visit(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.name.split(".")
                parents = parents[: len(parents) - node.level + (1 if module.package else 0)]
                base = ".".join([*parents, *([base] if base else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


class WithoutTypes(ast.NodeTransformer):
    """Takes out the bodies of ``if TYPE_CHECKING:``."""

    def visit_If(self, node: ast.If) -> ast.AST:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return ast.Pass()
        return self.generic_visit(node)


def fits(name: str, pattern: str) -> bool:
    """Whether a pattern names this module, or a package around it (a top package stands for itself alone)."""
    around = "." in pattern and name.startswith(f"{pattern}.")
    return fnmatchcase(name, pattern) or around


def entry(name: str, patterns: Iterable[str]) -> str | None:
    """The longest of these patterns that fits a module's name."""
    return max((pattern for pattern in patterns if fits(name, pattern)), key=len, default=None)


def layer(name: str) -> str | None:
    """The layer of a module, or None."""
    key = entry(name, LAYER_OF)
    return None if key is None else LAYER_OF[key]


def turned_arrows(module: Module) -> list[str]:
    """Imports of this module that go up a layer, to a stranger, or from align to glossary."""
    own = layer(module.name)
    if own is None:
        return []  # another test asks for the missing entry
    wrong = []
    key = entry(module.name, STRANGERS)
    strangers = STRANGERS[key] if key else ()
    if module.name.startswith("align"):
        found = imports(module, types=True)
        wrong += [f"{module.name} imports {name}" for name in found if name.split(".")[0] == "glossary"]
    for target in imports(module):
        other = layer(target)
        if other is not None and LAYERS.index(other) > LAYERS.index(own):
            wrong.append(f"{module.name} ({own}) imports {target} ({other})")
        if entry(target, strangers):
            wrong.append(f"{module.name} imports {target}")
    return wrong


def impurities(module: Module) -> list[str]:
    """What a pure or model module imports or calls that reaches outside the process's memory."""
    if layer(module.name) not in ("model", "pure"):
        return []
    wrong = [f"{module.name} imports {name}" for name in imports(module) if name.split(".")[0] in IMPURE]
    calls = (node for node in ast.walk(ast.parse(module.source)) if isinstance(node, ast.Call))
    named = ((node.func.id, node.lineno) for node in calls if isinstance(node.func, ast.Name))
    reaching = [(name, line) for name, line in named if name in ("open", "print", "input")]
    return wrong + [f"{module.name} calls {name}() in line {line}" for name, line in reaching]


def too_long(module: Module) -> str | None:
    """Why a module's length is not allowed, if it isn't."""
    lines = module.source.count("\n")
    if lines <= MAX_LINES or (lines <= MAX_LINES_WITH_A_REASON and REASON.search(module.source)):
        return None
    return f"{module.name} has {lines} lines"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("align.store", "import glossary.model"),
        ("align.cli", "from glossary import model"),
        ("align.cli", "if TYPE_CHECKING:\n    from glossary import model"),
        ("align.score", "from align.store import Store"),
        ("align.score", "def f():\n    from align import embed"),
        ("align.score", "from . import pipeline"),
        ("align.formats.tsv", "from ..store import Store"),
        ("align.formats.tsv", "from align import embed"),
        ("align.store", "from align.pipeline import read_document"),
        ("align.pipeline", "import align.console"),
        ("align.model", "from align import score"),
    ],
)
def test_a_turned_arrow_is_caught(name: str, source: str) -> None:
    assert turned_arrows(Module(name, source))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("align.score", "from align.model import Bead\nfrom align import errors"),
        (
            "align.formats.tsv",
            "from ..model import Bead\nfrom .read import read_path\nfrom align.text import decode",
        ),
        ("align.formats", "from .read import read_path"),
        ("align.pipeline", "from align import embed, score, store\nfrom align.formats.read import read_path"),
        ("glossary.cli", "from align.cli import app"),
        ("align.score", "if TYPE_CHECKING:\n    from align.embed import Embedder"),
    ],
)
def test_an_arrow_that_points_down_is_allowed(name: str, source: str) -> None:
    assert turned_arrows(Module(name, source)) == []


@pytest.mark.parametrize(
    "source",
    [
        "import sqlite3",
        "import torch.nn",
        "from pathlib import Path",
        "def f():\n    import typer",
        "open('x')",
        "print(1)",
    ],
)
def test_an_impure_line_is_caught_in_a_pure_module(source: str) -> None:
    assert impurities(Module("align.search", source))


def test_an_impure_line_is_allowed_at_the_rim() -> None:
    assert impurities(Module("align.store", "import sqlite3\nopen('x')")) == []


def test_a_long_module_needs_a_reason_and_a_very_long_one_has_none() -> None:
    reason = "# Longer than 400 lines because one table of cases reads better whole.\n"
    assert too_long(Module("m", "x = 1\n" * 401))
    assert too_long(Module("m", reason + "x = 1\n" * 401)) is None
    assert too_long(Module("m", reason + "x = 1\n" * 601))


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_no_arrow_of_this_module_turns_round(module: Module) -> None:
    assert turned_arrows(module) == []


@pytest.mark.parametrize(
    "module", [m for m in modules() if layer(m.name) in ("model", "pure")], ids=lambda module: module.name
)
def test_this_pure_module_only_computes(module: Module) -> None:
    assert impurities(module) == []


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_this_module_is_short_enough_to_read(module: Module) -> None:
    assert too_long(module) is None


def test_every_module_has_a_layer() -> None:
    assert [module.name for module in modules() if layer(module.name) is None] == [], "add them to MODULES"


def test_a_module_that_is_new_has_no_layer() -> None:
    assert layer("align.brand_new") is None
    assert layer("align.formats.brand_new") == "edge"
    assert layer("glossary.brand_new") == "pure"
    assert layer("glossary.store_brand_new") == "edge"


def test_every_entry_of_the_table_for_align_is_a_module() -> None:
    names = [module.name for module in modules()]
    wanted = [pattern for pattern in LAYER_OF if pattern.startswith("align")]
    assert [pattern for pattern in wanted if not any(fits(name, pattern) for name in names)] == []
