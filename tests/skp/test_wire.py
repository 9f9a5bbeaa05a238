"""What travels: frozen bytes, their digest, and what is no envelope (docs/protocol.md)."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import DataDiri, Pegawai, Rangkuman, RencanaKinerja
from pmm_tui.skp.wire import (
    MAX_ENVELOPE_BYTES,
    Envelope,
    EnvelopePegawai,
    digest,
    envelope_of,
    open_envelope,
    seal,
)
from tests.skp import strategies
from tests.skp.sample_plan import complete_plan, sample_teacher

SITI = sample_teacher(id_server="g7k2")
ENVELOPE = envelope_of(SITI, "2026", 3, 2, complete_plan(bundled(), "2026"))
LINE = seal(ENVELOPE)
known = strategies.pegawai.filter(lambda p: bool(p.id_server or p.nip or p.nuptk))
envelope = st.builds(
    envelope_of,
    known,
    st.sampled_from(["2024-1", "2026", "x" * 40]),
    st.integers(1, 1_000_000),
    st.integers(0, 1_000_000),
    strategies.rencana,
)
damaged = st.builds(lambda at, more: LINE[:at] + more + LINE[at + 1 :], st.integers(0, len(LINE)), st.binary(max_size=3))
"""The line with one of its bytes replaced, taken out or followed by others."""


# ---- sealing


def test_a_sealed_envelope_is_these_bytes() -> None:
    """Members stand in the order of their structs, what is empty is left out, and letters are UTF-8: the bytes of every version."""
    rencana = RencanaKinerja(data_diri=DataDiri(golongan="IV/a", sesuai=True))
    pegawai = Pegawai(id=9, nama="Ñoman [x]", nip="198507142010012034", jk="P", tanggal_lahir="1985-07-14", golongan="III/c")
    assert (
        seal(envelope_of(pegawai, "2024-1", 3, 2, rencana))
        == (
            '{"pegawai":{"nip":"198507142010012034","nama":"Ñoman [x]","golongan":"IV/a"},"periode":"2024-1","revisi":3,"dasar":2,'
            '"rencana":{"data_diri":{"golongan":"IV/a","sesuai":true}}}'
        ).encode()
    )


@given(envelope)
@settings(deadline=None, max_examples=60)
def test_what_is_sealed_is_opened_the_same(envelope: Envelope) -> None:
    """Any plan comes out of its line as it went in, and sealing what came out gives the same bytes again."""
    line = seal(envelope)
    again = open_envelope(line)
    assert again == envelope
    assert seal(again) == line == seal(msgspec.structs.replace(envelope))


@given(envelope)
@settings(deadline=None, max_examples=60)
def test_an_envelope_is_one_line(envelope: Envelope) -> None:
    """Whatever stands in a plan's texts, line breaks included, no byte of the line is a newline or a control character."""
    line = seal(envelope)
    assert not re.search(rb"[\x00-\x1f]", line)
    assert line.decode("utf-8")


def test_the_plans_own_data_diri_travel() -> None:
    """Golongan and jenjang are the plan's where it has its own, else the roster's; birth date, sex and our own id stay at home."""
    own = RencanaKinerja(data_diri=DataDiri(golongan="IV/a", jenjang_jabatan="ahli-madya"))
    sent = envelope_of(SITI, "2026", 1, 0, own).pegawai
    assert (sent.golongan, sent.jenjang_jabatan) == ("IV/a", "ahli-madya")
    sent = envelope_of(SITI, "2026", 1, 0, RencanaKinerja()).pegawai
    assert (sent.golongan, sent.jenjang_jabatan) == (SITI.golongan, SITI.jenjang_jabatan)
    travels = set(msgspec.json.decode(LINE)["pegawai"])
    assert travels == {"id", "nip", "nuptk", "nama", "status_kepegawaian", "jenis_ptk", "golongan", "jenjang_jabatan"}
    assert SITI.tanggal_lahir.encode() not in LINE


def test_what_identifies_is_only_what_is_there() -> None:
    """The identifying members are id, NIP and NUPTK, as far as they are known."""
    assert ENVELOPE.pegawai.identity() == {"id": "g7k2", "nip": SITI.nip, "nuptk": SITI.nuptk}
    assert EnvelopePegawai(nip="1", nama="A").identity() == {"nip": "1"}
    assert EnvelopePegawai(nama="A").identity() == {}


# ---- digest


@given(st.binary())
@settings(deadline=None)
def test_the_digest_is_of_exactly_the_bytes(line: bytes) -> None:
    """It is the SHA-256 of the line as it stands, in lower-case hex; a newline more would be another."""
    assert digest(line) == hashlib.sha256(line).hexdigest()
    assert digest(line) != digest(line + b"\n")
    assert re.fullmatch(r"[0-9a-f]{64}", digest(line))


@given(envelope, envelope)
@settings(deadline=None, max_examples=30)
def test_the_digest_tells_contents_apart(one: Envelope, other: Envelope) -> None:
    """Equal envelopes have equal digests, different ones different digests."""
    assert (digest(seal(one)) == digest(seal(other))) is (one == other)


