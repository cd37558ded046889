"""S006: the words of one side that the other says nothing of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.embed import load_embedder
from align.model import Alignment, Bead
from glossary.checks.sentences import length_differs
from glossary.checks.sentences.coverage import Tokens, heaviest, uncovered
from glossary.checks.sentences.fit import fit_of
from glossary.checks.settings import Settings
from glossary.checks.views import PairView
from tests.glossary.checks.examples import pair_of

AROUND = [
    ("Мост через реку закрыли ещё весной.", "The bridge across the river was closed back in spring."),
    ("Движение по нему откроют в сентябре.", "It will be open to traffic again in September."),
]
LONG = "Рабочие заменили все опоры моста, а инженеры из столицы проверили каждый трос и составили отчёт для министра."
WHOLE = (
    "The workers replaced all the piers of the bridge, and engineers from the capital checked every cable and wrote "
    "a report for the minister."
)
HALF = "The workers replaced all the piers of the bridge, and engineers."


def view(rows: list[tuple[str, str]], beads: tuple[Bead, ...] | None = None) -> PairView:
    made = pair_of(rows, ("ru", "en"))
    if beads is not None:
        made = Alignment(made.source, made.target, beads, made.signature, made.doubtful_below)
    return PairView(made, Settings(), load_embedder())


def messages(pair: PairView) -> list[str]:
    return [one.message for one in length_differs.check(pair, Settings())]  # type: ignore[union-attr]


def test_the_missing_words_are_named() -> None:
    pair = view([AROUND[0], (LONG, HALF), AROUND[1]])
    fit = fit_of(pair)
    assert isinstance(pair.embedder, Tokens)
    extra = uncovered(fit, fit.units[1], "source", pair.embedder)
    assert extra is not None
    assert "проверили каждый трос и составили отчёт" in pair.source.text[extra.start : extra.end]


def test_half_a_sentence_is_found_and_a_whole_one_is_none() -> None:
    assert len(messages(view([AROUND[0], (LONG, HALF), AROUND[1]]))) == 1
    assert messages(view([AROUND[0], (LONG, WHOLE), AROUND[1]])) == []


def test_a_cut_sentence_that_was_left_unpaired_on_both_sides_is_found() -> None:
    beads = (Bead((0,), (0,), 0.9), Bead((1,), (), 0.5), Bead((), (1,), 0.5), Bead((2,), (2,), 0.9))
    assert len(messages(view([AROUND[0], (LONG, HALF), AROUND[1]], beads))) == 1


def test_a_cut_sentence_in_one_bead_with_its_neighbour_is_found() -> None:
    rows = [AROUND[0], (LONG, HALF), AROUND[1], (LONG, WHOLE), (LONG, WHOLE), (LONG, WHOLE)]
    beads = (Bead((0, 1), (0, 1), 0.9), *(Bead((n,), (n,), 0.9) for n in range(2, 6)))
    assert len(messages(view(rows, beads))) == 1


@given(st.lists(st.floats(-5, 5), max_size=12))
def test_no_run_weighs_more_than_the_heaviest(values: list[float]) -> None:
    total, first, last = heaviest(values)
    runs = [sum(values[a:b]) for a in range(len(values)) for b in range(a + 1, len(values) + 1)]
    assert abs(total - max([0.0, *runs])) < 1e-9
    assert abs(sum(values[first:last]) - total) < 1e-9
