"""2 Pengembangan Kompetensi."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import RHK, PengembanganKompetensi, RencanaKinerja
from tests.tui.conftest import Buka
from tests.tui.samples import ANI, PELATIHAN, rencana_mulai

pytestmark = pytest.mark.anyio
MULAI = {ANI.nama: rencana_mulai()}


def dengan(*rhk: RHK) -> dict[str, RencanaKinerja]:
    """A draft with these RHK."""
    return {ANI.nama: rencana_mulai().with_section(PengembanganKompetensi(rhk=rhk))}


async def test_add_from_the_filtered_list(app_uji: Buka) -> None:
    """Tambah opens a list that typing filters; Enter adds the RHK and puts the cursor into its target."""
    async with app_uji(draf=MULAI) as u:
        await u.tekan("enter f6 enter")
        assert "10 dari 10" in u.teks
        await u.tekan("'seminar'")
        assert "1 dari 10" in u.teks
        await u.tekan("enter '3'")
        assert u.kursor.startswith("Target kuantitas")
        assert "satuan: kegiatan" in u.teks
        assert "bukti: Sertifikat" in u.teks
        rencana = await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk and r.pengembangan_kompetensi.rhk[0].target == 3)
        assert rencana.pengembangan_kompetensi.rhk == (RHK(kompetensi="peserta-seminar-lokakarya", target=3),)


async def test_filter_without_a_hit(app_uji: Buka) -> None:
    """Nothing found is said; Backspace and Ctrl+U widen the search again; Esc adds nothing."""
    async with app_uji(draf=MULAI) as u:
        await u.tekan("enter f6 f4 'zzz'")
        assert "Tidak ada yang cocok" in u.teks
        await u.tekan("enter ctrl+u")
        assert "10 dari 10" in u.teks
        await u.tekan("'xa' backspace backspace")
        assert "10 dari 10" in u.teks
        await u.tekan("escape")
        assert "Belum ada RHK." in u.teks


async def test_running_total_against_the_range(app_uji: Buka) -> None:
    """In 2024-1 every digit moves the total, beside the 32 to 128 that are advised."""
    async with app_uji(draf=MULAI, periode="2024-1") as u:
        await u.tekan("enter f6 f4 enter")
        assert "1 RHK · total 8 poin (dianjurkan 32–128)" in u.teks
        await u.tekan("'4'")
        assert "total 32 poin" in u.teks
        assert "8 poin x 4 = 32 poin" in u.teks
        await u.tekan("'0'")
        assert "total 320 poin" in u.teks
        await u.tekan("backspace f4 'penggerak' enter")
        assert "2 RHK · total 68 poin" in u.teks


async def test_no_points_where_the_scheme_has_none(app_uji: Buka) -> None:
    """In 2026 neither the list nor the pane nor the Rangkuman says a word of points."""
    async with app_uji(draf=MULAI) as u:
        await u.tekan("enter f6 f4")
        assert "Penggerak komunitas" in u.teks
        assert "poin" not in u.teks
        await u.tekan("enter '3'")
        assert "satuan: pelatihan" in u.teks
        assert "poin" not in u.teks
        await u.tekan("down*2 enter")
        assert "Poin" not in u.teks
        await u.tekan("f6*3")
        assert "poin" not in u.teks.lower()


async def test_points_out_of_range_are_said(app_uji: Buka) -> None:
    """Too few points stop the plan, too many only warn."""
    async with app_uji(draf=dengan(RHK(kompetensi=PELATIHAN, target=1)), periode="2024-1") as u:
        await u.tekan("enter f6*4")
        assert "Poin baru 8, paling sedikit 32" in u.teks
    async with app_uji(guru=(), draf=dengan(RHK(kompetensi="penggerak-komunitas-belajar", target=4)), periode="2024-2") as u:
        await u.tekan("enter f6*4")
        assert "dianjurkan paling banyak 128" in u.teks


async def test_duplicate_of_the_catalogue_is_refused(app_uji: Buka) -> None:
    """An RHK that is in the plan stands last in the list, says so, and cannot be taken again."""
    async with app_uji(draf=dengan(RHK(kompetensi=PELATIHAN, target=2))) as u:
        await u.tekan("enter f6 f4 'pelatihan mandiri'")
        assert "sudah ada" in u.teks
        await u.tekan("enter")
        assert "RHK ini sudah ada" in u.teks
        await u.tekan("escape")
        assert "1 RHK" in u.teks


async def test_target_takes_digits_and_complains_when_left(app_uji: Buka) -> None:
    """Letters do not get in, two digits at most; an empty target is named after the field is left."""
    async with app_uji(draf=dengan(RHK(kompetensi=PELATIHAN, target=2))) as u:
        await u.tekan("enter f6 up 'a1b2c3'")
        assert u.kursor.split() == ["Target", "kuantitas", "12"]
        await u.tekan("backspace backspace")
        assert "harus 1 sampai 99" not in u.teks
        await u.tekan("down")
        assert "Target kuantitas RHK 1 harus 1 sampai 99" in u.teks
        await u.tekan("up '7' down")
        assert "harus 1 sampai 99" not in u.teks
        assert (await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 7)) is not None


@pytest.mark.parametrize("kunci", ["f5", "ctrl+d"])
async def test_delete_the_rhk_under_the_cursor(app_uji: Buka, kunci: str) -> None:
    """Hapus takes the RHK of the field under the cursor, no other, and undo brings it back."""
    tiga = [RHK(kompetensi=id, target=n) for n, id in enumerate((PELATIHAN, "peserta-praktik-baik", "penelaah-aksi-nyata"), 1)]
    async with app_uji(draf=dengan(*tiga)) as u:
        await u.tekan(f"enter f6 up*2 {kunci}")
        assert "2 RHK" in u.teks
        rencana = await u.tersimpan("Ani", lambda r: len(r.pengembangan_kompetensi.rhk) == 2)
        assert [r.target for r in rencana.pengembangan_kompetensi.rhk] == [1, 3]
        assert u.kursor.startswith("Target kuantitas")
        await u.tekan("ctrl+z")
        assert (await u.tersimpan("Ani", lambda r: len(r.pengembangan_kompetensi.rhk) == 3)).pengembangan_kompetensi.rhk[
            1
        ].target == 2


async def test_delete_beside_an_rhk_deletes_nothing(app_uji: Buka) -> None:
    """On a button Hapus only says where to put the cursor."""
    async with app_uji(draf=dengan(RHK(kompetensi=PELATIHAN, target=2))) as u:
        await u.tekan("enter f6 f5")
        assert "Taruh kursor pada RHK" in u.status
        assert "1 RHK" in u.teks


async def test_rhk_outside_the_catalogue_is_typed_and_marked(app_uji: Buka) -> None:
    """An RHK of one's own has its fields and points, is marked as outside the catalogue, here and in the Rangkuman."""
    async with app_uji(draf=MULAI, periode="2024-1") as u:
        await u.tekan("enter f6 down enter 'Menulis buku ajar' enter 'naskah' enter 'Naskah buku' enter '12' enter '3'")
        assert "di luar katalog" in u.baris("1. ")
        assert "total 36 poin" in u.teks
        rencana = await u.tersimpan(
            "Ani", lambda r: r.pengembangan_kompetensi.rhk[:1] and r.pengembangan_kompetensi.rhk[0].target == 3
        )
        assert rencana.pengembangan_kompetensi.rhk == (
            RHK(uraian="Menulis buku ajar", satuan="naskah", bukti="Naskah buku", poin=12, target=3),
        )
        await u.tekan("f6*3 ctrl+end")
        await u.tekan("pageup*2")
        assert "1. Menulis buku ajar [di luar katalog] · 3 naskah · 36 poin" in u.teks


