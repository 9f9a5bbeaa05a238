"""Random requests: well-formed as HTTP, and anything as requests of this server."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st
from msgspec import Struct

from tests.faults.server.server_kit import endpoints, request_bytes
from tests.faults.wire.wire_kit import teacher
from tests.server.sample_school import envelope, sealed_decision


class Request(Struct, frozen=True):
    """A request: its method, its bytes, and its body before any compression."""

    method: str
    raw: bytes
    body: bytes


class Material(Struct, frozen=True):
    """What a request may name: tokens, and ids, numbers and words of our school and of another."""

    tokens: tuple[str, ...]
    words: tuple[str, ...]


_OTHERS = ("HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW", "get")
_CHARS = st.characters(exclude_categories=["Cs"])
_TEXT = st.text(_CHARS, max_size=12)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXT | st.sampled_from([10**18, -1, 0, 2**63, 1e308]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)
_HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20).map(str.strip)
_NAMES = (
    "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cache-Control", "Connection", "Content-Digest",
    "Content-Encoding", "Content-Type", "Cookie", "Expect", "If-Match", "If-Modified-Since", "If-None-Match", "Origin", "Range",
    "TE", "Upgrade", "User-Agent", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-HTTP-Method-Override", "Forwarded",
)  # fmt: skip
_VALUES = (
    "gzip", "gzip;q=0", "*;q=x", "identity", "br", "deflate, gzip", "*", '"x"', 'W/"x", *', "bytes=0-1", "100-continue", "close",
    "keep-alive", "upgrade", "websocket", "h2c", "application/json", "application/x-ndjson; charset=utf-16", "text/html",
    "sha-256=:AAAA:", "sha-256=::", "sha-512=:x:", "Bearer", "Bearer ", "Basic eDp5", "bearer x y", "\xff\xfe", "a\tb",
)  # fmt: skip


@st.composite
def some_request(draw: st.DrawFn, material: Material) -> Request:
    """A request with any of the materials in any place; more often than not one that the server knows."""
    known = routes()
    own, path = draw(st.sampled_from(known + 3 * [one for one in known if one[0] == "POST"]))
    method = draw(_mostly(own, _OTHERS))
    body = draw(_bodies(path, material) if method == "POST" else _mostly(b"", [b"{}", b"x"]))
    names = draw(st.lists(st.sampled_from(_NAMES), max_size=2, unique=True)) if draw(_mostly(False, [True])) else []
    lines = [f"{name}: {draw(st.sampled_from(_VALUES) | _HEADER)}" for name in names]
    token = draw(_mostly(material.tokens["keputusan" in path], [*material.tokens, "", "salah"]))
    sent = body
    if "Content-Encoding" not in names and draw(_mostly(False, [True])):
        lines.append("Content-Encoding: gzip")
        sent = gzip.compress(body)[: draw(_mostly(None, [-1, 9]))]
    target = draw(_targets(path, material))
    if draw(_mostly(False, [True])):
        request = request_bytes(method, target, token, None, *lines, "Transfer-Encoding: chunked")
        request += (f"{len(sent):x}\r\n".encode() + sent + b"\r\n" if sent else b"") + b"0\r\n\r\n"
    else:
        request = request_bytes(method, target, token, sent if sent or draw(st.booleans()) else None, *lines)
    return Request(method, request, body)


def _mostly(usual: Any, others: Sequence[Any]) -> st.SearchStrategy[Any]:
    """The usual five times in six."""
    return st.sampled_from([usual] * 5 * len(others) + list(others))


@st.composite
def _targets(draw: st.DrawFn, path: str, material: Material) -> str:
    """The target of a request: a route of the application with something in its places, or something like it."""
    word = st.sampled_from(material.words) | _TEXT.map(lambda text: quote(text, safe="!$'()*,;:@"))
    path = path.replace("{periode}", draw(st.sampled_from(["2026", "2025", "2024-1"]) | word)).replace("{id}", draw(word))
    twist = draw(_mostly(-1, range(9)))
    path = {
        0: path + "/", 1: "/" + path, 2: path + "/../..", 3: path.replace("/", "%2f"), 4: "http://x" + path, 5: path.upper(),
        6: path + "%00", 7: path + "." + "a" * 3_000, 8: "*",
    }.get(twist, path)  # fmt: skip
    if draw(_mostly(False, [True])):
        name = st.sampled_from(["sesudah", "sesudah", "x", "npsn"])
        pairs = draw(st.lists(st.tuples(name, word), max_size=3))
        path += "?" + "&".join(f"{key}={value}" for key, value in pairs)
    return path


def _bodies(path: str, material: Material) -> st.SearchStrategy[bytes]:
    decision = st.fixed_dictionaries(
        {},
        optional={
            "revisi": st.integers(-1, 3) | _JSON,
            "keputusan": st.sampled_from(["setujui", "kembalikan"]) | _JSON,
            "catatan": _TEXT | _JSON,
        },
    ).map(_json)
    lines = st.lists(_lines(material), min_size=1, max_size=4).map(b"\n".join)
    sealed = st.lists(_decisions(material), min_size=1, max_size=4).map(b"\n".join)
    usual = sealed if path == "/v1/keputusan" else decision if "keputusan" in path else lines
    others = [decision, lines, sealed, st.just(b""), _JSON.map(_json), st.binary(max_size=200)]
    return _mostly(usual, others).flatmap(lambda one: one)


@st.composite
def _decisions(draw: st.DrawFn, material: Material) -> bytes:
    """A sealed decision: whole, or spoiled as envelopes are."""
    word = st.sampled_from(material.words) | _TEXT
    some = st.dictionaries(st.sampled_from(["id", "nip", "nuptk", "nama"]), word, max_size=3)
    nip = st.integers(1, 60).map(lambda number: {"nip": teacher(number).nip})
    number, said = draw(st.integers(0, 5)), draw(st.sampled_from(["setujui", "kembalikan", "buka"]))
    value = json.loads(
        sealed_decision(draw(draw(_mostly(nip, [some]))), draw(_mostly(1, [2, 3])), f"acak{number:05}", keputusan=said)
    )
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3]))):
        _spoil(draw, value)
    return _json(value)


@st.composite
def _lines(draw: st.DrawFn, material: Material) -> bytes:
    """An envelope: whole, or with one to three members, anywhere in it, replaced by anything, taken out, or cut off."""
    word = st.sampled_from(material.words) | _TEXT
    some = st.dictionaries(st.sampled_from(["id", "nip", "nuptk", "nama", "golongan"]), word, max_size=3)
    nip = st.integers(1, 60).map(lambda number: {"nip": teacher(number).nip, "nama": "Guru"})
    revision = draw(_mostly(1, [2, 3]))
    value = json.loads(envelope(draw(draw(_mostly(nip, [some]))), revision, revision - 1))
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3]))):
        _spoil(draw, value)
    line = _json(value)
    return line[: draw(st.integers(0, len(line)))] if draw(_mostly(False, [True])) else line


def _spoil(draw: st.DrawFn, value: Any) -> None:
    """Change one member, some way down."""
    while value:
        key = draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
        if isinstance(value[key], (dict, list)) and value[key] and draw(st.sampled_from([True, True, False])):
            value = value[key]
            continue
        if isinstance(value, dict) and draw(_mostly(False, [True])):
            del value[key]
        else:
            value[key] = draw(_JSON)
        return


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


_ROUTES: list[tuple[str, str]] = []


def routes() -> list[tuple[str, str]]:
    """The routes of the application, asked for once."""
    if not _ROUTES:
        _ROUTES.extend(endpoints())
    return _ROUTES
