"""Asking Dapodik's web service: whom the token goes to, what is asked, and what each refusal and oddity means."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from pmm_tui.errors import ConfigError, PmmError, ServerError
from pmm_tui.sync.http.dapodik_line import PATHS, Dapodik, DapodikSettings
from tests.dapodik_web import NPSN, TOKEN, Imitation, serving

pytestmark = pytest.mark.anyio


def settings(url: str = "http://localhost:5774", **more: Any) -> DapodikSettings:
    return DapodikSettings(**{"url": url, "token": TOKEN, "npsn": NPSN, **more})


async def asked(imitation: Imitation, path: Any = "getGtk", **more: Any) -> bytes:
    async with Dapodik(settings(**more), transport=imitation.transport()) as line:
        return await line.ask(path)


def no_network() -> httpx.MockTransport:
    def handle(request: httpx.Request) -> httpx.Response:
        raise AssertionError(f"a connection to {request.url.host}")

    return httpx.MockTransport(handle)


async def test_the_body_comes_as_it_is_whatever_its_content_type_says() -> None:
    """The token is sent as a bearer, the school as a parameter; the body is JSON although the header says HTML."""
    imitation = Imitation()
    body = await asked(imitation)
    assert body.startswith(b'{"results": 12')
    assert (imitation.asked, imitation.queries) == (["/WebService/getGtk"], [{"npsn": NPSN}])
    assert imitation.hosts == ["localhost:5774"]


def test_neither_users_nor_pupils_are_ever_asked_for() -> None:
    """The set of paths is closed; another one is an error of ours."""
    assert set(PATHS) == {"getSekolah", "getGtk", "getRombonganBelajar"}


@pytest.mark.parametrize("path", ["getPengguna", "getPesertaDidik", "getGTK", "postNilai", "../x"])
async def test_another_path_is_never_asked(path: str) -> None:
    """Nothing goes out for a path that is not in the set."""
    async with Dapodik(settings(), transport=no_network()) as line:
        with pytest.raises(AssertionError, match="never asked"):
            await line.ask(path)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("odd", "kind", "key", "words"),
    [
        ("ditolak", ConfigError, "token", "menolak token ini"),
        ("401", ConfigError, "token", "Pengaturan > Web Service"),
        ("403", ConfigError, "token", "IP komputer ini"),
        ("tanpa-npsn", ConfigError, "npsn", "isi NPSN"),
        ("sekolah-tidak-ada", ConfigError, "npsn", f"tidak memegang sekolah dengan NPSN {NPSN}"),
        ("404", ServerError, "", "tidak mengenal getGtk"),
        ("500", ServerError, "", r"terganggu \(kode 500\)"),
        ("halaman-masuk", ServerError, "", "bukan Web Service Dapodik"),
        ("alihkan", ServerError, "", "mengalihkan ke alamat lain"),
        ("besar", ServerError, "", r"\(getGtk\) terlalu besar"),
    ],
)
async def test_every_refusal_is_a_sentence_with_the_next_step(odd: str, kind: type[PmmError], key: str, words: str) -> None:
    """The text counts before the status, which is 200 for most; the token is in no sentence, even where the answer repeats it."""
    imitation = Imitation(odd=(odd,))
    with pytest.raises(kind, match=words) as raised:
        await asked(imitation)
    assert getattr(raised.value, "key", "") == key
    assert TOKEN not in str(raised.value)
    assert raised.value.sentence.endswith(".")
    assert len(imitation.asked) == 1  # nothing is followed, nothing is asked twice


@pytest.mark.parametrize("wrapped", [b'{"success": false, "message": "%s"}', b"<html>" + b" " * 9_000 + b"%s</html>", b"%s"])
async def test_a_refusal_is_known_whatever_it_is_wrapped_in(wrapped: bytes) -> None:
    """A line, JSON of its own, or somewhere in a page."""

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=httpx.ByteStream(wrapped.replace(b"%s", b"Access denied - You are not authorized #1")))

    async with Dapodik(settings(), transport=httpx.MockTransport(handle)) as line:
        with pytest.raises(ConfigError) as raised:
            await line.ask("getGtk")
    assert raised.value.key == "token"


async def test_words_of_a_refusal_in_a_list_are_none() -> None:
    """What a school is called cannot refuse its own roster."""
    imitation = Imitation(30)
    imitation.people[0]["nama"] = "Sekolah tidak ditemukan"
    assert len(await asked(imitation)) > 4_000


@pytest.mark.parametrize("odd", ["gzip", "bom"])
async def test_a_compressed_body_and_a_byte_order_mark_are_taken(odd: str) -> None:
    """Both stand before the same JSON."""
    assert b'"rows"' in await asked(Imitation(odd=(odd,)))


PUBLIC = (
    "8.8.8.8",
    "198.51.100.7",
    "[2001:4860:4860::8888]",
    "[::ffff:8.8.8.8]",
    "172.32.0.1",
    "100.64.0.1",
    "0.0.0.0",
    "11.0.0.1",
)


@pytest.mark.parametrize("host", PUBLIC)
def test_a_public_address_is_refused_before_anything_is_opened(host: str) -> None:
    """A mistyped address cannot carry the token to the internet."""
    with pytest.raises(ConfigError, match="di internet") as raised:
        settings(f"http://{host}:5774")
    assert raised.value.key == "url"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.254", "192.168.1.10", "169.254.3.4", "[::1]",
             "[fd12:3456::1]", "[fe80::1]", "[::ffff:192.168.1.10]"]
)  # fmt: skip
async def test_the_school_s_own_addresses_are_asked(host: str) -> None:
    """Loopback, private, unique local and link-local addresses, in both families."""
    imitation = Imitation()
    await asked(imitation, url=f"http://{host}:5774")
    assert imitation.hosts == [f"{host}:5774"]


@pytest.mark.parametrize(
    "url", ["https://localhost:5774", "ftp://localhost", "http://u:p@localhost:5774", "http://localhost:5774/rest",
            "http://", "http://a b",
            "http://localhost:5774?x=1", "http://localhost:5774#x", "http://[::1", "http://localhost:xyz"]
)  # fmt: skip
def test_what_is_no_address_of_dapodik_is_refused(url: str) -> None:
    """One sentence, the key of the field, nothing opened."""
    with pytest.raises(ConfigError) as raised:
        settings(url)
    assert raised.value.key == "url"


def resolving(*answers: Sequence[str]) -> Any:
    """Names that change their mind: one answer after the other."""
    left = list(answers)

    async def resolve(host: str, port: int) -> Sequence[str]:
        return left.pop(0)

    return resolve


async def test_a_name_is_asked_at_the_address_that_was_checked_and_only_there() -> None:
    """The name is looked up once; the second question goes to the same address although the name now says another (rebinding)."""
    seen: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(f"{request.url.host} {request.headers['host']}")
        return httpx.Response(200, stream=httpx.ByteStream(b'{"rows": []}'))

    resolve = resolving(["192.168.1.5"], ["8.8.8.8"])
    async with Dapodik(settings("http://tu.sekolah.lan:5774"), transport=httpx.MockTransport(handle), resolve=resolve) as line:
        await line.ask("getSekolah")
        await line.ask("getGtk")
    assert seen == ["192.168.1.5 tu.sekolah.lan:5774"] * 2


@pytest.mark.parametrize("found", [["8.8.8.8"], ["192.168.1.5", "8.8.8.8"], ["fd00::1", "2001:db8::1"], []])
async def test_a_name_with_one_public_address_is_never_connected_to(found: list[str]) -> None:
    """Every address of the name has to be near; an unknown name is the same refusal of the field."""
    line = Dapodik(settings("http://tu.sekolah.lan:5774"), transport=no_network(), resolve=resolving(found))
    async with line:
        with pytest.raises(ConfigError) as raised:
            await line.ask("getGtk")
    assert raised.value.key == "url"


async def test_localhost_is_this_computer_whatever_the_names_say() -> None:
    """No name is looked up; the second address is tried where nobody listens on the first."""
    seen: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        if request.url.host == "127.0.0.1":
            raise httpx.ConnectError("refused")
        return httpx.Response(200, stream=httpx.ByteStream(b'{"rows": []}'))

    async with Dapodik(settings(), transport=httpx.MockTransport(handle), resolve=resolving()) as line:
        await line.ask("getGtk")
        await line.ask("getGtk")
    assert seen == ["127.0.0.1", "::1", "::1"]


async def test_nobody_there_says_to_open_dapodik() -> None:
    """Both addresses were tried."""

    def handle(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    async with Dapodik(settings(), transport=httpx.MockTransport(handle)) as line:
        with pytest.raises(ServerError, match="buka dulu aplikasi Dapodik"):
            await line.ask("getGtk")


@pytest.mark.parametrize("cut", [0, 1, 17, 500, 4000])
@pytest.mark.process
async def test_a_body_that_ends_early_is_never_taken(cut: int) -> None:
    """The connection ends before the promised length: wherever that is, it is told."""
    imitation = Imitation(odd=("potong",), cut=cut)
    with serving(imitation) as url:
        async with Dapodik(settings(url)) as line:
            with pytest.raises(ServerError, match="terputus sebelum utuh"):
                await line.ask("getGtk")


@pytest.mark.process
async def test_an_answer_that_hangs_ends_at_its_deadline() -> None:
    """The deadline of the whole exchange holds, and so does that of one pause."""
    with serving(Imitation(odd=("menggantung",))) as url:
        for limits in ({"total": 0.05}, {"read": 0.05}):
            async with Dapodik(settings(url, **limits)) as line:
                with pytest.raises(ServerError, match="lama tidak menjawab"):
                    await line.ask("getGtk")


@pytest.mark.process
async def test_no_proxy_of_the_environment_sees_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """A school's proxy is passed by, also where it is named for all addresses."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    imitation = Imitation()
    with serving(imitation) as url:
        async with Dapodik(settings(url)) as line:
            assert b'"rows"' in await line.ask("getGtk")


@pytest.mark.process
async def test_the_token_is_in_no_log_and_no_text_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    """All loggers at their most talkative, and the settings as they are shown."""
    caplog.set_level(logging.DEBUG)
    with serving(Imitation()) as url:
        async with Dapodik(settings(url)) as line:
            await line.ask("getGtk")
    with serving(Imitation(odd=("ditolak",))) as url:
        async with Dapodik(settings(url)) as line:
            with pytest.raises(ConfigError) as raised:
                await line.ask("getGtk")
    assert TOKEN not in repr(raised.value)
    assert caplog.records
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(settings()) + str(settings())


@pytest.mark.parametrize("token", ["", "dua kata", "x" * 513, "é", "a\nb"])
def test_what_is_no_token_is_refused_without_repeating_it(token: str) -> None:
    """The sentence has the key of the field."""
    with pytest.raises(ConfigError) as raised:
        settings(token=token)
    assert raised.value.key == "token"
    assert not token or token not in str(raised.value)
