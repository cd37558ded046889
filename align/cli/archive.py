"""The commands ``concord archive …``: many documents at once. Each is a module of its own, mounted here."""

from __future__ import annotations

import typer

from align.cli import archive_align, archive_audit, archive_match, archive_show


def application() -> typer.Typer:
    """A new application with align's commands on archives; the root adds those of other packages to it."""
    app = typer.Typer(
        help="Many documents at once: find the pairs, align them all, look them over.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    archive_match.register(app)
    archive_align.register(app)
    archive_show.register(app)
    archive_audit.register(app)
    return app
