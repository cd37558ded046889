"""Who may come in and what an answer may do: token, cookie, Host, Origin, limits, headers; nothing is obeyed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from align.errors import UsageError
from align.store import open_store
from glossary.store import Glossary
from glossary.store.checked import Checks
from glossary.web import guard
from glossary.web.app import Site, create
from glossary.web.guard import HEADERS, Access, Guard
from glossary.web.screens import ROUTES
from glossary.web.serve import hosts, serve
from tests.web.findings_site import NUMBER, checked, sample, texts

STATIC = Path(guard.__file__).parent / "static"
HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
PORT = 8765
HERE = f"127.0.0.1:{PORT}"
ADDRESS = f"http://{HERE}"
TOKEN = "a-token-of-this-launch"
PASSWORD = "open, mill door"
SAME = {"origin": ADDRESS, "sec-fetch-site": "same-origin"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return checked(tmp_path)


def visitor(path: Path, password: str = "", cookie: bool = False) -> TestClient:
    """A browser that has been nowhere yet, or one that was let in."""
    access = Access(TOKEN, hosts("127.0.0.1", PORT), password)
    guarded = Guard(create(Site(path, "Ada")), access)
    web = TestClient(guarded, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False)
    if cookie:
        web.get(f"/?token={TOKEN}")
    return web


@pytest.fixture
def stranger(path: Path) -> TestClient:
    return visitor(path)


@pytest.fixture
def web(path: Path) -> TestClient:
    return visitor(path, cookie=True)


# Token and cookie


def test_without_the_token_nobody_comes_in(stranger: TestClient) -> None:
    answer = stranger.get("/findings")
    assert answer.status_code == 403
    assert "Karren" not in answer.text
    assert "the address that Concord printed" in answer.text


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", TOKEN.upper()])
def test_a_wrong_token_opens_nothing(stranger: TestClient, token: str) -> None:
    answer = stranger.get("/", params={"token": token})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_token_becomes_a_cookie_and_leaves_the_address(stranger: TestClient) -> None:
    answer = stranger.get(f"/findings?token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/findings")
    cookie = answer.headers["set-cookie"]
    assert cookie == f"concord_{PORT}={TOKEN}; Path=/; HttpOnly; SameSite=Strict"
    assert stranger.get("/findings").status_code == 200


@pytest.mark.parametrize(
    "cookie", [f"concord_{PORT}=wrong", f"concord_1={TOKEN}", f"concord={TOKEN}", f"concord_{PORT}="]
)
def test_another_cookie_opens_nothing(stranger: TestClient, cookie: str) -> None:
    assert stranger.get("/", headers={"cookie": cookie}).status_code == 403


@pytest.mark.parametrize("way", ["//elsewhere.example/", "/\\elsewhere.example/", "/%5celsewhere.example/"])
def test_the_token_leads_nowhere_else(stranger: TestClient, way: str) -> None:
    answer = stranger.get(f"{ADDRESS}{way}?token={TOKEN}")
    assert answer.headers["location"] == "/"


def test_a_line_end_in_the_address_splits_no_header(stranger: TestClient) -> None:
    answer = stranger.get(f"/a%0d%0aset-cookie:%20evil=1?token={TOKEN}")
    assert answer.headers["location"] == "/a%0D%0Aset-cookie%3A%20evil%3D1"
    assert "evil" not in answer.headers["set-cookie"]


# Host, Origin, Sec-Fetch-Site


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.evil.example:{PORT}",
     f"localhost:{PORT}.evil.example", f"{HERE}@evil.example", f"[::2]:{PORT}"],
)  # fmt: skip
def test_under_another_name_the_page_is_not_served(web: TestClient, host: str) -> None:
    assert web.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", [HERE, f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_the_names_of_this_machine_are_served(web: TestClient, host: str) -> None:
    cookie = f"concord_{PORT}={TOKEN}"
    assert web.get("/", headers={"host": host, "cookie": cookie}).status_code == 200


def test_at_the_port_that_browsers_leave_out_the_page_is_served_without_it() -> None:
    assert "127.0.0.1" in hosts("127.0.0.1", 80)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": f"http://localhost:{PORT}"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"origin": ADDRESS, "sec-fetch-site": "cross-site"},
        {"origin": ADDRESS, "sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_form_of_another_site_changes_nothing(web: TestClient, path: Path, said: dict[str, str]) -> None:
    answer = web.post("/findings/dismiss", data={"fingerprint": NUMBER, "typed": "so"}, headers=said)
    assert answer.status_code == 403
    with open_store(path) as store:
        assert Checks(store).history() == []


@pytest.mark.parametrize("said", [SAME, {"origin": ADDRESS}, {"sec-fetch-site": "same-origin"}])
def test_a_form_of_the_page_itself_is_taken(web: TestClient, path: Path, said: dict[str, str]) -> None:
    answer = web.post("/findings/dismiss", data={"fingerprint": NUMBER, "typed": "so"}, headers=said)
    assert answer.status_code == 303
    with open_store(path) as store:
        assert len(Checks(store).history()) == 1


def test_a_form_without_the_cookie_changes_nothing(stranger: TestClient, path: Path) -> None:
    answer = stranger.post("/findings/dismiss", data={"fingerprint": NUMBER, "typed": "so"}, headers=SAME)
    assert answer.status_code == 403
    with open_store(path) as store:
        assert Checks(store).history() == []


@pytest.mark.parametrize("name", ["origin", "sec-fetch-site", "content-length"])
def test_a_decisive_header_that_is_there_twice_is_refused(web: TestClient, name: str) -> None:
    value = {"origin": ADDRESS, "sec-fetch-site": "same-origin", "content-length": "3"}[name]
    said = [*SAME.items(), (name, value), (name, value)]
    assert web.post("/findings/check", content=b"a=b", headers=said).status_code == 400


# Methods, paths, limits


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "MKCOL"])
def test_other_methods_are_refused(web: TestClient, method: str) -> None:
    assert web.request(method, "/findings", headers=SAME).status_code == 405


@pytest.mark.parametrize(
    "address", ["/findings/dismiss", "/findings/undo", "/candidates/decide", "/candidates/undo"]
)
def test_what_changes_something_is_not_reached_by_a_link(web: TestClient, address: str) -> None:
    assert web.get(address).status_code in (404, 405)


@pytest.mark.parametrize(
    "way",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/..%5capp.py",
     "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/%00", "/static/", "/static/../templates/page.html"],
)  # fmt: skip
def test_only_what_is_static_is_served_as_such(stranger: TestClient, way: str) -> None:
    answer = stranger.request("GET", ADDRESS + way)
    assert answer.status_code in (400, 403, 404)
    assert "import" not in answer.text


def test_style_and_script_need_no_cookie(stranger: TestClient) -> None:
    assert stranger.get("/static/app.css").status_code == 200


@pytest.mark.parametrize("length", ["130000001", "9" * 40, "-1", "many", "1e3"])
def test_a_body_that_is_said_to_be_too_long_is_refused_before_it_is_read(
    web: TestClient, length: str
) -> None:
    answer = web.post("/findings/check", content=b"a=b", headers={**SAME, "content-length": length})
    assert answer.status_code == 413


def test_a_body_without_a_length_ends_at_the_limit(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LARGEST_BODY", 1_000)

    def chunks() -> Iterator[bytes]:
        for _ in range(20):
            yield b"a=" + b"b" * 98 + b"&"

    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = web.post("/findings/dismiss", content=chunks(), headers={**SAME, **kind})
    assert answer.status_code == 413


def test_a_form_of_very_many_fields_is_refused(web: TestClient) -> None:
    answer = web.post("/findings/dismiss", data={f"n{n}": "" for n in range(3_000)}, headers=SAME)
    assert answer.status_code == 400


# Headers


@pytest.mark.parametrize(
    ("address", "status"),
    [("/", 200), ("/findings", 200), ("/nowhere", 404), ("/findings?state=x", 400), ("/static/app.css", 200),
     ("/static/none", 404), ("/findings/report", 200), ("/findings/dismiss", 405)],
)  # fmt: skip
def test_every_answer_carries_the_security_headers(web: TestClient, address: str, status: int) -> None:
    answer = web.get(address)
    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value]


@pytest.mark.parametrize("host", [HERE, "evil.example"])
def test_a_refusal_carries_them_too(stranger: TestClient, host: str) -> None:
    answer = stranger.get("/", headers={"host": host})
    assert answer.status_code in (403, 421)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_an_error_that_nobody_foresaw_carries_them_too(path: Path) -> None:
    web = visitor(path, cookie=True)
    path.unlink()
    path.mkdir()
    answer = web.get("/findings")
    assert answer.status_code in (400, 500)
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert "data:" not in policy


def test_what_is_shown_is_not_kept_by_the_browser(web: TestClient) -> None:
    assert web.get("/findings").headers["cache-control"] == "no-store"


# Reading writes nothing


def addresses() -> list[str]:
    """An address of every route that answers GET."""
    found = []
    for route in ROUTES:
        assert isinstance(route, Route)
        if "GET" in (route.methods or ()):
            found.append(
                re.sub(
                    r"\{(\w+)(?::\w+)?\}",
                    lambda m: {"fingerprint": NUMBER, "side": "target", "segment": "1"}.get(m[1], "1"),
                    route.path,
                )
            )
    return found


@pytest.mark.parametrize("address", addresses())
def test_looking_at_a_page_writes_nothing(path: Path, web: TestClient, address: str) -> None:
    with open_store(path) as store:
        Glossary(store)
    before = contents(path)
    for headers in ({}, {"hx-request": "true"}):
        assert web.get(address, headers=headers).status_code < 500
    assert contents(path) == before


def contents(path: Path) -> str:
    """All that is in a project file but for the kept results of checks."""
    with open_store(path) as store:
        lines = [line for line in store.db.conn.iterdump() if '"check_results"' not in line]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


# What a document says


HOSTILE = (
    "<script>window.bad=1</script> one",
    "<img src=x onerror=alert(1)> two </td></table>",
    "\u202eevil\u202c \u2066three\x07",
    "javascript:alert(1) \"'> onmouseover=alert(1) {{ 7*7 }}",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which everything that can be a text is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    alignment = texts(HOSTILE, HOSTILE)
    name = "<b onclick=x>.txt"
    alignment = replace(alignment, target=replace(alignment.target, name=name))
    found = [
        replace(one, spot=replace(one.spot, document=name), message=HOSTILE[0], suggestion=HOSTILE[1])
        for one in sample(texts())
    ]
    path = checked(folder, alignment, found)
    with open_store(path) as store:
        Checks(store).dismiss(found[:1], author="<i>Eve</i>", reason=HOSTILE[0])
    return path


@pytest.mark.parametrize("address", [a for a in addresses() if "export" not in a and "report" not in a])
def test_a_hostile_text_is_displayed_and_not_obeyed(hostile: Path, address: str) -> None:
    html = visitor(hostile, cookie=True).get(address).text
    assert "<script>window" not in html
    assert "<img" not in html
    assert "<b onclick" not in html
    assert "<i>Eve" not in html
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", html)
    assert handlers(html) == []


class Obeyed(HTMLParser):
    """Finds what a browser would run: handlers, scripts but the page's own, addresses of scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        own = tag != "script" or given.get("src", "").startswith("/static/")
        ran = [name for name in given if name.startswith(("on", "hx-on")) or name in ("style", "srcdoc")]
        ran += [value for value in given.values() if value.strip().lower().startswith("javascript:")]
        self.found += [tag, *ran] if ran or not own else []


