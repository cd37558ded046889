"""A real browser: Chromium through its own driver, or a visible skip; where CI is set, a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars"
)


def not_there(reason: str) -> NoReturn:
    """A browser test that did not run must not look like one that passed."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI has to run the browser tests")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def started_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    try:
        from selenium.webdriver import Chrome, ChromeOptions
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        not_there("selenium is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if chromium is None or driver is None:
        not_there("there is no Chromium with its chromedriver here")
    options = ChromeOptions()
    options.binary_location = chromium
    for flag in FLAGS.split():
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(
            "no_proxy", "localhost,127.0.0.1"
        )  # the driver listens here, whatever proxy is set
        started = Chrome(options=options, service=Service(driver))
        yield started
        started.quit()


@pytest.fixture
def browser(started_browser: Chrome) -> Chrome:
    """The browser on an empty page, as wide as a desktop, light, without animated scrolling, its logs read."""
    look(started_browser)
    started_browser.get("about:blank")
    for name in ("browser", "performance"):
        log(started_browser, name)
    return started_browser


def log(browser: Chrome, name: str) -> list[dict[str, Any]]:
    """What a log has gathered since it was last read: "browser" is the console, "performance" the events."""
    return list(browser.get_log(name))  # type: ignore[no-untyped-call]  # selenium's one untyped method


def look(browser: Chrome, *, width: int = 1280, scheme: str = "light", media: str = "") -> None:
    """Sets the width in pixels, the colour scheme and the medium ("print")."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
