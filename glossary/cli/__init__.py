"""The root command ``concord``: mounts align's commands, turns every failure into one line and exit code 2.

Only light modules of the standard library are imported before ``main`` runs, so that Ctrl-C is already
answered in one line while the rest still loads.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typer

OK, FAILURE = 0, 2

# The aligner's matrices are small: threads that wait for one another would double its time. Read by numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# What the system's own words leave open: what to do next.
ADVICE = {
    errno.ENOSPC: "Free some space, or choose another place",
    errno.EDQUOT: "Free some space, or choose another place",
    errno.EACCES: "Choose a place that you may read and write, or change its permissions",
    errno.EPERM: "Choose a place that you may read and write, or change its permissions",
    errno.EROFS: "Choose a place that can be written",
    errno.ENOENT: "Check the path",
    errno.EMFILE: "Close other programs, or raise the limit of open files",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs ``concord`` and returns its exit code: 0 done, 1 findings, 2 usage, input, interrupt.

    Whatever goes wrong, one line on stderr says so; with ``--debug`` (anywhere on the line) or the
    environment's ``CONCORD_DEBUG=1`` the traceback comes before it.
    """
    program, debug = arguments is None, False
    try:
        arguments, debug = take_debug(sys.argv[1:] if arguments is None else arguments)
        use_utf8()
        status = run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        ignore_interrupts(program)
    except BaseException as error:
        ignore_interrupts(program)
        status = answer(error, debug)
        drop_stdout()
    return status


def ignore_interrupts(program: bool) -> None:
    """Where all is done but for the last line and the interpreter's end, Ctrl-C has nothing left to stop."""
    if program:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def take_debug(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """The arguments without ``--debug``, and whether tracebacks are wanted."""
    end = list(arguments).index("--") if "--" in arguments else len(arguments)
    kept = [argument for argument in arguments[:end] if argument != "--debug"]
    asked = len(kept) < end or os.environ.get("CONCORD_DEBUG", "") not in ("", "0")
    return [*kept, *arguments[end:]], asked


def use_utf8() -> None:
    """Data and messages are UTF-8, whatever the locale says; stderr escapes what cannot be spelt in it."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)


def run(arguments: Sequence[str]) -> int:
    """Parses the arguments and runs one command; its exit code where it ends by ``typer.Exit``, else 0."""
    import typer

    command = typer.main.get_command(build())
    try:
        with command.make_context("concord", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    return OK


def build() -> typer.Typer:
    """The root application with all commands."""
    import typer

    from align.cli import app, root
    from align.cli.archive import application as archive_commands
    from glossary.cli import archive as cli_archive
    from glossary.cli import check, convert, findings, fix, rules, serve
    from glossary.cli import marks as cli_annotations
    from glossary.cli.terms import app as terms

    application = typer.Typer(
        name="concord",
        help=(root.__doc__ or "").strip(),
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    application.callback()(root)
    application.add_typer(app)
    archive = archive_commands()
    cli_archive.register(archive)
    application.add_typer(archive, name="archive")
    application.add_typer(terms, name="terms")
    cli_annotations.register(application)
    for command in (check, rules, fix, findings, serve, convert):
        command.register(application)
    return application


def answer(error: BaseException, debug: bool) -> int:
    """Prints what an error comes to, and returns the exit code."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else OK if error.code is None else FAILURE
    if isinstance(error, BrokenPipeError):
        return OK  # whoever reads has seen enough
    if debug:
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    show = getattr(error, "show", None)
    if show is not None and hasattr(
        error, "format_message"
    ):  # a usage error of the parser: usage, then one line
        show(file=sys.stderr)
    else:
        complain(explain(error))
    return FAILURE


def complain(message: str) -> None:
    """One line on stderr; control characters, as a file's name may hold, are escaped."""
    line = "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in " ".join(message.split())
    )
    with contextlib.suppress(OSError, ValueError):  # where stderr is gone, the exit code has to do
        print(f"Error: {line}", file=sys.stderr)  # noqa: T201  the command line's last word


def explain(error: BaseException) -> str:
    """What went wrong, where, and what to do next, in one line."""
    from align.errors import ConcordError

    if isinstance(error, ConcordError):
        return str(error)
    if was_interrupted(error):
        return f"interrupted; {what_remains()}"
    if isinstance(error, MemoryError):
        return "there is not enough memory for texts of this size. Align them in parts"
    if isinstance(error, UnicodeEncodeError):
        rest = error.object[error.start : error.end]
        return f"{rest!r} cannot be written in {error.encoding}. Write to a file with -o"
    database = getattr(sys.modules.get("sqlite3"), "Error", ())
    if isinstance(error, database):
        return f"the project file: {error}. See that no other program holds it and that the disk has room"
    if isinstance(error, OSError):
        place = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
        hint = ADVICE.get(error.errno or 0, "")
        return f"{place}{error.strerror or error}{f'. {hint}' if hint else ''}"
    what = f"{type(error).__name__}: {error}"
    return f"{what}. This is a defect in Concord; please report it with what --debug prints"


def was_interrupted(error: BaseException | None) -> bool:
    """Whether Ctrl-C is at the bottom of this error (a library may wrap it into one of its own)."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, KeyboardInterrupt):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def what_remains() -> str:
    """What an interrupted command has already finished writing."""
    console: Any = sys.modules.get("align.console")
    written = list(console.written) if console else []
    return f"already written: {', '.join(written)}" if written else "nothing was changed"


def drop_stdout() -> None:
    """Keeps the interpreter from failing once more over what stdout did not take."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