def handlers(html: str) -> list[str]:
    """What a browser would obey in a page."""
    parser = Obeyed()
    parser.feed(html)
    return parser.found


def test_what_a_browser_would_obey_is_found() -> None:
    assert handlers("<p title='<b onclick=x>'>") == []
    assert handlers("<b onclick=x>") == ["b", "onclick"]
    assert handlers("<script>1</script><a href=' JavaScript:1'>") == ["script", "a", " JavaScript:1"]


def test_an_authors_name_is_displayed_and_not_obeyed(web: TestClient) -> None:
    cookie = f"concord_{PORT}={TOKEN}; concord_author=%3Cb%3EEve%3C/b%3E%0d%0a"
    html = web.get("/", headers={"cookie": cookie}).text
    assert "<b>Eve" not in html
    assert "&lt;b&gt;Eve" in html


# Other machines


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7", "review.example"])
def test_a_host_that_others_reach_needs_a_password(path: Path, host: str) -> None:
    with pytest.raises(UsageError) as caught:
        serve(Site(path, "Ada"), host=host, port=0, password="", ready=lambda _: None)
    assert "no password is set" in str(caught.value)
    assert "CONCORD_PASSWORD" in str(caught.value)
    assert "SSH tunnel" in str(caught.value)


@pytest.fixture
def locked(path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(guard, "GUESS", 0)
    return visitor(path, PASSWORD)


def test_with_a_password_the_page_asks_for_it(locked: TestClient) -> None:
    answer = locked.get("/findings")
    assert answer.status_code == 401
    assert 'type="password"' in answer.text
    assert "Karren" not in answer.text


def test_the_password_opens_the_page(locked: TestClient) -> None:
    answer = locked.post("/enter", data={"password": PASSWORD}, headers=SAME)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert locked.get("/findings").status_code == 200


@pytest.mark.parametrize("password", ["", "open", PASSWORD + " ", PASSWORD.upper(), "x" * 10_000])
def test_a_wrong_password_opens_nothing(locked: TestClient, password: str) -> None:
    answer = locked.post("/enter", data={"password": password}, headers=SAME)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_another_site_cannot_try_passwords(locked: TestClient) -> None:
    answer = locked.post("/enter", data={"password": PASSWORD}, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


# What is served


def test_the_script_of_others_is_the_file_that_was_published() -> None:
    """htmx 2.0.11, dist/htmx.min.js of its npm package."""
    data = (STATIC / "htmx.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == HTMX
    assert b'version:"2.0.11"' in data


def test_its_licence_is_beside_it() -> None:
    assert "Zero-Clause BSD" in (STATIC / "htmx.LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize(
    "template", sorted((STATIC.parent / "templates").glob("*.html")), ids=lambda p: p.name
)
def test_templates_have_no_inline_script_style_or_handler(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"<style|<script(?! src=\"/static/)|\sstyle=|\shx-on|\son[a-z]+=|javascript:", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


def test_behind_a_proxy_the_page_answers_to_its_name(path: Path) -> None:
    names = hosts("127.0.0.1", PORT) | {"review.example"}
    guarded = Guard(create(Site(path, "Ada")), Access(TOKEN, names, PASSWORD))
    web = TestClient(guarded, base_url="https://review.example", follow_redirects=False)
    said = {"origin": "https://review.example", "sec-fetch-site": "same-origin"}
    assert web.post("/enter", data={"password": PASSWORD}, headers=said).status_code == 303
    assert web.get("/findings").status_code == 200
