"""Takes the pictures of the review page for the documentation: ``python -m tests.browser.screenshots``.

They show the sample interview. Without names all are taken, else those of the screens that are named.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.review_sample import SCREENS, sample
from tests.browser.review_server import base, press, served
from tests.commands import ROOT

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

WANTED = ("start", "candidates", "alignment", "plot", "findings", "consistency", "ledger")
WIDTH, HEIGHT = 1280, 900
IMAGES = ROOT / "docs" / "images"


def main(names: tuple[str, ...]) -> None:
    """Serves the sample and takes the pictures."""
    os.environ["no_proxy"] = "localhost,127.0.0.1"
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        project = sample(Path(folder))
        browser = chromium(folder)
        try:
            with served(project) as address:
                browser.get(address)
                for name in names:
                    take(browser, base(address) + SCREENS[name], name)
        finally:
            browser.quit()


def take(browser: Chrome, url: str, name: str) -> None:
    """A picture of a screen in each scheme; the findings with the reasons for a dismissal unfolded."""
    browser.get(url)
    browser.execute_async_script("setTimeout(arguments[0], 1000)")  # parts that are loaded behind the page
    if name == "findings":
        press(browser, "d")
    for scheme in ("light", "dark"):
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        browser.execute_async_script("setTimeout(arguments[0], 300)")
        browser.save_screenshot(str(IMAGES / f"review-{name}-{scheme}.png"))


def chromium(folder: str) -> Chrome:
    """A browser of a fixed size."""
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    from tests.browser.conftest import FLAGS

    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in FLAGS.split():
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={folder}/chromium")
    browser = Chrome(options=options, service=Service(shutil.which("chromedriver")))
    size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return browser


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or WANTED)
