"""The token goes to the configured server, inside TLS that was verified, and to nobody else: redirects, proxies, interception."""

from __future__ import annotations

import pytest

from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.results import Stop
from tests.faults.wire.impostor import http
from tests.faults.wire.listener import TLS, Listener
from tests.faults.wire.questions import CANARY, EVERY, HOST, PASSWORD, PROXIES, TUNNEL, ask, over, safe
from tests.faults.wire.sentences import flaw

# ---- TLS


@pytest.mark.parametrize("call", EVERY)
def test_right_certificate_gets_the_token(call: str) -> None:
    """The control: the server whose certificate holds is told the token, inside TLS and nowhere in clear."""
    with Listener("sound") as server:
        found = ask(safe(server.url("https")), EVERY[call])
    assert f"authorization: Bearer {CANARY}".encode() in server.secret.lower().replace(b"bearer", b"Bearer")
    assert server.plain == b""
    assert isinstance(found, Stop)


@pytest.mark.parametrize("call", EVERY)
@pytest.mark.parametrize("certificate", ["foreign", "self-signed", "other-host", "expired", "not-yet-valid"])
def test_no_byte_before_the_certificate_is_verified(certificate: str, call: str) -> None:
    """Unknown issuer, self-signed, another host's, expired, not yet valid: not one byte of a request arrives."""
    with Listener(certificate) as server:
        found = ask(safe(server.url("https")), EVERY[call])
    assert server.connections == 1
    assert server.secret == b""
    assert isinstance(found, Stop)
    assert found.kind == "tls"
    assert found.untouched
    assert not flaw(found.reason), found.reason


def test_system_does_not_trust_our_test_authority() -> None:
    """Without a ca_file the operating system's list counts."""
    with Listener("sound") as server:
        found = ask(ServerSettings(url=server.url("https"), token=CANARY, total=3.0))
    assert server.secret == b""
    assert isinstance(found, Stop)
    assert found.kind == "tls"


@pytest.mark.parametrize("certificate", ["foreign", "other-host"])
def test_session_of_a_good_server_opens_no_bad_one(certificate: str) -> None:
    """What was agreed with a server that was verified is worth nothing at one that is not, even under the same name."""
    with Listener("sound") as good:
        ask(safe(good.url("https", "localhost")))
        ask(safe(good.url("https", "localhost")))
    assert good.secret.count(CANARY.encode()) == 2
    with Listener(certificate) as bad:
        ask(safe(bad.url("https", "localhost")))
    assert bad.connections == 1
    assert bad.secret == b""


def test_plain_answer_where_tls_was_asked() -> None:
    """A port that speaks plain http is told nothing but the beginning of a handshake."""
    with Listener(answer=b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as server:
        found = ask(ServerSettings(url=server.url("https"), token=CANARY, connect=0.3, total=1.0, ca_file=TLS / "ca.pem"))
    assert server.plain.startswith(b"\x16\x03")
    assert CANARY.encode() not in server.plain
    assert b"/v1/" not in server.plain
    assert isinstance(found, Stop)
    assert not flaw(found.reason), found.reason


# ---- redirects


@pytest.mark.parametrize("status", [300, 301, 302, 303, 305, 307, 308])
@pytest.mark.parametrize("call", EVERY)
def test_redirect_is_not_followed(call: str, status: int) -> None:
    """Wherever a redirect leads, nobody is asked there, with the token or without."""
    with Listener() as other:
        for target in (other.url(), other.url("https", "localhost"), f"//127.0.0.1:{other.port}/x"):
            moved = http(b"", f"{status} Moved", f"Location: {target}", "Connection: close", "Refresh: 0; url=" + target)
            with Listener(answer=moved) as server:
                found = ask(ServerSettings(url=server.url(), token=CANARY, total=3.0), EVERY[call])
            assert server.connections == 1
            assert isinstance(found, Stop)
            assert found.kind == "portal"
    assert other.connections == 0


# ---- proxies


def test_proxy_sees_a_name_and_no_more() -> None:
    """Through an http proxy the token travels inside TLS with the server; the proxy is told host and port."""
    with Listener("sound", proxy=TUNNEL) as proxy:
        ask(over(proxy))
    assert proxy.plain.startswith(f"CONNECT {HOST}:443 HTTP/1.1\r\n".encode())
    assert CANARY.encode() not in proxy.plain
    assert b"\r\nauthorization:" not in proxy.plain.lower()
    assert CANARY.encode() in proxy.secret


@pytest.mark.parametrize("certificate", ["foreign", "self-signed", "other-host", "expired", "not-yet-valid"])
def test_proxy_that_opens_tls(certificate: str) -> None:
    """A proxy that puts its own certificate between gets no byte of a request."""
    with Listener(certificate, proxy=TUNNEL) as proxy:
        found = ask(over(proxy))
    assert proxy.secret == b""
    assert CANARY.encode() not in proxy.plain
    assert isinstance(found, Stop)
    assert found.kind == "tls"


@pytest.mark.parametrize("answer", PROXIES)
def test_proxy_that_refuses(answer: str) -> None:
    """A proxy that opens no tunnel is told nothing more, whatever it answers; its password is in no sentence."""
    with Listener(proxy=PROXIES[answer]) as proxy:
        found = ask(over(proxy, user=f"guru:{PASSWORD}@"))
    assert CANARY.encode() not in proxy.plain
    assert isinstance(found, Stop)
    assert PASSWORD not in found.reason
    assert not flaw(found.reason), found.reason


def test_password_of_the_proxy_stays_with_the_proxy() -> None:
    """The server behind a proxy is not told the proxy's name and password."""
    with Listener("sound", proxy=TUNNEL) as proxy:
        ask(over(proxy, user=f"guru:{PASSWORD}@"))
    assert b"proxy-authorization: basic" in proxy.plain.lower()
    assert b"proxy-authorization" not in proxy.secret.lower()
    assert CANARY.encode() in proxy.secret


def test_tls_of_a_proxy_is_verified_too() -> None:
    """A proxy that speaks TLS is told its password only after its own certificate held."""
    with Listener(proxy=TUNNEL, proxy_tls="self-signed") as proxy:
        found = ask(over(proxy, "https", f"guru:{PASSWORD}@"))
    assert proxy.plain == b""
    assert isinstance(found, Stop)


def test_environment_proxy_is_not_for_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server on this computer is asked directly: in clear it may go nowhere else."""
    with Listener() as proxy, Listener() as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url())
        ask(ServerSettings(url=server.url(), token=CANARY, total=3.0))
        ask(ServerSettings(url=server.url(host="localhost"), token=CANARY, total=3.0))
    assert proxy.connections == 0
    assert server.connections == 2
