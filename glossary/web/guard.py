"""Who may ask, and what an answer may do: token, Host, Origin, Sec-Fetch-Site, body limits, security headers.

The page is for one person at this machine. The address that is printed carries a token of this launch; the first
visit turns it into a cookie that no other site's page can make the browser send.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from starlette.exceptions import HTTPException

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "concord"
LARGEST_BODY = 130_000_000
"""Bytes of a request: two texts of the size that the readers take, and what a form adds."""
GUESS = 0.5
"""Seconds after a wrong password."""
SAFE = ("GET", "HEAD")
ONCE = (b"host", b"origin", b"sec-fetch-site", b"content-length")
"""What decides who may come in; two of them could mean one thing here and another one elsewhere."""
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with no-referrer a browser sends forms as from nowhere (Origin: null)
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in: the token of this launch, the host names (with port) that the page answers to.

    ``password`` is "" where the page is reached from this machine alone; else it opens the page in place of the
    token's address.
    """

    token: str
    hosts: frozenset[str]
    password: str = ""


class Guard:
    """An ASGI application around another: what may not come in is answered here."""

    def __init__(self, app: App, access: Access) -> None:
        self.app = app
        self.access = access
        self._guesses = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or passes it on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # no websockets
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        guarded = with_headers(send, scope["path"])
        refusal = twice(scope["headers"]) or self.refusal(scope["method"], headers)
        if refusal:
            await answer(guarded, *refusal)
        elif self.has_cookie(headers) or is_static(scope["path"]):
            await self.app(scope, limited(receive), guarded)
        else:
            await self.let_in(scope, receive, guarded, headers)

    def refusal(self, method: str, headers: dict[str, str]) -> tuple[int, str] | None:
        """Why a request is refused whoever sends it: status and words; None where it is not."""
        host = headers.get("host", "")
        if host.lower() not in self.access.hosts:
            return 421, "This page is not served under this name. Use the address that Concord printed."
        if method in SAFE:
            return None
        if method != "POST":
            return 405, "Only GET and POST are answered here."
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return 403, "This request comes from another page."
        if site is not None and site != "same-origin":
            return 403, "This request comes from another site."
        if origin is None and site is None:
            return 403, "This request does not say which page it comes from."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > 15 or int(length) > LARGEST_BODY:
            return 413, f"This is over {LARGEST_BODY // 1_000_000} MB."
        return None

    def has_cookie(self, headers: dict[str, str]) -> bool:
        """Whether the browser has been let in before."""
        cookies = dict(part.strip().partition("=")[::2] for part in headers.get("cookie", "").split(";"))
        return same(cookies.get(self.cookie, ""), self.access.token)

    @property
    def cookie(self) -> str:
        """The cookie's name: several reviews on one machine, at several ports, share a host."""
        ports = (host.rpartition(":")[2] for host in sorted(self.access.hosts))
        port = next((port for port in ports if port.isdecimal()), "")
        return f"{COOKIE}_{port}" if port else COOKIE

    async def let_in(self, scope: Scope, receive: Receive, send: Send, headers: dict[str, str]) -> None:
        """Turns a right token or password into a cookie; asks for the password where there is one."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if same(query.get("token", [""])[0], self.access.token):
            await self.welcome(send, scope["path"])
        elif not self.access.password:
            await answer(send, 403, "Open the address that Concord printed: it carries this page's token.")
        elif scope["method"] == "POST" and scope["path"] == "/enter":
            given = parse_qs((await body(limited(receive), 4096)).decode("utf-8", "replace"))
            if await self.knows(given.get("password", [""])[0]):
                await self.welcome(send, "/")
            else:
                await answer(send, 403, ENTER.format(note="<p>That was not the password.</p>"), html=True)
        else:
            await answer(send, 401, ENTER.format(note=""), html=True)

    async def knows(self, given: str) -> bool:
        """Whether this is the password. One guess at a time, and after a wrong one a while passes."""
        async with self._guesses:
            right = same(given, self.access.password)
            if not right:
                await asyncio.sleep(GUESS)
            return right

    async def welcome(self, send: Send, path: str) -> None:
        """Gives the cookie, and leads to the same place without the token."""
        held = f"{self.cookie}={self.access.token}; Path=/; HttpOnly; SameSite=Strict"
        place = quote(path) if path.startswith("/") and path[1:2] not in ("/", "\\") else "/"
        extra = [(b"set-cookie", held.encode()), (b"location", place.encode())]
        await answer(send, 303, "", headers=extra)


ENTER = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Concord</title><link rel="stylesheet" href="/static/app.css"><main><h1>Concord</h1>{note}
<form method="post" action="/enter"><label>Password <input type="password" name="password" autofocus></label>
<button>Open</button></form></main></html>"""


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how much of them is."""
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())


def is_static(path: str) -> bool:
    """Whether a path leads to the page's own script or style, which everybody may see."""
    return path.startswith("/static/")


def twice(headers: Iterable[tuple[bytes, bytes]]) -> tuple[int, str] | None:
    """A refusal of a request that says one of the decisive headers twice."""
    names = [name.lower() for name, _ in headers]
    again = next((name for name in ONCE if names.count(name) > 1), None)
    return (400, f"The header {again.decode()} is there twice.") if again else None


def limited(receive: Receive) -> Receive:
    """Bodies that say no length end at the limit too, with an error that the page answers (413)."""
    left = LARGEST_BODY

    async def read() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413, f"This is over {LARGEST_BODY // 1_000_000} MB.")
        return message

    return read


async def body(receive: Receive, most: int) -> bytes:
    """The whole of a short body, "" for a longer one."""
    held = b""
    while True:
        message = await receive()
        held += bytes(message.get("body", b""))
        if len(held) > most or message["type"] != "http.request":
            return b""
        if not message.get("more_body"):
            return held


def with_headers(send: Send, path: str) -> Send:
    """Every answer carries the security headers; only the page's own script and style may be kept."""
    fixed = {**HEADERS, "cache-control": "private, max-age=3600" if is_static(path) else "no-store"}

    async def out(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [(name, value) for name, value in message["headers"] if name.decode().lower() not in fixed]
            message["headers"] = [*own, *((name.encode(), value.encode()) for name, value in fixed.items())]
        await send(message)

    return out


async def answer(
    send: Send,
    status: int,
    text: str,
    *,
    html: bool = False,
    headers: list[tuple[bytes, bytes]] | None = None,
) -> None:
    """A short answer."""
    data = text.encode()
    kind = b"text/html; charset=utf-8" if html else b"text/plain; charset=utf-8"
    start = [(b"content-type", kind), (b"content-length", str(len(data)).encode()), *(headers or [])]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": data})
