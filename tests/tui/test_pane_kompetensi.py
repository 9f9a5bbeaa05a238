"""2 Pengembangan Kompetensi."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import RHK, PengembanganKompetensi, RencanaKinerja
from tests.tui.conftest import Open
from tests.tui.keyboard import press_at
from tests.tui.samples import ANI, TRAINING, started_plan

pytestmark = pytest.mark.anyio
START = {ANI.nama: started_plan()}


def with_rhk(*rhk: RHK) -> dict[str, RencanaKinerja]:
    """A draft with these RHK."""
    return {ANI.nama: started_plan().with_section(PengembanganKompetensi(rhk=rhk))}


async def test_add_from_the_filtered_list(stage_app: Open) -> None:
    """Tambah opens a list that typing filters; Enter adds the RHK and puts the cursor into its target."""
    async with stage_app(draft=START) as u:
        await u.press("enter f6 enter")
        assert "10 dari 10" in u.text
        await u.press("'seminar'")
        assert "1 dari 10" in u.text
        await u.press("enter '3'")
        assert u.cursor.startswith("Target kuantitas")
        assert u.cursor.split()[3] == "kegiatan"
        assert "bukti: Sertifikat" in u.text
        rencana = await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk and r.pengembangan_kompetensi.rhk[0].target == 3)
        assert rencana.pengembangan_kompetensi.rhk == (RHK(kompetensi="peserta-seminar-lokakarya", target=3),)


async def test_a_letter_is_answered(stage_app: Open) -> None:
    """Under the target it says that only digits go in, until one does or the cursor leaves; what stood there stays."""
    async with stage_app(draft=with_rhk(RHK(kompetensi=TRAINING, target=3))) as u:
        await u.press("enter f6 ctrl+home 'x'")
        assert "Hanya angka." in u.text
        assert "3" in u.cursor
        await u.press("'4'")
        assert "Hanya angka." not in u.text
        await u.press("'y'")
        assert "Hanya angka." in u.text
        await u.press("down")
        assert "Hanya angka." not in u.text


async def test_filter_without_a_hit(stage_app: Open) -> None:
    """Nothing found is said; Backspace and Ctrl+U widen the search again; Esc adds nothing."""
    async with stage_app(draft=START) as u:
        await u.press("enter f6 f4 'zzz'")
        assert "Tidak ada yang cocok" in u.text
        await u.press("enter ctrl+u")
        assert "10 dari 10" in u.text
        await u.press("'xa' backspace backspace")
        assert "10 dari 10" in u.text
        await u.press("escape")
        assert "Belum ada RHK." in u.text


async def test_running_total_against_the_range(stage_app: Open) -> None:
    """In 2024-1 every digit moves the total, beside the 32 to 128 that are advised."""
    async with stage_app(draft=START, periode="2024-1") as u:
        await u.press("enter f6 f4 enter")
        assert "1 RHK · total 8 poin (dianjurkan 32–128)" in u.text
        await u.press("'4'")
        assert "total 32 poin" in u.text
        assert "8 poin x 4 = 32 poin" in u.text
        await u.press("'0'")
        assert "total 320 poin" in u.text
        await u.press("backspace f4 'penggerak' enter")
        assert "2 RHK · total 68 poin" in u.text


async def test_no_points_where_the_scheme_has_none(stage_app: Open) -> None:
    """In 2026 neither the list nor the pane nor the Rangkuman says a word of points."""
    async with stage_app(draft=START) as u:
        await u.press("enter f6 f4")
        assert "Penggerak komunitas" in u.text
        assert "poin" not in u.text
        await u.press("enter '3'")
        assert u.cursor.endswith(" pelatihan")
        assert "poin" not in u.text
        await u.press("down*2 enter")
        assert "Poin" not in u.text
        await u.press("f6*3")
        assert "poin" not in u.text.lower()


async def test_points_out_of_range_are_said(stage_app: Open) -> None:
    """Too few points stop the plan, too many only warn."""
    async with stage_app(draft=with_rhk(RHK(kompetensi=TRAINING, target=1)), periode="2024-1") as u:
        await u.press("enter f6*4")
        assert "Poin baru 8, dianjurkan paling sedikit 32" in u.text
    async with stage_app(
        teachers=(), draft=with_rhk(RHK(kompetensi="penggerak-komunitas-belajar", target=4)), periode="2024-2"
    ) as u:
        await u.press("enter f6*4")
        assert "dianjurkan paling banyak 128" in u.text


async def test_duplicate_of_the_catalogue_is_refused(stage_app: Open) -> None:
    """An RHK that is in the plan stands last in the list, says so, and cannot be taken again."""
    async with stage_app(draft=with_rhk(RHK(kompetensi=TRAINING, target=2))) as u:
        await u.press("enter f6 f4 'pelatihan mandiri'")
        assert "sudah ada" in u.text
        await u.press("enter")
        assert "RHK ini sudah ada" in u.text
        await u.press("escape")
        assert "1 RHK" in u.text


async def test_target_takes_digits_and_complains_when_left(stage_app: Open) -> None:
    """Letters do not get in, two digits at most; an empty target is named after the field is left."""
    async with stage_app(draft=with_rhk(RHK(kompetensi=TRAINING, target=2))) as u:
        await u.press("enter f6 up 'a1b2c3'")
        assert u.cursor.split() == ["Target", "kuantitas", "12", "pelatihan"]
        await u.press("backspace backspace")
        assert "Belum diisi" not in u.text
        await u.press("down")
        assert "! Belum diisi; tulis 1 sampai 99." in u.row("Target kuantitas")
        await u.press("up '7' down")
        assert "Belum diisi" not in u.text
        assert (await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 7)) is not None


@pytest.mark.parametrize("keys", ["f5", "ctrl+d"])
async def test_delete_the_rhk_under_the_cursor(stage_app: Open, keys: str) -> None:
    """Hapus takes the RHK of the field under the cursor, no other, and undo brings it back."""
    three = [
        RHK(kompetensi=kompetensi, target=n)
        for n, kompetensi in enumerate((TRAINING, "peserta-praktik-baik", "penelaah-aksi-nyata"), 1)
    ]
    async with stage_app(draft=with_rhk(*three)) as u:
        await u.press(f"enter f6 up*2 {keys}")
        assert "2 RHK" in u.text
        rencana = await u.saved("Ani", lambda r: len(r.pengembangan_kompetensi.rhk) == 2)
        assert [r.target for r in rencana.pengembangan_kompetensi.rhk] == [1, 3]
        assert u.cursor.startswith("Target kuantitas")
        await u.press("ctrl+z")
        assert (await u.saved("Ani", lambda r: len(r.pengembangan_kompetensi.rhk) == 3)).pengembangan_kompetensi.rhk[1].target == 2


async def test_delete_beside_an_rhk_deletes_nothing(stage_app: Open) -> None:
    """On a button Hapus only says where to put the cursor."""
    async with stage_app(draft=with_rhk(RHK(kompetensi=TRAINING, target=2))) as u:
        await u.press("enter f6 f5")
        assert "Taruh kursor pada RHK" in u.status
        assert "1 RHK" in u.text


async def test_rhk_outside_the_catalogue_is_typed_and_marked(stage_app: Open) -> None:
    """An RHK of one's own has its fields and points, is marked as outside the catalogue, here and in the Rangkuman."""
    async with stage_app(draft=START, periode="2024-1") as u:
        await u.press("enter f6 down enter 'Menulis buku ajar' enter 'naskah' enter 'Naskah buku' enter '12' enter '3'")
        assert "di luar katalog" in u.row("RHK 1 ")
        assert "total 36 poin" in u.text
        rencana = await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[:1] and r.pengembangan_kompetensi.rhk[0].target == 3)
        assert rencana.pengembangan_kompetensi.rhk == (
            RHK(uraian="Menulis buku ajar", satuan="naskah", bukti="Naskah buku", poin=12, target=3),
        )
        await u.press("f6*3 ctrl+end")
        await u.press("pageup*2")
        assert "1. Menulis buku ajar [di luar katalog] · 3 naskah · 36 poin" in u.text


