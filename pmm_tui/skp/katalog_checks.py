"""What must hold inside a catalogue beyond the kinds of its values; each fault names its place and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pmm_tui.shapes.decode import nearest
from pmm_tui.skp.katalog import SCHEMA, Katalog
from pmm_tui.skp.katalog_sasaran import Sasaran
from pmm_tui.skp.katalog_tables import Periode, Skema
from pmm_tui.text import quoted

_NEEDED = ("skema", "periode", "komponen", "indikator", "perilaku")
_MAY_BE_EMPTY = ("kompetensi", "tugas_tambahan", "rujukan", "alasan_kembali")


class Fault(NamedTuple):
    """What is wrong at a place such as `periode[2].mulai`."""

    place: str
    sentence: str


def faults(katalog: Katalog) -> Iterator[Fault]:
    """Everything that keeps a catalogue from being used."""
    for check in (_schema, _ids, _references, _amounts, _sasaran):
        yield from check(katalog)


def _schema(katalog: Katalog) -> Iterator[Fault]:
    if katalog.schema != SCHEMA:
        yield Fault("schema", f"{katalog.schema} belum dikenal program ini (yang dikenal: {SCHEMA}).")


def _ids(katalog: Katalog) -> Iterator[Fault]:
    for name in (*_NEEDED, *_MAY_BE_EMPTY):
        items: tuple[Any, ...] = getattr(katalog, name)
        if not items and name in _NEEDED:
            yield Fault(name, "kosong; isi paling sedikit satu.")
        yield from _unique(items, name)
    for number, perilaku in enumerate(katalog.perilaku):
        yield from _unique(perilaku.indikator, f"perilaku[{number}].indikator")
    for number, periode in enumerate(katalog.periode):
        yield from _unique(periode.tahap, f"periode[{number}].tahap")


def _unique(items: tuple[Any, ...], place: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, item in enumerate(items):
        if item.id in seen:
            yield Fault(f"{place}[{number}].id", f'"{item.id}" sudah dipakai; setiap id harus lain.')
        seen.add(item.id)


def _references(katalog: Katalog) -> Iterator[Fault]:
    for number, periode in enumerate(katalog.periode):
        yield from _refer(f"periode[{number}].skema", periode.skema, (s.id for s in katalog.skema))
        for at, tahap in enumerate(periode.tahap):
            if tahap.di_dalam:
                whole = (t.id for t in periode.tahap if not t.di_dalam)
                yield from _refer(f"periode[{number}].tahap[{at}].di_dalam", tahap.di_dalam, whole)
    yield from _codes("rapor", katalog)
    for number, indikator in enumerate(katalog.indikator):
        yield from _refer(f"indikator[{number}].komponen", indikator.komponen, (k.id for k in katalog.komponen))
    for kind in ("pns", "pppk"):
        for number, golongan in enumerate(getattr(katalog.golongan, kind)):
            if golongan.jenjang:
                place = f"golongan.{kind}[{number}].jenjang"
                yield from _refer(place, golongan.jenjang, (j.id for j in katalog.jenjang_jabatan))


def _refer(place: str, item_id: str, known: Iterable[str]) -> Iterator[Fault]:
    known = list(known)
    if item_id not in known:
        yield Fault(place, f"{quoted(item_id)} tidak ada. {nearest(item_id, known) or 'Periksa id-nya.'}")


def _codes(place: str, of: Katalog | Sasaran) -> Iterator[Fault]:
    """The rows of the Rapor Pendidikan that a dimension names, and what they lead to."""
    ours = [*(k.id for k in of.komponen), *(i.id for i in of.indikator)]
    for code, item_id in of.rapor.kode.items():
        yield from _refer(f'{place}.kode."{code}"', item_id, ours)


def _sasaran(katalog: Katalog) -> Iterator[Fault]:
    yield from _unique(katalog.sasaran, "sasaran")
    for number, sasaran in enumerate(katalog.sasaran):
        place = f"sasaran[{number}]"
        for name in ("jenis_ptk", "komponen", "indikator"):
            if not getattr(sasaran, name):
                yield Fault(f"{place}.{name}", "kosong; isi paling sedikit satu.")
        yield from (*_unique(sasaran.komponen, f"{place}.komponen"), *_unique(sasaran.indikator, f"{place}.indikator"))
        yield from _codes(f"{place}.rapor", sasaran)
        for at, indikator in enumerate(sasaran.indikator):
            yield from _refer(f"{place}.indikator[{at}].komponen", indikator.komponen, (k.id for k in sasaran.komponen))
            if any(indikator.id == teachers.id for teachers in katalog.indikator):
                yield Fault(f"{place}.indikator[{at}].id", f'"{indikator.id}" sudah dipakai indikator guru; setiap id harus lain.')
        if "{indikator}" not in sasaran.praktik.rhk_pola:
            yield Fault(f"{place}.praktik.rhk_pola", "harus memuat {indikator}.")


def _amounts(katalog: Katalog) -> Iterator[Fault]:
    for number, skema in enumerate(katalog.skema):
        yield from _skema(skema, f"skema[{number}]", len(katalog.perilaku))
    for number, periode in enumerate(katalog.periode):
        yield from _periode(periode, f"periode[{number}]")
    praktik, tugas = katalog.praktik, katalog.tugas_tambahan_umum
    earlier = ((f"praktik.dahulu[{number}].rhk_pola", before.rhk_pola) for number, before in enumerate(praktik.dahulu))
    for place, text in (("praktik.rhk_pola", praktik.rhk_pola), *earlier):
        if "{indikator}" not in text:
            yield Fault(place, "harus memuat {indikator}.")
    for hole in ("{indikator}", "{komponen}"):
        if praktik.rhk_komponen and hole not in praktik.rhk_komponen:
            yield Fault("praktik.rhk_komponen", f"harus memuat {hole}.")
    if "{tugas}" not in tugas.rhk_pola:
        yield Fault("tugas_tambahan_umum.rhk_pola", "harus memuat {tugas}.")


def _skema(skema: Skema, place: str, values: int) -> Iterator[Fault]:
    for low, high in (("indikator_min", "indikator_maks"), ("perilaku_per_nilai_min", "perilaku_per_nilai_maks")):
        if getattr(skema, low) > getattr(skema, high):
            yield Fault(f"{place}.{low}", f"lebih besar dari {high}; perbaiki salah satunya.")
    if skema.poin_dipakai and skema.poin_min > skema.poin_maks:
        yield Fault(f"{place}.poin_min", "lebih besar dari poin_maks; perbaiki salah satunya.")
    if skema.indikator_maks < 1 or skema.perilaku_per_nilai_maks < 1:
        yield Fault(place, "batas maksimum paling sedikit 1.")
    if skema.perilaku_nilai_min > values:
        yield Fault(f"{place}.perilaku_nilai_min", f"lebih banyak dari nilai yang ada ({values}).")


def _periode(periode: Periode, place: str) -> Iterator[Fault]:
    if periode.mulai > periode.selesai:
        yield Fault(f"{place}.mulai", "sesudah selesai; perbaiki salah satu tanggalnya.")
    if periode.rencana_mulai > periode.rencana_batas:
        yield Fault(f"{place}.rencana_mulai", "sesudah rencana_batas; perbaiki salah satu tanggalnya.")
    window = (periode.rencana_mulai, periode.rencana_batas)
    whole = {t.id: t for t in periode.tahap}
    for number, tahap in enumerate(periode.tahap):
        at = f"{place}.tahap[{number}]"
        if tahap.mulai > tahap.batas:
            yield Fault(f"{at}.mulai", "sesudah batas; perbaiki salah satu tanggalnya.")
        elif (outer := whole.get(tahap.di_dalam)) and not outer.mulai <= tahap.mulai <= tahap.batas <= outer.batas:
            yield Fault(f"{at}.mulai", f"di luar tahap {tahap.di_dalam}; perbaiki tanggalnya.")
        if tahap.id == "perencanaan" and (tahap.mulai, tahap.batas) != window:
            yield Fault(at, "harus sama dengan rencana_mulai sampai rencana_batas; samakan tanggalnya.")