async def test_own_rhk_needs_its_sentence(app_uji: Buka) -> None:
    """An own RHK without a sentence or points is named under its field once that is left."""
    async with app_uji(draf=MULAI, periode="2024-1") as u:
        await u.tekan("enter f6 down enter")
        assert "belum diisi." not in u.teks
        await u.tekan("down*4")
        assert "Uraian RHK di luar katalog belum diisi." in u.teks
        assert "Poin RHK di luar katalog harus 1 sampai 128" in u.teks


async def test_tambah_from_another_pane_leads_here(app_uji: Buka) -> None:
    """F4 works in every pane of the form: the list opens over Pengembangan Kompetensi."""
    async with app_uji(draf=MULAI) as u:
        await u.tekan("enter f4 enter")
        assert "[2 Kompetensi]" in u.teks
        assert "1 RHK" in u.teks


async def test_a_field_is_complained_about_once_it_was_visited_and_left(app_uji: Buka) -> None:
    """Neither before the cursor was in a field nor while it is there does a sentence stand under it."""
    async with app_uji(
        draf=dengan(RHK(kompetensi=PELATIHAN, target=0)), tempat=(ANI.nama, "pengembangan_kompetensi", "tambah")
    ) as u:
        kalimat = "Target kuantitas RHK 1 harus 1 sampai 99"
        assert kalimat not in u.teks
        await u.ke("Target kuantitas")
        assert kalimat not in u.teks
        await u.tekan("down")
        assert kalimat in u.teks


