"""The teachers with their plans of a period, as the commands list and choose them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from pmm_tui.errors import UsageError
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.model import Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.overview import ikhtisar
from pmm_tui.skp.plan_state import Keadaan
from pmm_tui.store import Store


class BarisGuru(Struct, frozen=True):
    """A teacher and how their plan stands; `rencana` is None when it was never begun."""

    pegawai: Pegawai
    rencana: RencanaKinerja | None
    suntingan: int
    masalah: tuple[Masalah, ...]
    keadaan: Keadaan

    @property
    def halangan(self) -> tuple[Masalah, ...]:
        """The problems that stop the plan from being sent."""
        return tuple(m for m in self.masalah if m.halang)


def semua_baris(store: Store, in_force: InForce, hari_ini: date) -> tuple[BarisGuru, ...]:
    """Every teacher of the roster, by name, with the plan of the period in force."""
    periode = in_force.periode
    drafts = store.drafts.all(periode)
    lines = ikhtisar(
        store.roster.all(),
        drafts,
        store.outbox.standing(periode),
        periode,
        in_force.katalog,
        jenjang=in_force.sekolah.jenjang,
        hari_ini=hari_ini,
    )
    rows = []
    for line in lines:
        draf = drafts.get(line.pegawai.id)
        rencana, suntingan = (draf.rencana, draf.suntingan) if draf else (None, 0)
        rows.append(BarisGuru(line.pegawai, rencana, suntingan, line.masalah, line.keadaan))
    return tuple(rows)


def pilih(store: Store, rows: Iterable[BarisGuru], keys: Iterable[str]) -> tuple[list[BarisGuru], list[str]]:
    """Return the rows that `keys` name (number in the list, NIP or NUPTK), each once, and a sentence for each other key."""
    by_id = {row.pegawai.id: row for row in rows}
    chosen: dict[int, BarisGuru] = {}
    refused = []
    for key in keys:
        found = store.roster.find(key.strip())
        if len(found) == 1:
            chosen[found[0].id] = by_id[found[0].id]
        else:
            apa = "tidak ada" if not found else "menunjuk lebih dari satu guru"
            refused.append(f'Guru "{key}" {apa}; lihat nomornya dengan pmm-tui daftar.')
    return list(chosen.values()), refused


def ids_or_all(ids: list[str], every: bool, option: str) -> None:
    """Raise UsageError unless either some ids or `option` is given."""
    if bool(ids) == every:
        raise UsageError(f"Isi nomor guru (ID), atau {option} untuk semuanya; salah satu saja.")


def masalah_json(masalah: Iterable[Masalah]) -> list[dict[str, object]]:
    """Problems for a JSON document."""
    return [{"kode": m.kode, "pesan": m.pesan, "pointer": m.pointer, "halang": m.halang} for m in masalah]


def masalah_lines(masalah: Iterable[Masalah]) -> list[str]:
    """Problems as lines for people; `!` marks one that stops the plan, `-` a warning."""
    return [f"  {'!' if m.halang else '-'} {m.pesan}" for m in masalah]
