"""A plan as a TOML file that a person can read and edit: reading it back, and what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from msgspec import Struct, structs

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode, nearest
from pmm_tui.shapes.toml_text import find_line, parse_toml, refuse_unknown
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import (
    DataDiri,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    RaporPendidikan,
    RencanaKinerja,
    TugasTambahan,
)
from pmm_tui.skp.nip import digits
from pmm_tui.skp.plan_file_write import VERSION, write_plan_file
from pmm_tui.text import clean

__all__ = ["FilePegawai", "PlanFile", "in_katalog_order", "read_plan_file", "write_plan_file"]


class FilePegawai(Struct, frozen=True, kw_only=True):
    """Whose plan it is: at least one of `nip` (18 bare digits) and `nuptk` (16), else the name alone."""

    nama: str = ""
    nip: str = ""
    nuptk: str = ""


class _Document(Struct, frozen=True, kw_only=True):
    """The whole file; the sections are those of RencanaKinerja."""

    versi: int
    periode: str
    pegawai: FilePegawai
    data_diri: DataDiri = DataDiri()
    rapor_pendidikan: RaporPendidikan = RaporPendidikan()
    praktik_pembelajaran: PraktikPembelajaran = PraktikPembelajaran()
    pengembangan_kompetensi: PengembanganKompetensi = PengembanganKompetensi()
    tugas_tambahan: TugasTambahan = TugasTambahan()
    perilaku_kerja: PerilakuKerja = PerilakuKerja()
    rangkuman: Rangkuman = Rangkuman()


class PlanFile(Struct, frozen=True, kw_only=True):
    """What a plan's file says: whose, of which period, and the plan."""

    pegawai: FilePegawai
    periode: str
    rencana: RencanaKinerja


def read_plan_file(text: str, source: str, katalog: Katalog) -> PlanFile:
    """Read a plan's file; `source` names it for the operator. Raises ShapeError with line and key.

    A choice may be written as its id or, where only one has it, as its label. What the catalogue does not have stays as it is:
    `periksa` then says so, as it does on the screen.
    """
    raw = parse_toml(text, source)
    refuse_unknown(raw, _Document, text, source)
    _check_version(raw, source)
    try:
        document = decode(_named_by_id(_dates_as_text(raw), katalog), _Document, source)
    except ShapeError as error:
        line = find_line(text, error.place)
        sentence = error.sentence.removeprefix(f"{source}: ")
        raise ShapeError(f"{source}: {f'baris {line}: ' if line else ''}{sentence}", error.place) from None
    if katalog.find_periode(document.periode) is None:
        known = [p.id for p in katalog.periode]
        hint = nearest(document.periode, known) or f"Yang ada: {', '.join(known)}."
        line = find_line(text, "periode")
        raise ShapeError(
            f'{source}: baris {line}: periode "{clean(document.periode, limit=40)}" tidak ada di katalog. {hint}', "periode"
        )
    pegawai = FilePegawai(nama=document.pegawai.nama, nip=digits(document.pegawai.nip), nuptk=digits(document.pegawai.nuptk))
    if not any((pegawai.nip, pegawai.nuptk, pegawai.nama)):
        raise ShapeError(f"{source}: [pegawai] tidak menyebut siapa; isi nip, nuptk atau nama.", "pegawai")
    sections = {name: getattr(document, name) for name in RencanaKinerja.__struct_fields__}
    return PlanFile(pegawai=pegawai, periode=document.periode, rencana=RencanaKinerja(**sections))


def _check_version(raw: dict[str, Any], source: str) -> None:
    version = raw.get("versi")
    if isinstance(version, int) and version > VERSION:
        raise ShapeError(f"{source}: ditulis oleh pmm-tui yang lebih baru (versi {version}); perbarui program ini.", "versi")


