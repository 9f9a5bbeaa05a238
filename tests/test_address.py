"""Which addresses a token may go to, and how one is shown."""

from __future__ import annotations

import pytest

from pmm_tui.address import address_fault, dapodik_url, is_loopback, is_near, proxy_fault, without_user
from pmm_tui.text import by_name, is_mark, without_accents


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://a.example", ""),
        ("https://a.example:8443/pmm/", ""),
        ("http://127.0.0.1:8000", ""),
        ("http://localhost", ""),
        ("http://[::1]:8000", ""),
        ("http://a.example", "http tanpa pengaman"),
        ("ftp://a.example", "harus diawali https://"),
        ("a.example", "harus diawali https://"),
        ("https://", "nama servernya belum ada"),
        ("https://:80", "nama servernya belum ada"),
        ("https://a.example?x", "? atau #"),
        ("https://a.example/?", "? atau #"),
        ("https://a.example/#", "? atau #"),
        ("https://a.example/#x", "? atau #"),
        ("https://a.example/../x", '".."'),
        ("https://a.example/..x", ""),
        ("https://a@b.example", 'memuat "@"'),
        ("https://a.example:port", "tidak dapat dibaca"),
        ("https://a.example:99999", "tidak dapat dibaca"),
        ("https://[::1].a.example", "tidak dapat dibaca"),
        ("https://a.exämple", "hanya boleh huruf"),
        ("https://a.example/ x", "hanya boleh huruf"),
        ("https://a.example\\x", "hanya boleh huruf"),
        ("https://a.example\n", "hanya boleh huruf"),
    ],
)
def test_an_address_is_taken_or_told(url: str, words: str) -> None:
    """Each fault has its own sentence."""
    found = address_fault(url)
    assert words in found
    assert bool(found) is bool(words)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://10.0.0.1:8080", ""),
        ("https://nama:sandi@proxy.example:8080", ""),
        ("socks5://a.example", "proxy harus diawali"),
        ("a.example:8080", "proxy harus diawali"),
        ("http://", "nama servernya belum ada"),
        ("http://a b", "hanya boleh huruf"),
        ("http://a@b@c:x", "tidak dapat dibaca"),
    ],
)
def test_a_proxy_is_taken_or_told(url: str, words: str) -> None:
    """A name and a password may stand before its host, and no other kind of proxy is known."""
    found = proxy_fault(url)
    assert words in found
    assert bool(found) is bool(words)


@pytest.mark.parametrize(
    ("host", "own"),
    [("localhost", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("128.0.0.1", False), ("127.0.0.1.a", False),
     ("localhost.a", False), ("", False), ("::2", False)],
)  # fmt: skip
def test_only_this_computer_is_this_computer(host: str, own: bool) -> None:
    """By its parsed address, never by how it begins."""
    assert is_loopback(host) is own


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://a.example:8080", "http://a.example:8080"),
        ("http://nama:sandi@a.example", "http://…@a.example"),
        ("http://a@b@c", "http://…@c"),
        ("nama:sandi@a.example", "//…@a.example"),
    ],
)
def test_a_password_is_not_shown(url: str, shown: str) -> None:
    """What stands before the host is hidden."""
    assert without_user(url) == shown


def test_accents_are_taken_off_for_sorting_alone() -> None:
    """Letters keep their base; what has none stays; small and large are one."""
    assert without_accents("Èlisabeth Ñoño") == "Elisabeth Nono"
    assert without_accents("Straße") == "Straße"
    assert by_name("ÈLISABETH") == by_name("elisabeth") == "elisabeth"
    assert [is_mark(letter) for letter in ("a", "\u0301", "\u20dd", "\u093f", "\u0940")] == [
        False, True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", "http://localhost:5774"),
        ("localhost", "http://localhost:5774"),
        (" 192.168.1.10 ", "http://192.168.1.10:5774"),
        ("tu.lan:8080", "http://tu.lan:8080"),
        ("http://localhost/", "http://localhost:5774"),
        ("http://[::1]", "http://[::1]:5774"),
        ("http://[fd00::1]:80", "http://[fd00::1]:80"),
        ("https://localhost", "https://localhost:5774"),
        ("http://localhost:", "http://localhost:"),
        ("http://localhost:xyz", "http://localhost:xyz"),
    ],
)
def test_what_goes_without_saying_of_dapodik_is_added(typed: str, meant: str) -> None:
    """Scheme and port; whatever else is wrong stays to be told."""
    assert dapodik_url(typed) == meant


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("127.0.0.1", True), ("10.255.0.1", True), ("172.16.0.1", True), ("172.15.255.255", False), ("172.32.0.0", False),
        ("192.168.0.1", True), ("192.169.0.1", False), ("169.254.1.1", True), ("::1", True), ("[::1]", True), ("fd12::1", True),
        ("fe80::1%eth0", True), ("fec0::1", False), ("2001:db8::1", False), ("::ffff:10.0.0.1", True), ("::ffff:8.8.8.8", False),
        ("::", False), ("0.0.0.0", False), ("100.64.0.1", False), ("224.0.0.1", False),
        ("localhost", False), ("", False), ("1", False),
    ],
)  # fmt: skip
def test_addresses_that_no_router_of_the_internet_leads_to(address: str, near: bool) -> None:
    """Loopback and private ranges, in both families, also an old address in a new one's dress; a name is none."""
    assert is_near(address) is near
