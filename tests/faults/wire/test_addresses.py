"""Addresses that only look like this computer, and the source: what must never be written there."""

from __future__ import annotations

import ast
import ipaddress
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmm_tui
from pmm_tui.address import address_fault, proxy_fault
from pmm_tui.errors import ConfigError
from pmm_tui.sync.http.line import ServerSettings
from tests.faults.conftest import Count

TRICKS = (
    "http://contoh.sch.id", "http://127.0.0.1.contoh.sch.id", "http://localhost.contoh.sch.id",
    "http://127.0.0.1@contoh.sch.id", "http://localhost@contoh.sch.id", "http://localhost:80@contoh.sch.id",
    "http://127.0.0.1:80@contoh.sch.id/", "http://contoh.sch.id#@127.0.0.1", "http://contoh.sch.id?@127.0.0.1",
    "http://contoh.sch.id\\@127.0.0.1", "http://127.0.0.1\\@contoh.sch.id", "http://127.0.0.1\\.contoh.sch.id",
    "http:\\\\contoh.sch.id", "http:/contoh.sch.id", "http:contoh.sch.id", "http:///contoh.sch.id", "http://", "http://:80",
    "//contoh.sch.id", "contoh.sch.id", "", "http://127.0.0.1 .contoh.sch.id", "http://127.0.0.1\t.contoh.sch.id",
    "http://127.0.0.1\n.contoh.sch.id", "http://127.0.0.1%00.contoh.sch.id", "http://127.0.0.1%2econtoh.sch.id",
    "http://127.0.0.1%2f@contoh.sch.id", "http://loopback", "http://localhost.", "http://LOCALHOST.",
    "http://localhost.localdomain", "http://xlocalhost", "http://local\u200bhost",
    "http://\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54", "http://\u2460\u2461\u2466.0.0.1",
    "http://127\u3002000\u3002000\u3002001", "http://0.0.0.0", "http://0", "http://[::]", "http://2130706433",
    "http://0x7f000001", "http://0x7f.1", "http://017700000001", "http://127.1", "http://127.0.1", "http://127.0.0.1.",
    "http://127.0.0.01", "http://0127.0.0.1", "http://128.0.0.1", "http://126.255.255.255", "http://10.0.0.1",
    "http://192.168.1.1", "http://169.254.169.254", "http://[::ffff:10.0.0.1]", "http://[fe80::1]", "http://[::2]",
    "http://[::1].contoh.sch.id", "http://[::1]contoh.sch.id", "http://[::1", "http://::1", "http://[127.0.0.1]",
    "http://127.0.0.1:99999", "http://127.0.0.1:-1", "http://127.0.0.1:80:80", "http://127.0.0.1:abc", "ftp://127.0.0.1",
    "file:///etc/passwd", "javascript:alert(1)", "ws://127.0.0.1", "unix:///run/x.sock", "httpx://127.0.0.1", "https://",
    "https://@", "https://user:sandi@contoh.sch.id", "https://contoh.sch.id/../..", "https://contoh.sch.id/%0d%0aX: y/ ",
    "https://contoh.sch.id?token=x", "https://contoh.sch.id#x", "https://contoh.sch.id\r\nX: y",
    "https://contoh\u3002sch\u3002id",
)  # fmt: skip
GOOD = {
    "http://127.0.0.1": "127.0.0.1",
    "http://127.0.0.1:8080": "127.0.0.1",
    "http://127.255.255.254": "127.255.255.254",
    "http://[::1]:8080": "::1",
    "http://localhost": "localhost",
    "http://localhost:8080/pmm": "localhost",
    "HTTP://LOCALHOST": "localhost",
    "https://contoh.sch.id": "contoh.sch.id",
    "https://contoh.sch.id:8443/dasar/": "contoh.sch.id",
}


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    return ipaddress.ip_address(host).is_loopback


