"""How a plan stands: every combination of draft, problems and newest envelope."""

from __future__ import annotations

import itertools

import pytest
from msgspec import Struct

from pmm_tui.skp.model import DataDiri, Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.plan_state import Keadaan, banyak_selesai, berubah_sejak, keadaan_rencana
from pmm_tui.skp.wire import envelope_of, seal

KOSONG = RencanaKinerja()
ISI = RencanaKinerja(data_diri=DataDiri(sesuai=True))
HALANG = (Masalah("x", "x"),)
PERINGATAN = (Masalah("x", "x", halang=False),)


class Amplop(Struct):
    """An envelope as the outbox keeps it, of the plan `ISI` and edit 3."""

    keadaan: str
    status_server: str = ""
    suntingan: int = 3
    line: bytes = seal(envelope_of(Pegawai(nama="A", nip="1"), "2026", 1, 0, ISI))


@pytest.mark.parametrize(
    ("rencana", "suntingan", "masalah", "kiriman", "wanted"),
    [
        (None, 0, HALANG, None, Keadaan.BELUM),
        (KOSONG, 1, HALANG, None, Keadaan.DRAF),
        (ISI, 1, (), None, Keadaan.LENGKAP),
        (ISI, 1, PERINGATAN, None, Keadaan.LENGKAP),
        (ISI, 3, (), Amplop("queued"), Keadaan.ANTRE),
        (ISI, 3, (), Amplop("sending"), Keadaan.ANTRE),
        (ISI, 3, (), Amplop("unknown"), Keadaan.ANTRE),
        (ISI, 3, (), Amplop("sent"), Keadaan.TERKIRIM),
        (ISI, 3, (), Amplop("sent", "diajukan"), Keadaan.TERKIRIM),
        (ISI, 3, (), Amplop("sent", "disetujui"), Keadaan.DISETUJUI),
        (ISI, 3, (), Amplop("sent", "dikembalikan"), Keadaan.DIKEMBALIKAN),
        (KOSONG, 4, HALANG, Amplop("sent", "disetujui"), Keadaan.BERUBAH),
        (KOSONG, 4, (), Amplop("queued"), Keadaan.BERUBAH),
        (ISI, 5, (), Amplop("sent"), Keadaan.TERKIRIM),
        (ISI, 3, (), Amplop("rejected"), Keadaan.DIPERBAIKI),
        (KOSONG, 4, HALANG, Amplop("rejected"), Keadaan.DIPERBAIKI),
        (KOSONG, 4, (), Amplop("rejected"), Keadaan.LENGKAP),
        (ISI, 3, (), Amplop("conflict"), Keadaan.BENTROK),
        (KOSONG, 4, (), Amplop("conflict"), Keadaan.BENTROK),
        (ISI, 3, (), Amplop("superseded"), Keadaan.LENGKAP),
        (KOSONG, 3, HALANG, Amplop("superseded"), Keadaan.DRAF),
        (None, 0, (), Amplop("sent"), Keadaan.TERKIRIM),
    ],
)
def test_how_a_plan_stands(
    rencana: RencanaKinerja | None, suntingan: int, masalah: tuple[Masalah, ...], kiriman: Amplop | None, wanted: Keadaan
) -> None:
    """Each combination of draft, problems and newest envelope has its one word."""
    assert keadaan_rencana(rencana, suntingan, masalah, kiriman) is wanted


def test_an_edit_that_was_undone_changes_nothing() -> None:
    """What counts as changed is the content, not how often it was edited; an unreadable envelope counts as changed."""
    assert not berubah_sejak(ISI, 9, Amplop("sent"))
    assert berubah_sejak(KOSONG, 9, Amplop("sent"))
    assert berubah_sejak(ISI, 9, Amplop("sent", line=b"{"))


def test_words_and_signs_tell_the_states_apart() -> None:
    """Every state has a word and two signs of its own, one column wide; the ASCII ones are ASCII."""
    for name in ("kata", "tanda", "ascii"):
        assert len({getattr(k, name) for k in Keadaan}) == len(Keadaan)
    assert all(len(k.tanda) == len(k.ascii) == 1 and k.ascii.isascii() for k in Keadaan)


def test_only_what_the_server_has_is_done() -> None:
    """Sent and approved plans count as done; what waits, changed or was sent back does not."""
    done = {Keadaan.TERKIRIM, Keadaan.DISETUJUI}
    assert banyak_selesai(Keadaan) == (2, len(Keadaan))
    assert {k for k in Keadaan if k.selesai} == done
    assert not any(k.selesai and k.perlu_perhatian for k in itertools.chain(Keadaan))


def test_what_waits_to_be_sent_is_submitted_though_not_done() -> None:
    """Nothing is left to submit of a plan that waits, was sent or approved; of every other something is."""
    assert {state for state in Keadaan if state.is_submitted} == {Keadaan.ANTRE, Keadaan.TERKIRIM, Keadaan.DISETUJUI}
