"""``concord review``: the review page in the browser, on this machine alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from align.cli import options
from align.console import Messages
from align.errors import UsageError
from glossary.cli import asked as ask
from glossary.configured import find_config


def register(app: typer.Typer) -> None:
    """Adds the command to the root application."""
    app.command("review", short_help="Review terms, beads and findings in the browser.")(review)


def review(
    db: options.Db = None,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="HOST", help="Where to listen. Others than this machine need a password."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="0 (default): one that is free.")
    ] = 0,
    author: options.Author = None,
    config: ask.ConfigFile = None,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in the browser.")
    ] = True,
    quiet: options.Quiet = False,
) -> None:
    """Opens a page on the project, to review terms, beads and findings, offline.

    The first line on standard output is the page's address with the token of this launch. Ctrl-C stops it.
    With CONCORD_PASSWORD set the page asks for that instead, which --host needs for other machines; CONCORD_SITE
    is the name of a proxy in front.
    """
    from align import pipeline

    project = pipeline.existing_project(db)
    with pipeline.opened(project):  # a file that cannot be used is said so before a page opens
        pass
    from glossary.web.app import Site
    from glossary.web.serve import serve

    def ready(address: str) -> None:
        typer.echo(address)
        if sys.stdout is not None:
            sys.stdout.flush()
        Messages(quiet).note("Ctrl-C stops it")
        if open_browser:
            import webbrowser

            webbrowser.open(address)

    place: Path | None = config or find_config()
    password = os.environ.get("CONCORD_PASSWORD", "")
    if len(password) < 8 and password:
        raise UsageError(
            "the password is too short", where="CONCORD_PASSWORD", hint="Use 8 characters or more"
        )
    serve(
        Site(project.absolute(), options.login_name(author), place), host=host, port=port, password=password,
        ready=ready, name=os.environ.get("CONCORD_SITE", "").strip(),
    )  # fmt: skip
    Messages(quiet).note("Stopped")