@pytest.mark.parametrize("url", TRICKS)
def test_tricks_are_refused(url: str) -> None:
    """An address that could send a token in clear, or elsewhere than it reads, is refused in one sentence without its secrets."""
    with pytest.raises(ConfigError) as refused:
        ServerSettings(url=url, token="kenari-rahasia-7f3a9c51")
    assert "server.url" in refused.value.sentence
    assert "sandi" not in refused.value.sentence
    assert "kenari" not in refused.value.sentence


@pytest.mark.parametrize("url", GOOD)
def test_good_addresses_are_taken(url: str) -> None:
    """The control: https anywhere, http on this computer."""
    assert httpx.URL(ServerSettings(url=url).url).host == ServerSettings(url=url).host == GOOD[url]


_PIECES = st.sampled_from((
    "127.0.0.1", "localhost", "[::1]", "contoh.sch.id", "10.0.0.1", "@", ":", "/", "\\", "#", "?", "%", ".", ";", "&", " ",
    "80", "%40", "//", "0x7f", "[", "]", "::", "127", "0", "\t", "\u3002", "\uff0e", "%2f", "a", "user", "http://", "\x00",
))  # fmt: skip


@given(parts=st.lists(_PIECES, max_size=7), scheme=st.sampled_from(("http://", "https://", "HTTP://", "http:/", "http:")))
@settings(max_examples=800, deadline=None, database=None, derandomize=True)
def test_whatever_is_allowed_goes_where_it_reads(parts: list[str], scheme: str) -> None:
    """For an address that passes the check the library that connects agrees on scheme and host; in clear that is this computer."""
    _agrees(scheme + "".join(parts))


def test_many_more_addresses(many: Count) -> None:
    """The same over addresses of arbitrary characters (long form: a hundred times as many)."""

    @given(rest=st.text(alphabet="0123456789abcfhlostx.:/@[]#?%\\&=+-_~ \t", max_size=40))
    @settings(max_examples=many(500, 50_000), deadline=None, database=None, derandomize=True)
    def run(rest: str) -> None:
        _agrees("http://" + rest)

    run()


def _agrees(url: str) -> None:
    if address_fault(url):
        return
    ours = ServerSettings(url=url)
    theirs = httpx.URL(ours.url.rstrip("/") + "/v1/status")
    assert theirs.scheme in ("http", "https")
    assert theirs.host == ours.host
    assert not theirs.userinfo
    assert theirs.path.endswith("/v1/status")
    assert theirs.scheme == "https" or _is_this_computer(theirs.host)


@pytest.mark.parametrize("url", ["socks5://127.0.0.1", "ftp://x", "x", "http://", "http://a b", "http://a\r\nb", "http://a:99999"])
def test_proxies_that_are_none(url: str) -> None:
    """A proxy address that cannot be one is refused."""
    assert proxy_fault(url)


# ---- the source


def _nodes(under: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Every node of the package's source with its place, or of the files whose path begins with `under`."""
    root = Path(pmm_tui.__file__).parent
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))) if name.startswith(under) else ():
            yield f"{name}:{getattr(node, 'lineno', 0)}", node


def test_source_never_turns_verification_off() -> None:
    """Nowhere is a certificate left unchecked, a redirect followed or the environment's settings taken unseen."""
    found = []
    for place, node in _nodes():
        if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant):
            forbidden = {("verify", False), ("check_hostname", False), ("follow_redirects", True), ("trust_env", True)}
            if (node.arg, node.value.value) in forbidden:
                found.append(f"{place} {node.arg}={node.value.value}")
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value is False:
            found += [f"{place} {t.attr}" for t in node.targets if isinstance(t, ast.Attribute) and t.attr == "check_hostname"]
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in ("CERT_NONE", "CERT_OPTIONAL", "_create_unverified_context", "_create_default_https_context", "PROTOCOL_TLS"):
            found.append(f"{place} {name}")
    assert found == []


def test_the_check_of_the_source_sees_something() -> None:
    """The control: the source is read, and holds the one place that sets up a connection."""
    keywords = {node.arg for _, node in _nodes("sync/http/client.py") if isinstance(node, ast.keyword)}
    assert {"verify", "trust_env", "cookies", "timeout"} <= keywords