def _dates_as_text(value: Any) -> Any:
    """TOML has dates of its own; the plan keeps them as `YYYY-MM-DD`."""
    if isinstance(value, list):
        return [_dates_as_text(item) for item in value]
    if isinstance(value, dict):
        return {key: _dates_as_text(item) for key, item in value.items()}
    return value.isoformat() if type(value) is date else value


def _named_by_id(raw: dict[str, Any], katalog: Katalog) -> dict[str, Any]:
    """Put the id where a person wrote the label of a choice."""
    perilaku = [(f"{p.id}/{item.id}", p, item) for p in katalog.perilaku for item in p.indikator]
    by_indikator = _reader((i.id, (i.label,)) for i in katalog.indikator)
    by_kompetensi = _reader((k.id, (k.peran, f"{katalog.kompetensi_umum.rhk_awalan} {k.peran}")) for k in katalog.kompetensi)
    by_tugas = _reader((t.id, (t.label, *t.alias)) for t in katalog.tugas_tambahan)
    by_perilaku = _reader((choice_id, (b.label, b.id, f"{p.label}/{b.label}", f"{p.id}/{b.label}")) for choice_id, p, b in perilaku)
    by_jenjang = _reader((j.id, (j.label, *j.alias)) for j in katalog.jenjang_jabatan)
    _each(raw, "praktik_pembelajaran", "indikator", by_indikator)
    _each(raw, "perilaku_kerja", "indikator", by_perilaku)
    for section, name, key, reader in (
        ("pengembangan_kompetensi", "rhk", "kompetensi", by_kompetensi),
        ("tugas_tambahan", "tugas", "tugas", by_tugas),
    ):
        for item in _table(raw, section).get(name) or ():
            if isinstance(item, dict) and isinstance(item.get(key), str):
                item[key] = reader(item[key])
    diri = _table(raw, "data_diri")
    if isinstance(diri.get("jenjang_jabatan"), str):
        diri["jenjang_jabatan"] = by_jenjang(diri["jenjang_jabatan"])
    return raw


def _table(raw: dict[str, Any], section: str) -> dict[str, Any]:
    table = raw.get(section)
    return table if isinstance(table, dict) else {}


def _each(raw: dict[str, Any], section: str, key: str, reader: Callable[[str], str]) -> None:
    table = _table(raw, section)
    if isinstance(table.get(key), list):
        table[key] = [reader(item) if isinstance(item, str) else item for item in table[key]]


def _reader(choices: Iterable[tuple[str, Iterable[str]]]) -> Callable[[str], str]:
    """Return what turns an id or an unambiguous label (case, spacing and a final dot aside) into the id."""
    ids: set[str] = set()
    labels: dict[str, set[str]] = {}
    for choice_id, names in choices:
        ids.add(choice_id)
        for name in names:
            labels.setdefault(_folded(name), set()).add(choice_id)

    def read(written: str) -> str:
        meant = labels.get(_folded(written), set())
        return written if written in ids or len(meant) != 1 else next(iter(meant))

    return read


def _folded(label: str) -> str:
    return re.sub(r"\s+", " ", clean(label)).casefold().strip(" .")


def in_katalog_order(rencana: RencanaKinerja, katalog: Katalog) -> RencanaKinerja:
    """Return the plan with its chosen indicators in the catalogue's order, as the screen keeps them; unknown ones come last."""
    perilaku = [f"{p.id}/{item.id}" for p in katalog.perilaku for item in p.indikator]
    return structs.replace(
        rencana,
        praktik_pembelajaran=PraktikPembelajaran(
            indikator=_ordered(rencana.praktik_pembelajaran.indikator, [i.id for i in katalog.indikator])
        ),
        perilaku_kerja=PerilakuKerja(indikator=_ordered(rencana.perilaku_kerja.indikator, perilaku)),
    )


def _ordered(chosen: tuple[str, ...], order: list[str]) -> tuple[str, ...]:
    place = {item_id: number for number, item_id in enumerate(order)}
    return tuple(sorted(chosen, key=lambda item_id: place.get(item_id, len(order))))