async def test_a_second_empty_rhk_is_not_added(app_uji: Buka) -> None:
    """Two RHK outside the catalogue that say the same are one; the second button press changes nothing."""
    async with app_uji(draf=MULAI) as u:
        await u.tekan("enter f6 down enter")
        assert u.kursor == "Uraian RHK"
        await u.ke("Tambah RHK di luar katalog")
        await u.tekan("enter")
        assert "1 RHK" in u.baris("RHK Pengembangan Kompetensi")
        (rhk,) = (await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk)).pengembangan_kompetensi.rhk
        assert rhk == RHK(target=rhk.target)


async def test_no_more_rhk_than_a_plan_may_have(app_uji: Buka) -> None:
    """The fifty-first is refused with a sentence; the fiftieth is not."""
    many = dengan(*(RHK(uraian=f"RHK {n}", satuan="x", bukti="y", target=1) for n in range(49)))
    async with app_uji(draf=many, tempat=(ANI.nama, "pengembangan_kompetensi", "tambah")) as u:
        await u.tekan("f4 'mandiri' enter")
        await u.tersimpan("Ani", lambda r: len(r.pengembangan_kompetensi.rhk) == 50)
        await u.tekan("f4 'coaching' enter")
        assert "RHK paling banyak 50." in u.status
        draf = u.draf("Ani")
        assert draf is not None
        assert len(draf.pengembangan_kompetensi.rhk) == 50


async def test_an_emptied_number_is_nought_and_refused(app_uji: Buka) -> None:
    """Only digits are taken in a number; without any it is nought, which the rules refuse once it is left."""
    async with app_uji(draf=dengan(RHK(kompetensi=PELATIHAN, target=4))) as u:
        await u.tekan("enter f6 up*2 ctrl+u 'x'")
        await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 0)
        await u.tekan("'1a2'")
        await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 12)


@pytest.mark.parametrize(("field", "cells"), [("uraian", 48), ("satuan", 24), ("bukti", 40)])
async def test_a_long_text_shows_its_end_in_a_field_of_its_width(app_uji: Buka, field: str, cells: int) -> None:
    """While more is typed than fits, the end of it and the text cursor fill the field exactly."""
    draf = dengan(RHK(uraian="U", satuan="S", bukti="B", target=1))
    async with app_uji(draf=draf, tempat=(ANI.nama, "pengembangan_kompetensi", f"rhk/0/{field}")) as u:
        await u.tekan(f"'{'x' * 60}y'")
        shown = u.kursor.split()[-1]
        assert shown.endswith("xy")
        assert len(shown) == cells - 1