async def test_own_rhk_needs_its_sentence(stage_app: Open) -> None:
    """An own RHK without a sentence or points is named under its field once that is left."""
    async with stage_app(draft=START, periode="2024-1") as u:
        await u.press("enter f6 down enter")
        assert "belum diisi." not in u.text
        await u.press("down*4")
        assert "Uraian RHK di luar katalog belum diisi." in u.text
        assert "Poin RHK di luar katalog belum diisi; tulis 1 sampai 128." in " ".join(u.text.split())


async def test_adding_from_another_pane_leads_here(stage_app: Open) -> None:
    """F4 works in every pane of the form: the list opens over Pengembangan Kompetensi."""
    async with stage_app(draft=START) as u:
        await u.press("enter f4 enter")
        assert u.tab == "2 Kompetensi"
        assert "1 RHK" in u.text


async def test_a_field_is_complained_about_once_it_was_visited_and_left(stage_app: Open) -> None:
    """Neither before the cursor was in a field nor while it is there does a sentence stand under it."""
    async with stage_app(
        draft=with_rhk(RHK(kompetensi=TRAINING, target=0)), place=(ANI.nama, "pengembangan_kompetensi", "tambah")
    ) as u:
        sentence = "! Belum diisi; tulis 1 sampai 99."
        assert sentence not in u.text
        await u.go_to("Target kuantitas")
        assert sentence not in u.text
        await u.press("down")
        assert sentence in u.text


