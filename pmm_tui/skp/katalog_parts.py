"""What the tables of a catalogue are made of: checked values, sources, stages, and what an entry was at an earlier time."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

Id = Annotated[str, Meta(min_length=1, max_length=80, pattern="^[a-z0-9][a-z0-9-]*$")]
Text = Annotated[str, Meta(min_length=1, max_length=600)]
Count = Annotated[int, Meta(ge=0, le=10_000)]
Sources: TypeAlias = tuple[str, ...] | str
"""Ids of `rujukan`, or where an entry was found in words of its own."""


class Source(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where something of the catalogue was found."""

    id: Id
    judul: Text
    alamat: str = ""


class Tahap(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stage of a period, first and last day included; with `di_dalam` it is a part of another stage."""

    id: Id
    label: Text
    mulai: date
    batas: date
    di_dalam: str = ""
    keyakinan: str = ""
    sumber: Sources = ()


class PraktikBefore(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The RHK sentence of periods that begin on the day `sampai` or before it."""

    sampai: date
    rhk_pola: Text


class TugasDefaultsBefore(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What held for all tugas tambahan of periods that begin on the day `sampai` or before it."""

    sampai: date
    jp_lain_maks: Count = 0


class TugasBefore(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a tugas tambahan was worded, and what it counted, in periods that begin on the day `sampai` or before it."""

    sampai: date
    label: Text
    jp: Count = 0
    keyakinan: str = ""
    sumber: Sources = ()


class JenisTambahan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A Jenis PTK that has access in periods that begin from `mulai` on."""

    label: Text
    mulai: date
    keyakinan: str = ""
    sumber: Sources = ()


class Capaian(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A level of the Rapor Pendidikan; `urutan` grows with the result."""

    id: Id
    label: Text
    urutan: int
    warna: str = ""


class ReturnReason(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A ready reason for sending a plan back; `bagian` is the section that it is about, empty for the plan as a whole."""

    id: Id
    label: Text
    bagian: str = ""
    keyakinan: str = ""
    sumber: Sources = ()
