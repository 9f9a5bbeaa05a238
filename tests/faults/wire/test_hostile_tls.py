"""The token goes to the configured server, inside TLS that was verified, and to nobody else: redirects, proxies, interception."""

from __future__ import annotations

import pytest

from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.results import Stop
from tests.faults.wire.impostor import http
from tests.faults.wire.listener import TLS, Pendengar
from tests.faults.wire.questions import CANARY, HOST, PASSWORD, PROXY, SEMUA, TUNNEL, aman, lewat, tanya
from tests.faults.wire.sentences import cela

# ---- TLS


@pytest.mark.parametrize("panggilan", SEMUA)
def test_right_certificate_gets_the_token(panggilan: str) -> None:
    """The control: the server whose certificate holds is told the token, inside TLS and nowhere in clear."""
    with Pendengar("sound") as server:
        found = tanya(aman(server.url("https")), SEMUA[panggilan])
    assert f"authorization: Bearer {CANARY}".encode() in server.rahasia.lower().replace(b"bearer", b"Bearer")
    assert server.terang == b""
    assert isinstance(found, Stop)


@pytest.mark.parametrize("panggilan", SEMUA)
@pytest.mark.parametrize("sertifikat", ["foreign", "self-signed", "other-host", "expired", "not-yet-valid"])
def test_no_byte_before_the_certificate_is_verified(sertifikat: str, panggilan: str) -> None:
    """Unknown issuer, self-signed, another host's, expired, not yet valid: not one byte of a request arrives."""
    with Pendengar(sertifikat) as server:
        found = tanya(aman(server.url("https")), SEMUA[panggilan])
    assert server.sambungan == 1
    assert server.rahasia == b""
    assert isinstance(found, Stop)
    assert found.kind == "tls"
    assert found.untouched
    assert not cela(found.karena), found.karena


def test_system_does_not_trust_our_test_authority() -> None:
    """Without a ca_file the operating system's list counts."""
    with Pendengar("sound") as server:
        found = tanya(ServerSettings(url=server.url("https"), token=CANARY, total=3.0))
    assert server.rahasia == b""
    assert isinstance(found, Stop)
    assert found.kind == "tls"


@pytest.mark.parametrize("sertifikat", ["foreign", "other-host"])
def test_session_of_a_good_server_opens_no_bad_one(sertifikat: str) -> None:
    """What was agreed with a server that was verified is worth nothing at one that is not, even under the same name."""
    with Pendengar("sound") as good:
        tanya(aman(good.url("https", "localhost")))
        tanya(aman(good.url("https", "localhost")))
    assert good.rahasia.count(CANARY.encode()) == 2
    with Pendengar(sertifikat) as bad:
        tanya(aman(bad.url("https", "localhost")))
    assert bad.sambungan == 1
    assert bad.rahasia == b""


def test_plain_answer_where_tls_was_asked() -> None:
    """A port that speaks plain http is told nothing but the beginning of a handshake."""
    with Pendengar(jawab=b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as server:
        found = tanya(ServerSettings(url=server.url("https"), token=CANARY, connect=0.3, total=1.0, ca_file=TLS / "ca.pem"))
    assert server.terang.startswith(b"\x16\x03")
    assert CANARY.encode() not in server.terang
    assert b"/v1/" not in server.terang
    assert isinstance(found, Stop)
    assert not cela(found.karena), found.karena


# ---- redirects


@pytest.mark.parametrize("status", [300, 301, 302, 303, 305, 307, 308])
@pytest.mark.parametrize("panggilan", SEMUA)
def test_redirect_is_not_followed(panggilan: str, status: int) -> None:
    """Wherever a redirect leads, nobody is asked there, with the token or without."""
    with Pendengar() as other:
        for target in (other.url(), other.url("https", "localhost"), f"//127.0.0.1:{other.port}/x"):
            moved = http(b"", f"{status} Moved", f"Location: {target}", "Connection: close", "Refresh: 0; url=" + target)
            with Pendengar(jawab=moved) as server:
                found = tanya(ServerSettings(url=server.url(), token=CANARY, total=3.0), SEMUA[panggilan])
            assert server.sambungan == 1
            assert isinstance(found, Stop)
            assert found.kind == "portal"
    assert other.sambungan == 0


# ---- proxies


def test_proxy_sees_a_name_and_no_more() -> None:
    """Through an http proxy the token travels inside TLS with the server; the proxy is told host and port."""
    with Pendengar("sound", proxy=TUNNEL) as proxy:
        tanya(lewat(proxy))
    assert proxy.terang.startswith(f"CONNECT {HOST}:443 HTTP/1.1\r\n".encode())
    assert CANARY.encode() not in proxy.terang
    assert b"\r\nauthorization:" not in proxy.terang.lower()
    assert CANARY.encode() in proxy.rahasia


@pytest.mark.parametrize("sertifikat", ["foreign", "self-signed", "other-host", "expired", "not-yet-valid"])
def test_proxy_that_opens_tls(sertifikat: str) -> None:
    """A proxy that puts its own certificate between gets no byte of a request."""
    with Pendengar(sertifikat, proxy=TUNNEL) as proxy:
        found = tanya(lewat(proxy))
    assert proxy.rahasia == b""
    assert CANARY.encode() not in proxy.terang
    assert isinstance(found, Stop)
    assert found.kind == "tls"


@pytest.mark.parametrize("jawaban", PROXY)
def test_proxy_that_refuses(jawaban: str) -> None:
    """A proxy that opens no tunnel is told nothing more, whatever it answers; its password is in no sentence."""
    with Pendengar(proxy=PROXY[jawaban]) as proxy:
        found = tanya(lewat(proxy, user=f"guru:{PASSWORD}@"))
    assert CANARY.encode() not in proxy.terang
    assert isinstance(found, Stop)
    assert PASSWORD not in found.karena
    assert not cela(found.karena), found.karena


def test_password_of_the_proxy_stays_with_the_proxy() -> None:
    """The server behind a proxy is not told the proxy's name and password."""
    with Pendengar("sound", proxy=TUNNEL) as proxy:
        tanya(lewat(proxy, user=f"guru:{PASSWORD}@"))
    assert b"proxy-authorization: basic" in proxy.terang.lower()
    assert b"proxy-authorization" not in proxy.rahasia.lower()
    assert CANARY.encode() in proxy.rahasia


def test_tls_of_a_proxy_is_verified_too() -> None:
    """A proxy that speaks TLS is told its password only after its own certificate held."""
    with Pendengar(proxy=TUNNEL, proxy_tls="self-signed") as proxy:
        found = tanya(lewat(proxy, "https", f"guru:{PASSWORD}@"))
    assert proxy.terang == b""
    assert isinstance(found, Stop)


def test_environment_proxy_is_not_for_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server on this computer is asked directly: in clear it may go nowhere else."""
    with Pendengar() as proxy, Pendengar() as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url())
        tanya(ServerSettings(url=server.url(), token=CANARY, total=3.0))
        tanya(ServerSettings(url=server.url(host="localhost"), token=CANARY, total=3.0))
    assert proxy.sambungan == 0
    assert server.sambungan == 2
