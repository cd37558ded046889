"""The command line's rim, in this process."""

from __future__ import annotations

import io
import signal
import sys

import pytest

from align.console import Messages, shielded


def pressed_inside(times: int, done: list[str]) -> None:
    """Ctrl-C inside a shield, then the rest of the block."""
    with shielded():
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        done.append("the rest of the block")


def test_an_interrupt_inside_a_shield_comes_after_it() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        pressed_inside(1, done)
    assert done == ["the rest of the block"]


def test_a_second_interrupt_inside_a_shield_comes_at_once() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        pressed_inside(2, done)
    assert done == []


def test_after_a_shield_interrupts_are_answered_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with shielded():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before


def test_quiet_keeps_notes_back_and_lets_warnings_through(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    Messages(quiet=True).note("a summary")
    Messages(quiet=True).warn("a text was cut")
    assert stream.getvalue() == "Warning: a text was cut\n"


def test_no_progress_is_drawn_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("align.console.PATIENCE", 0.0)
    with Messages().progress() as progress:
        progress(1, 2)
    assert stream.getvalue() == ""