def test_no_number_or_name_is_in_a_digest() -> None:
    """A digest in a log or a file name gives away nothing of whom it is about."""
    said = digest(LINE)
    for private in (SITI.nip, SITI.nuptk, SITI.id_server, SITI.nama, *SITI.nama.split()):
        assert private not in said
        assert private.encode().hex() not in said


# ---- opening


def test_an_envelope_may_be_as_long_as_the_limit() -> None:
    """64 kB are read, one byte more is refused before it is parsed."""
    assert MAX_ENVELOPE_BYTES == 65_536
    full = LINE.ljust(MAX_ENVELOPE_BYTES)
    assert open_envelope(full) == ENVELOPE
    for line in (full + b" ", b"x" * (MAX_ENVELOPE_BYTES + 1)):
        with pytest.raises(ShapeError, match=r"^Amplop lebih besar dari 64 kB\.$"):
            open_envelope(line)


def _raw(**other: Any) -> bytes:
    return msgspec.json.encode({**msgspec.json.decode(LINE), **other})


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (b"", ""),
        (LINE[:-1], ""),
        (LINE + LINE, ""),
        (LINE.replace(b"Siti", b"Sit\xff"), ""),
        (b"[]", ""),
        (_raw(pegawai={"nama": "Siti"}), "pegawai"),
        (_raw(pegawai={"id": "", "nip": " "}), "pegawai"),
        (_raw(pegawai={"nip": 198507142010012034}), "pegawai.nip"),
        (_raw(periode=""), "periode"),
        (_raw(periode="x" * 41), "periode"),
        (_raw(periode=2026), "periode"),
        (_raw(revisi=0), "revisi"),
        (_raw(revisi=1_000_001), "revisi"),
        (_raw(revisi=True), "revisi"),
        (_raw(revisi="3"), "revisi"),
        (_raw(dasar=-1), "dasar"),
        (_raw(dasar=None), "dasar"),
        (_raw(rencana=[]), "rencana"),
        (_raw(rencana={"rangkuman": {"dikonfirmasi_guru": 1}}), "rencana.rangkuman.dikonfirmasi_guru"),
        (_raw(rencana={"tugas_tambahan": {"tugas": [{}]}}), "rencana.tugas_tambahan.tugas[0]"),
    ],
)
def test_what_is_no_envelope_is_refused_at_its_place(line: bytes, place: str) -> None:
    """Broken JSON, nobody named, a wrong type or an impossible revision: one sentence about the envelope, and the place."""
    with pytest.raises(ShapeError) as caught:
        open_envelope(line)
    assert caught.value.place == place
    assert re.match(r"Amplop\b.*\.$", caught.value.sentence)


@pytest.mark.parametrize("name", ["pegawai", "periode", "revisi", "dasar", "rencana"])
def test_no_member_of_an_envelope_may_be_missing(name: str) -> None:
    """Each of the five members must be there."""
    raw = msgspec.json.decode(LINE)
    del raw[name]
    with pytest.raises(ShapeError, match=f'^Amplop: "{name}" belum ada'):
        open_envelope(msgspec.json.encode(raw))


def test_an_envelope_of_a_newer_client_is_read() -> None:
    """Members that this version does not know are passed over; the digest is of the bytes all the same."""
    line = _raw(new=1, rencana={"rangkuman": {"dikonfirmasi_guru": True, "catatan": "x"}})
    assert open_envelope(line).rencana.rangkuman.dikonfirmasi_guru
    assert digest(line) != digest(seal(open_envelope(line)))


def test_no_bytes_bring_the_reader_down() -> None:
    """Any bytes are an envelope or are refused with our own error; some of the damaged ones are still envelopes."""
    opened: list[dict[str, str]] = []

    @given(st.one_of(st.binary(max_size=200), damaged))
    @settings(deadline=None)
    def any_bytes(line: bytes) -> None:
        try:
            opened.append(open_envelope(line).pegawai.identity())
        except ShapeError:
            return
        assert opened[-1]

    any_bytes()
    assert opened


@pytest.mark.parametrize(("cara", "more"), [("layar", 38), ("kertas", 39), ("pesan", 38)])
def test_how_and_when_the_teacher_confirmed_cost_few_bytes(cara: str, more: int) -> None:
    """An envelope grows by just that; one without them has the bytes that it always had, and older readers pass over them."""
    plain = RencanaKinerja(rangkuman=Rangkuman(dikonfirmasi_guru=True))
    said = RencanaKinerja(rangkuman=Rangkuman(dikonfirmasi_guru=True, cara=cara, tanggal="2026-01-09"))
    before, after = (seal(envelope_of(Pegawai(nama="Ani", nip="1"), "2026", 1, 0, r)) for r in (plain, said))
    assert before.endswith(b'"rencana":{"rangkuman":{"dikonfirmasi_guru":true}}}')
    assert len(after) - len(before) == more
    assert open_envelope(after).rencana == said
