"""Takes the pictures of the review page for the documentation, light and dark (needs chromium and selenium).

    python docs/images/review.py PROJECT.db [NAME=/PATH …]

writes docs/images/review-NAME-light.png and review-NAME-dark.png, for the screens below or those that are named.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

SCREENS = {
    "start": "/",
    "candidates": "/candidates",
    "alignment": "/alignment/1?at=5",
    "plot": "/alignment/1/plot?at=5",
    "sentence": "/alignment/1/text/target/4",
    "versions": "/alignment/versions/1?at=5",
    "findings": "/findings",
    "consistency": "/consistency",
    "ledger": "/ledger",
}
WIDTH, HEIGHT = 1280, 900


def main(project: Path, screens: dict[str, str]) -> None:
    """Serves the project and takes a picture of each screen in both schemes."""
    os.environ["no_proxy"] = "localhost,127.0.0.1"
    command = [sys.executable, "-m", "glossary", "review", "--no-open", "--quiet", "--author", "Ada"]
    with subprocess.Popen([*command, "--db", str(project)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        browser = chromium()
        try:
            browser.get(address)
            for name, path in screens.items():
                browser.get(address.partition("/?")[0] + path)
                for scheme in ("light", "dark"):
                    feature = {"name": "prefers-color-scheme", "value": scheme}
                    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
                    browser.execute_async_script("setTimeout(arguments[0], 400)")
                    browser.save_screenshot(str(Path(__file__).parent / f"review-{name}-{scheme}.png"))
        finally:
            browser.quit()
            server.terminate()


def chromium() -> Chrome:
    """A browser of a fixed size."""
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(flag)
    browser = Chrome(options=options, service=Service(shutil.which("chromedriver")))
    size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return browser


if __name__ == "__main__":
    given = dict(argument.split("=", 1) for argument in sys.argv[2:])
    main(Path(sys.argv[1]).absolute(), given or SCREENS)
