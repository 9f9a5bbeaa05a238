"""The server's results: whom they speak of, and what they may say (docs/protocol.md)."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode, decode_json
from pmm_tui.skp.wire import Change, ChangePage, EnvelopeResult, Held, State, WireMasalah, same_key

KEY = {"id": "g7k2", "nip": "198507142010012034", "nuptk": "1046763664300003"}


@pytest.mark.parametrize(
    "echo",
    [
        KEY,
        {"id": "g7k2"},
        {"nip": KEY["nip"]},
        {"nuptk": KEY["nuptk"], "nama": "siapa pun"},
        {"id": "g7k2", "nip": "", "nuptk": None},
        {"id": "g7k2", "lain": ["x"]},
        "g7k2",
        KEY["nip"],
    ],
)
def test_a_result_may_name_the_teacher_in_part(echo: Any) -> None:
    """The whole key, any part of it, or one of its values alone names our teacher; other members do not matter."""
    assert same_key(echo, KEY)


@pytest.mark.parametrize(
    "echo",
    [
        None,
        "",
        "lain",
        "198507142010012035",
        {},
        {"nama": "Siti"},
        {"id": ""},
        {"id": "lain"},
        {"id": "g7k2", "nip": "198507142010012035"},
        {"id": None, "nip": None},
        {"id": ["g7k2"]},
        {"nip": 198507142010012034},
        198507142010012034,
        ["g7k2"],
        True,
    ],
)
def test_a_result_about_somebody_else_is_not_ours(echo: Any) -> None:
    """One member that differs, a number for a text, or nothing that identifies: not our teacher."""
    assert not same_key(echo, KEY)


def test_a_member_that_we_did_not_send_does_not_speak() -> None:
    """A server that adds the id it knows still means us, as long as what we sent is there; its id alone does not."""
    assert same_key({"id": "baru", "nip": KEY["nip"]}, {"nip": KEY["nip"]})
    assert not same_key({"id": "baru"}, {"nip": KEY["nip"]})
    assert not same_key("", {})
    assert not same_key({"id": "g7k2"}, {})


def test_the_results_are_those_of_the_protocol() -> None:
    """An envelope's fate has five names and no other."""
    assert set(get_args(State)) == {"tersimpan", "sudah-ada", "bentrok", "ditolak", "galat"}
    least: dict[str, Any] = {"periode": "2026", "revisi": 1, "sha256": "x"}
    for state in get_args(State):
        assert decode({**least, "keadaan": state}, EnvelopeResult, "uji").keadaan == state
    with pytest.raises(ShapeError):
        decode({**least, "keadaan": "ok"}, EnvelopeResult, "uji")


def test_a_result_is_read_back_as_it_was_written() -> None:
    """Receipts, refusals and conflicts survive the way through JSON."""
    least: dict[str, Any] = {"pegawai": {"nip": "1"}, "periode": "2026", "revisi": 3, "sha256": "ab"}
    for result in (
        EnvelopeResult(**least, keadaan="tersimpan", tanda_terima="R-1", waktu="2026-01-08T02:11:05Z", status="diajukan"),
        EnvelopeResult(**least, keadaan="bentrok", dipegang=Held(4, "cd")),
        EnvelopeResult(**least, keadaan="ditolak", masalah=(WireMasalah("/rangkuman", "belum", "Belum."), WireMasalah())),
    ):
        assert decode_json(msgspec.json.encode(result), EnvelopeResult, "uji") == result


def test_changes_are_read_with_their_cursor() -> None:
    """A page of changes has its cursor and its items; note and time may be missing."""
    change = {"pegawai": "g1", "periode": "2026", "revisi": 2, "sha256": "ab", "status": "disetujui"}
    page = decode({"cursor": "c1", "perubahan": [change], "lagi": True}, ChangePage, "uji")
    assert page == ChangePage("c1", (Change(pegawai="g1", periode="2026", revisi=2, sha256="ab", status="disetujui"),))
    with pytest.raises(ShapeError, match="cursor"):
        decode({"perubahan": []}, ChangePage, "uji")