async def test_a_second_empty_rhk_is_not_added(stage_app: Open) -> None:
    """Two RHK outside the catalogue that say the same are one; the second button press changes nothing."""
    async with stage_app(draft=START) as u:
        await u.press("enter f6 down enter")
        assert u.cursor == "Uraian RHK"
        await u.go_to("Tambah di luar katalog")
        await u.press("enter")
        assert "1 RHK" in u.row("RHK Pengembangan Kompetensi")
        (rhk,) = (await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk)).pengembangan_kompetensi.rhk
        assert rhk == RHK(target=rhk.target)


async def test_no_more_rhk_than_a_plan_may_have(stage_app: Open) -> None:
    """The fifty-first is refused with a sentence; the fiftieth is not."""
    many = with_rhk(*(RHK(uraian=f"RHK {n}", satuan="x", bukti="y", target=1) for n in range(49)))
    async with stage_app(draft=many, place=(ANI.nama, "pengembangan_kompetensi", "tambah")) as u:
        await u.press("f4 'mandiri' enter")
        await u.saved("Ani", lambda r: len(r.pengembangan_kompetensi.rhk) == 50)
        await u.press("f4 'coaching' enter")
        assert "RHK paling banyak 50." in u.status
        draft = u.draft("Ani")
        assert draft is not None
        assert len(draft.pengembangan_kompetensi.rhk) == 50


async def test_an_emptied_number_is_nought_and_refused(stage_app: Open) -> None:
    """Only digits are taken in a number; without any it is nought, which the rules refuse once it is left."""
    async with stage_app(draft=with_rhk(RHK(kompetensi=TRAINING, target=4))) as u:
        await u.press("enter f6 up*2 ctrl+u 'x'")
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 0)
        await u.press("'1a2'")
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 12)


@pytest.mark.parametrize(("field", "cells"), [("uraian", 42), ("satuan", 24), ("bukti", 40)])
async def test_a_long_text_shows_its_end_in_a_field_of_its_width(stage_app: Open, field: str, cells: int) -> None:
    """While more is typed than fits, the end of it and the text cursor fill the field exactly."""
    draft = with_rhk(RHK(uraian="U", satuan="S", bukti="B", target=1))
    async with stage_app(draft=draft, place=(ANI.nama, "pengembangan_kompetensi", f"rhk/0/{field}")) as u:
        await u.press(f"'{'x' * 60}y'")
        shown = u.cursor.split()[-1]
        assert shown.endswith("xy")
        assert len(shown) == cells - 1


async def test_enter_in_the_last_target_goes_on(stage_app: Open) -> None:
    """From one target to the next, and from the last to 'Lanjut': a held Enter does not add one RHK after another."""
    two = with_rhk(RHK(kompetensi=TRAINING, target=4), RHK(uraian="Menulis", satuan="modul", bukti="modul", target=2))
    async with stage_app(draft=two, place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        await u.press("enter")
        assert u.cursor.startswith("Uraian RHK")
        await u.press("enter*4")
        assert u.cursor == "Lanjut ke 3 Tugas Tambahan"
        await u.press("enter")
        assert u.tab == "3 Tugas"


async def test_a_held_enter_adds_one_rhk(stage_app: Open) -> None:
    """Ten seconds of it: one is chosen, the rest goes on."""
    async with stage_app(draft=START, place=(ANI.nama, "pengembangan_kompetensi", "tambah")) as u:
        await press_at(u.pilot, "enter", 300, 1 / 30)
        plan = await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk)
        assert len(plan.pengembangan_kompetensi.rhk) == 1
