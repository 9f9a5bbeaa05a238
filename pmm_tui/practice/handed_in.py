"""Plans of the practice school that were handed in and decided on before anybody practises, so that both can be met.

They go in as everything does: sealed lines through the server's own doors, with its tokens.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date

from pmm_tui.practice.school import NPSN, school_teachers
from pmm_tui.server.call import Call, Service
from pmm_tui.server.decisions import receive_decisions
from pmm_tui.server.engine import Database
from pmm_tui.server.inbox import receive
from pmm_tui.server.limits import Limits
from pmm_tui.server.tokens import identify
from pmm_tui.skp.decision import SealedDecision, seal_decision
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    RHK,
    DataDiri,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    RaporPendidikan,
    RencanaKinerja,
    TugasTambahan,
)
from pmm_tui.skp.wire import BASE_DIGITS, EnvelopePegawai, Keputusan, digest, envelope_of, seal

DECIDED: dict[str, tuple[Keputusan, str]] = {
    "Zulkifli Dt. Rajo Mangkuto, S.Pd.": ("setujui", ""),
    "Yohanes Ndalu, S.Ag.": ("kembalikan", "Target belum terukur; beri angka yang dapat dibuktikan."),
}
"""Whose plans were decided on, and how."""
WAITING = (
    "Lilis Suryani, S.Pd.",
    "Siti Nurhaliza Pohan, S.Pd.",
    "Sri Wahyuningsih, S.Pd.",
    "Theresia Rose Mamahit, S.Pd.",
    "Wayan Sudiarta, S.Pd., M.Pd.",
    "Ekawati Br. Sembiring, S.Pd.",
)
"""Whose plans wait for the head."""


def hand_in(database_url: str, tokens: tuple[str, str], today: date, *, waiting: bool) -> None:
    """Put the decided plans in, and with `waiting` those that wait; `tokens` are the operator's and the head's.

    What is there already, or was changed since, stays as it is.
    """
    katalog = bundled()
    periode = katalog.periode_on(today).id
    teachers = {one.nama: one for one in school_teachers()}
    names = (*DECIDED, *(WAITING if waiting else ()))
    lines = {name: _sealed(teachers[name], periode, katalog, number) for number, name in enumerate(names)}
    decisions = [_decision(teachers[name], periode, lines[name], *said) for name, said in DECIDED.items()]
    with closing(Database(database_url)) as database:
        service = Service(database=database, katalog=katalog, limits=Limits(), log=lambda _: None)
        with database.read() as conn:
            operator, head = identify(conn, tokens, service.stamp())
        for caller, work, content in ((operator, receive, lines.values()), (head, receive_decisions, decisions)):
            if caller is not None:
                work(Call(service=service, caller=caller, params={}, query={}, body=b"\n".join(content)))


def _sealed(pegawai: Pegawai, periode: str, katalog: Katalog, number: int) -> bytes:
    return seal(envelope_of(pegawai, periode, 1, 0, _plan(katalog, number), npsn=NPSN))


def _decision(pegawai: Pegawai, periode: str, line: bytes, keputusan: Keputusan, note: str) -> bytes:
    decision = SealedDecision(
        id=f"latihan{pegawai.nip}",
        pegawai=EnvelopePegawai(nip=pegawai.nip),
        periode=periode,
        revisi=1,
        dibaca=digest(line)[:BASE_DIGITS],
        keputusan=keputusan,
        catatan=note,
    )
    return seal_decision(decision)


def _plan(katalog: Katalog, number: int) -> RencanaKinerja:
    """A complete plan; the number chooses among what the catalogue offers."""
    offered = [one for one in katalog.kompetensi if one.aktif]
    indikator = katalog.indikator[number % len(katalog.indikator)]
    conduct = tuple(f"{value.id}/{value.indikator[number % len(value.indikator)].id}" for value in katalog.perilaku)
    return RencanaKinerja(
        data_diri=DataDiri(sesuai=True),
        rapor_pendidikan=RaporPendidikan(dimengerti=True),
        praktik_pembelajaran=PraktikPembelajaran(indikator=(indikator.id,)),
        pengembangan_kompetensi=PengembanganKompetensi(
            rhk=tuple(RHK(kompetensi=offered[(number + n) % len(offered)].id, target=2 + n) for n in range(2))
        ),
        tugas_tambahan=TugasTambahan(tidak_ada=True),
        perilaku_kerja=PerilakuKerja(indikator=conduct),
        rangkuman=Rangkuman(dikonfirmasi_guru=True),
    )
