"""Reading a catalogue: from TOML or JSON, checked for what refers to what, errors with their place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode, nearest
from pmm_tui.shapes.toml_text import parse_toml
from pmm_tui.skp.katalog import SCHEMA, Katalog
from pmm_tui.text import quoted

_FOLDER = Path(__file__).parents[1] / "katalog"


def parse_katalog(raw: Any, source: str) -> Katalog:
    """Build a catalogue from parsed TOML or JSON; `source` names it. Raises ShapeError with the place."""
    katalog = decode(raw, Katalog, source)
    for check in (_schema, _ids, _references, _amounts):
        check(katalog, source)
    return katalog


def read_katalog(text: str, source: str) -> Katalog:
    """Build a catalogue from TOML text; raises ShapeError with the place."""
    return parse_katalog(parse_toml(text, source), source)


@cache
def bundled() -> Katalog:
    """The catalogue that comes with the program.

    It is read from `katalog.json`, which is `katalog.toml` as JSON (written by `python -m tests.make_katalog`, compared by a test):
    parsing the TOML would take a tenth of the program's start.
    """
    return msgspec.json.decode((_FOLDER / "katalog.json").read_bytes(), type=Katalog)


def _schema(katalog: Katalog, source: str) -> None:
    if katalog.schema != SCHEMA:
        raise ShapeError(f"{source}: schema {katalog.schema} belum dikenal program ini (yang dikenal: {SCHEMA}).", "schema")


def _ids(katalog: Katalog, source: str) -> None:
    for name in ("skema", "periode", "komponen", "indikator", "kompetensi", "tugas_tambahan", "perilaku"):
        items: tuple[Any, ...] = getattr(katalog, name)
        if not items and name not in ("kompetensi", "tugas_tambahan"):
            raise ShapeError(f"{source}: {name} kosong; isi paling sedikit satu.", name)
        _unique(items, name, source)
    for number, perilaku in enumerate(katalog.perilaku):
        _unique(perilaku.indikator, f"perilaku[{number}].indikator", source)


def _unique(items: tuple[Any, ...], place: str, source: str) -> None:
    seen: set[str] = set()
    for number, item in enumerate(items):
        if item.id in seen:
            place = f"{place}[{number}].id"
            raise ShapeError(f'{source}: {place}: "{item.id}" sudah dipakai; setiap id harus lain.', place)
        seen.add(item.id)


def _references(katalog: Katalog, source: str) -> None:
    def refer(place: str, item_id: str, known: Iterable[str]) -> None:
        known = list(known)
        if item_id not in known:
            hint = nearest(item_id, known) or "Periksa id-nya."
            raise ShapeError(f"{source}: {place}: {quoted(item_id)} tidak ada. {hint}", place)

    for number, periode in enumerate(katalog.periode):
        refer(f"periode[{number}].skema", periode.skema, (s.id for s in katalog.skema))
    for number, indikator in enumerate(katalog.indikator):
        refer(f"indikator[{number}].komponen", indikator.komponen, (k.id for k in katalog.komponen))
    for kind in ("pns", "pppk"):
        for number, golongan in enumerate(getattr(katalog.golongan, kind)):
            if golongan.jenjang:
                place = f"golongan.{kind}[{number}].jenjang"
                refer(place, golongan.jenjang, (j.id for j in katalog.jenjang_jabatan))


def _amounts(katalog: Katalog, source: str) -> None:
    def refuse(place: str, sentence: str) -> None:
        raise ShapeError(f"{source}: {place}: {sentence}", place)

    for number, skema in enumerate(katalog.skema):
        place = f"skema[{number}]"
        for low, high in (
            ("indikator_min", "indikator_maks"),
            ("perilaku_per_nilai_min", "perilaku_per_nilai_maks"),
        ):
            if getattr(skema, low) > getattr(skema, high):
                refuse(f"{place}.{low}", f"lebih besar dari {high}; perbaiki salah satunya.")
        if skema.poin_dipakai and skema.poin_min > skema.poin_maks:
            refuse(f"{place}.poin_min", "lebih besar dari poin_maks; perbaiki salah satunya.")
        if skema.indikator_maks < 1 or skema.perilaku_per_nilai_maks < 1:
            refuse(place, "batas maksimum paling sedikit 1.")
        if skema.perilaku_nilai_min > len(katalog.perilaku):
            refuse(f"{place}.perilaku_nilai_min", f"lebih banyak dari nilai yang ada ({len(katalog.perilaku)}).")
    for number, periode in enumerate(katalog.periode):
        if periode.mulai > periode.selesai:
            refuse(f"periode[{number}].mulai", "sesudah selesai; perbaiki salah satu tanggalnya.")
        if periode.rencana_mulai > periode.rencana_batas:
            refuse(f"periode[{number}].rencana_mulai", "sesudah rencana_batas; perbaiki salah satu tanggalnya.")
    patterns: tuple[tuple[str, str, str], ...] = (
        ("praktik.rhk_pola", katalog.praktik.rhk_pola, "{indikator}"),
        ("tugas_tambahan_umum.rhk_pola", katalog.tugas_tambahan_umum.rhk_pola, "{tugas}"),
    )
    for place, text, hole in patterns:
        if hole not in text:
            refuse(place, f"harus memuat {hole}.")
