"""The values that everything is about: frozen, one name for each section, and what an edit takes back."""

from __future__ import annotations

import inspect
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.skp import model
from pmm_tui.skp.model import (
    RHK,
    SECTION_NAMES,
    DataDiri,
    Masalah,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    Rapor,
    RaporPendidikan,
    RencanaKinerja,
    Section,
    Sekolah,
    Tugas,
    TugasTambahan,
)
from tests.skp import strategies

STRUCTS = [each for _, each in inspect.getmembers(model, inspect.isclass) if each.__module__ == model.__name__]
LEAST: dict[type, dict[str, Any]] = {
    Pegawai: {"nama": "Siti"},
    Tugas: {"tugas": "wali-kelas"},
    Masalah: {"kode": "x", "pesan": "X."},
}
CONFIRMED = RencanaKinerja(rangkuman=Rangkuman(dikonfirmasi_guru=True))
EDIT: tuple[Section, ...] = (
    DataDiri(sesuai=True),
    RaporPendidikan(dimengerti=True),
    PraktikPembelajaran(indikator=("aktivitas-interaktif",)),
    PengembanganKompetensi(rhk=(RHK(uraian="Menulis buku"),)),
    TugasTambahan(tidak_ada=True),
    PerilakuKerja(indikator=("harmonis/suka-menolong",)),
)


def test_each_section_has_one_name() -> None:
    """The names cover the plan's sections in the order of the form, and each is the section's class in snake case."""
    assert {name: class_number for class_number, name in SECTION_NAMES.items()} == get_type_hints(RencanaKinerja)
    assert [field.name for field in msgspec.structs.fields(RencanaKinerja)] == list(SECTION_NAMES.values())
    assert set(get_args(Section)) == set(SECTION_NAMES)
    for class_number, name in SECTION_NAMES.items():
        assert name.replace("_", "") == class_number.__name__.lower()


@pytest.mark.parametrize("section", EDIT, ids=lambda section: SECTION_NAMES[type(section)])
def test_an_edit_takes_the_confirmation_back(section: Section) -> None:
    """A plan with another section holds just that, and the teacher has to confirm anew; the plan before it stays as it was."""
    edited = CONFIRMED.with_section(section)
    name = SECTION_NAMES[type(section)]
    assert getattr(edited, name) == section
    assert not edited.rangkuman.dikonfirmasi_guru
    assert edited == msgspec.structs.replace(RencanaKinerja(), **{name: section})
    assert CONFIRMED.rangkuman.dikonfirmasi_guru


def test_confirming_takes_nothing_back() -> None:
    """The Rangkuman itself may be set and taken back, and nothing else changes with it."""
    plan = RencanaKinerja().with_section(TugasTambahan(tidak_ada=True))
    confirmed = plan.with_section(Rangkuman(dikonfirmasi_guru=True))
    assert confirmed.rangkuman.dikonfirmasi_guru
    assert confirmed.tugas_tambahan.tidak_ada
    assert confirmed.with_section(Rangkuman()) == plan


@given(strategies.rencana, st.sampled_from(list(SECTION_NAMES.values())))
@settings(deadline=None, max_examples=50)
def test_what_changes_nothing_keeps_the_confirmation(rencana: RencanaKinerja, name: str) -> None:
    """A section that says the same is no edit: the very same plan comes back."""
    same = msgspec.json.decode(msgspec.json.encode(getattr(rencana, name)), type=type(getattr(rencana, name)))
    assert rencana.with_section(same) is rencana


@given(strategies.rencana, strategies.rencana)
@settings(deadline=None, max_examples=50)
def test_section_by_section_a_plan_becomes_another(one: RencanaKinerja, other: RencanaKinerja) -> None:
    """Setting all sections of a plan, the Rangkuman last, makes that plan."""
    for name in SECTION_NAMES.values():
        one = one.with_section(getattr(other, name))
    assert one == other


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda each: each.__name__)
def test_a_value_cannot_be_changed(struct: type[msgspec.Struct]) -> None:
    """Every struct is frozen, so that a plan that was handed on stays what it was."""
    value = struct(**LEAST.get(struct, {}))
    assert msgspec.structs.fields(struct)
    for field in msgspec.structs.fields(struct):
        with pytest.raises(AttributeError):
            setattr(value, field.name, getattr(value, field.name))


def test_what_is_empty_is_not_written() -> None:
    """An empty plan and school are the empty object: only what was filled in is stored and sent."""
    assert msgspec.json.encode(RencanaKinerja()) == msgspec.json.encode(Sekolah()) == msgspec.json.encode(Rapor()) == b"{}"
    assert msgspec.json.encode(Pegawai(nama="Siti")) == b'{"nama":"Siti"}'
    assert msgspec.json.encode(CONFIRMED) == b'{"rangkuman":{"dikonfirmasi_guru":true}}'


@pytest.mark.parametrize(
    ("pointer", "section"),
    [("/tugas_tambahan/tugas/0/nomor_sk", "tugas_tambahan"), ("/perilaku_kerja", "perilaku_kerja"), ("", "")],
)
def test_a_problem_belongs_to_a_section(pointer: str, section: str) -> None:
    """The first part of the pointer is the section; without a pointer it is about the plan as a whole."""
    assert Masalah("x", "X.", pointer).section == section


def test_a_problem_stops_the_plan_unless_it_says_otherwise() -> None:
    """To block is the default: a rule has to say that it only warns."""
    assert Masalah("x", "X.").halang
