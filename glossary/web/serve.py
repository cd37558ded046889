"""Runs the page: a socket on this machine, the address on stdout, Ctrl-C stops at once."""

from __future__ import annotations

import contextlib
import multiprocessing
import secrets
import socket
from collections.abc import Callable

import uvicorn

from align.errors import UsageError
from glossary.store.checked import Checks
from glossary.web.app import Site, create
from glossary.web.guard import Access, Guard

LOOPBACK = ("127.0.0.1", "::1", "localhost")
HTTP = 80


def serve(
    site: Site, *, host: str, port: int, password: str, ready: Callable[[str], None], name: str = ""
) -> None:
    """Serves until Ctrl-C; ``ready`` gets the address, with its token, once it answers.

    ``name`` is that of a proxy in front, as browsers send it ("review.example.org").

    Raises UsageError for a host or port that cannot be had, or a host that others reach without a password.
    """
    if host not in LOOPBACK and not password:
        raise UsageError(
            "others could reach this address, and no password is set",
            where=f"--host {host}",
            hint="Leave --host out and use an SSH tunnel; or set a password in CONCORD_PASSWORD, with a TLS proxy "
            "in front and its name in CONCORD_SITE",
        )
    with site.opened() as glossary:
        Checks(glossary.store)  # looking at a page later must write nothing, not even empty tables
    with contextlib.closing(bound(host, port)) as listening:
        number = listening.getsockname()[1]
        names = hosts(host, number) | ({name.lower()} if name else set())
        access = Access(secrets.token_urlsafe(24), names, password)
        config = uvicorn.Config(
            Guard(create(site), access),
            log_level="critical", access_log=False, lifespan="off", timeout_graceful_shutdown=0, server_header=False,
            ws="none",
        )  # fmt: skip
        server = uvicorn.Server(config)
        ready(address(host, number, "" if password else access.token))
        try:
            with contextlib.suppress(KeyboardInterrupt):
                server.run(sockets=[listening])
        finally:
            for process in multiprocessing.active_children():  # of a check that is going on
                process.terminate()


def bound(host: str, port: int) -> socket.socket:
    """A listening socket. Raises UsageError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(64)
    except (OSError, OverflowError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(
            f"this address cannot be had: {reason}",
            where=f"{host}:{port}",
            hint="Choose another --port, or 0",
        ) from None
    return made


def hosts(host: str, port: int) -> frozenset[str]:
    """The names under which the page answers: all those of this machine, or the host that was asked for."""
    names = {"127.0.0.1", "localhost", "[::1]"} if host in LOOPBACK else {host, host.lower()}
    if host in ("0.0.0.0", "::"):
        names = {socket.gethostname().lower(), *local_addresses(), "127.0.0.1", "localhost"}
    found = {f"{name}:{port}" for name in names}
    return frozenset(found | names if port == HTTP else found)  # browsers leave this port out


def local_addresses() -> set[str]:
    """The numbers under which this machine is known to others."""
    with contextlib.suppress(OSError):
        found = socket.getaddrinfo(socket.gethostname(), None)
        return {f"[{a[4][0]}]" if ":" in str(a[4][0]) else str(a[4][0]) for a in found}
    return set()


def address(host: str, port: int, token: str) -> str:
    """What a browser is sent to."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")
