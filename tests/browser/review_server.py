"""``concord review`` in a process of its own, for a real browser, and what a person does in that."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Callable

    from selenium.webdriver import Chrome

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20


@contextmanager
def served(project: Path, author: str = "Ada") -> Iterator[str]:
    """The address of the page on a project, with its token; the server ends with the block."""
    command = [sys.executable, "-m", "glossary", "review", "--no-open", "--quiet", "--author", author]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, "--db", str(project)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=project.parent,
        env=environment,
    ) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def base(address: str) -> str:
    """An address without its path and token."""
    return address.partition("/?")[0]


def press(browser: Chrome, *keys: str) -> None:
    """Presses keys, wherever the focus is."""
    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def until(browser: Chrome, true: Callable[[], Any], what: str = "") -> Any:
    """What ``true`` gives as soon as that is something; fails after a while."""

    def tried(_: Chrome) -> Any:
        try:
            return true()
        except Exception:  # the page is just being changed
            return False

    return WebDriverWait(browser, PATIENCE, poll_frequency=0.05).until(tried, what)


def script(browser: Chrome, text: str, *arguments: object) -> Any:
    """What a script in the page gives back."""
    return browser.execute_script(text, *arguments)
