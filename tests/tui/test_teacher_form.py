"""A teacher added or corrected by hand: judged as a list is, and nobody doubled unseen."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Open

pytestmark = pytest.mark.anyio


async def test_a_teacher_is_added(stage_app: Open) -> None:
    """From the list by one key; the cursor stands on the new one, and one key takes it back."""
    async with stage_app() as u:
        await u.press("alt+g")
        assert u.title.startswith(" Tambah guru")
        await u.press("'Wayan Sudiarta, S.Pd.' down '197707072005011006' f9")
        assert u.title.startswith(" Daftar Guru")
        assert u.cursor.startswith("Wayan Sudiarta")
        assert "Wayan Sudiarta, S.Pd. ditambahkan; Alt+Z mengurungkan" in u.status
        await u.press("alt+z")
        assert "Wayan Sudiarta, S.Pd.: tidak jadi ditambahkan" in u.status
        assert "Wayan" not in u.text.replace(u.status.strip(), "")


async def test_what_is_wrong_is_said_at_its_field(stage_app: Open) -> None:
    """Once it is left; saving leads to the first that stops it, and stores nothing."""
    async with stage_app() as u:
        await u.press("alt+g 'Wayan' down '123' down")
        assert "NIP harus 18 angka" in u.text
        await u.press("f9")
        assert "NIP harus 18 angka" in u.status
        assert u.cursor.startswith("NIP")
        await u.press("escape enter")
        assert u.title.startswith(" Tambah guru")
        await u.press("escape right enter")
        assert u.title.startswith(" Daftar Guru")
        assert "Wayan" not in u.text


async def test_a_teacher_is_corrected(stage_app: Open) -> None:
    """The fields hold what is stored; only what was typed changes."""
    async with stage_app() as u:
        await u.go_to("Budi")
        await u.press("alt+e")
        assert u.title.startswith(" Perbaiki guru  Budi Santoso")
        assert "199003032015031002" in u.text
        await u.press("end ', M.Pd.' f9")
        assert u.cursor.startswith("Budi Santoso, S.Pd., M.Pd.")
        assert u.pegawai("Budi").nip == "199003032015031002"


async def test_who_may_be_there_already_is_asked_about(stage_app: Open) -> None:
    """The same number and name: the safe answer goes back, another opens the one who is there."""
    async with stage_app() as u:
        await u.press("alt+g 'Ani Lestari' down '198507142010012001' f9")
        assert "Mungkin orang yang sama dengan Ani Lestari" in " ".join(u.text.split())
        await u.press("enter")
        assert u.title.startswith(" Tambah guru")
        assert len(u.store.roster.all()) == 4
        await u.press("f9 right enter")
        assert u.title.startswith(" Perbaiki guru  Ani Lestari")


async def test_without_a_number_it_is_said(stage_app: Open) -> None:
    """Such a teacher is known by name and birth date; without the date nothing is stored."""
    async with stage_app() as u:
        await u.press("alt+g 'Wayan' f9")
        assert "Isi tanggal lahirnya" in u.status
        await u.press("'7/7/1977' down")
        assert "Tanpa NIP dan NUPTK" in u.text
        await u.press("f9")
        assert u.cursor.startswith("Wayan")
        assert u.pegawai("Wayan").tanggal_lahir == "1977-07-07"
