"""The panes without a screen, in the thrifty look: their rows as values, and what a key makes of the section.

What the full look adds is in `test_pane_full.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
from msgspec import structs
from textual.app import App, ComposeResult
from textual.message import Message

from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import judged
from pmm_tui.services.plan_session import PlanSession
from pmm_tui.services.plan_view import PlanView
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    RHK,
    DataDiri,
    KepalaSekolah,
    Masalah,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    Rapor,
    RencanaKinerja,
    Sekolah,
    Tugas,
    TugasTambahan,
)
from pmm_tui.skp.overview import REPEATS_RETURNED
from pmm_tui.skp.rules.content import MAX_RHK, MAX_TEXT
from pmm_tui.store import Store
from pmm_tui.tui.panes.data_diri import DataDiriPane, JenjangRow
from pmm_tui.tui.panes.pengembangan_kompetensi import PengembanganKompetensiPane, RhkField
from pmm_tui.tui.panes.perilaku_kerja import PerilakuKerjaPane
from pmm_tui.tui.panes.praktik_pembelajaran import PraktikPembelajaranPane
from pmm_tui.tui.panes.rangkuman import CaraRow, ProblemRow, RangkumanPane, SectionRow
from pmm_tui.tui.panes.rapor_pendidikan import RaporPendidikanPane
from pmm_tui.tui.panes.registry import first_section, plan_tabs
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.panes.tugas_tambahan import SkField, TugasRow, TugasTambahanPane
from pmm_tui.tui.widgets.look import choose_look
from pmm_tui.tui.widgets.rows import Button, Choice, Field, Heading, Item, Pair, Row, Text
from tests.tui.fake_services import RAPOR, SEKOLAH, FakeServices
from tests.tui.samples import ANI, BUDI, DEDI, TRAINING, full_plan, started_plan

pytestmark = pytest.mark.anyio
TODAY = date(2026, 1, 10)


def view(
    rencana: RencanaKinerja = RencanaKinerja(),  # noqa: B008  a frozen value
    *,
    pegawai: Pegawai = ANI,
    periode: str = "2026",
    sekolah: Sekolah = SEKOLAH,
    rapor: Rapor = RAPOR,
    katalog: Katalog | None = None,
    **more: Any,
) -> PlanView:
    """What a pane is given of a plan, judged."""
    in_force = InForce(katalog=(katalog or bundled()).for_periode(periode), periode=periode, sekolah=sekolah, rapor=rapor)
    found = in_force.katalog.find_periode(periode)
    assert found is not None
    line = judged(in_force, TODAY, pegawai, rencana, 1, None, newer=False)
    facts: dict[str, Any] = {"masalah": line.masalah, "skema": in_force.katalog.skema_periode(periode), "periode": found, **more}
    return PlanView(pegawai=pegawai, sekolah=sekolah, katalog=in_force.katalog, rapor=rapor, rencana=rencana, today=TODAY, **facts)


class Board(App[None]):
    """One pane alone; notes what it posts."""

    def __init__(self, pane: SectionPane[Any]) -> None:
        super().__init__()
        self.look = choose_look("hemat", False, True)
        self.pane = pane

    def compose(self) -> ComposeResult:
        yield self.pane


@asynccontextmanager
async def shown(pane: SectionPane[Any]) -> AsyncIterator[list[Message]]:
    """Mount a pane; the list holds what it has posted to its screen since."""
    told: list[Message] = []
    app = Board(pane)
    async with app.run_test(size=(80, 40)):
        usual = pane.post_message

        def post(message: Message) -> bool:
            if type(message).__qualname__.split(".")[0].endswith("Pane"):
                told.append(message)
                return True
            return usual(message)

        pane.post_message = post  # type: ignore[method-assign]
        yield told


def kinds(messages: Iterable[Message]) -> list[str]:
    """What was posted, as words; of a step with its direction."""
    return [f"{type(m).__name__}{getattr(m, 'direction', '')}" for m in messages]


def of_kind(rows: Iterable[Row], kind: Any) -> list[Any]:
    """The rows of one kind."""
    return [row for row in rows if isinstance(row, kind)]


def by_id(pane: SectionPane[Any], row_id: object) -> Any:
    """The row of an id."""
    return next(row for row in pane.build_rows() if getattr(row, "id", None) == row_id)


# ---- Data Diri


async def test_data_diri_shows_what_is_known() -> None:
    """Each fact has its row, what is missing is called so, and what is only suggested is marked as suggested."""
    pane = DataDiriPane(view())
    async with shown(pane):
        assert pane.first_row() == pane.cursor == "sesuai"
        assert [(row.label, row.text) for row in of_kind(pane.build_rows(), Pair)] == [
            ("Nama", ANI.nama),
            ("NIP", "19850714 201001 2 001"),
            ("NUPTK", "belum ada"),
            ("Status kepegawaian", "PNS"),
            ("Jenis PTK", "Guru Mapel"),
            ("Satuan pendidikan", "SMP Negeri 1 Khayalan · 69900001"),
            ("Pejabat penilai", "Dra. Nur'aini Batubara, M.Pd."),
        ]
        assert by_id(pane, "golongan") == Field("golongan", "Golongan", "III/c", width=12, limit=8, note="Pangkat: Penata")
        assert [(row.id.jenjang, row.chosen, row.right) for row in of_kind(pane.build_rows(), Choice)] == [
            ("ahli-pertama", False, ""),
            ("ahli-muda", True, "usulan"),
            ("ahli-madya", False, ""),
            ("ahli-utama", False, ""),
        ]
        assert Text("Jenjang jabatan (usulan menurut golongan, pilih yang benar)") in pane.build_rows()
        assert by_id(pane, "sesuai").right == ""
        pane.show(full_plan().data_diri)
        assert by_id(pane, "sesuai").right == "sudah dinyatakan"
        assert by_id(pane, JenjangRow("ahli-muda")).right == ""
        assert Text("Jenjang jabatan") in pane.build_rows()


async def test_data_diri_of_somebody_of_whom_little_is_known() -> None:
    """Nothing known of school or teacher is said in words, and doubts stand under the fact that they are about."""
    pane = DataDiriPane(view(pegawai=structs.replace(DEDI, nuptk="", jenis_ptk=""), sekolah=Sekolah()))
    async with shown(pane):
        rows = {row.label: row for row in of_kind(pane.build_rows(), Pair)}
        assert [rows[label].text for label in ("NIP", "NUPTK", "Jenis PTK")] == ["belum ada"] * 3
        assert [rows[label].text for label in ("Satuan pendidikan", "Pejabat penilai")] == ["belum diatur"] * 2
        status = rows["Status kepegawaian"]
        assert (status.text, status.note_style) == ("Guru Honor Sekolah", "warning")
        assert status.note.startswith("Guru non-ASN (Guru Honor Sekolah)")
        assert by_id(pane, "golongan").note == "Tulis misalnya III/c, atau IX untuk PPPK."
        doubts = (Masalah("x", "Salah.", "/data_diri/nip"), Masalah("y", "Aneh.", "/data_diri/nip", False))
        pane.adapt(structs.replace(pane.context, masalah=doubts))
        nip = of_kind(pane.build_rows(), Pair)[1]
        assert (nip.note, nip.note_style) == ("Salah.  Aneh.", "error")
    pane = DataDiriPane(view(sekolah=Sekolah(npsn="1", kepala_sekolah=KepalaSekolah(nama="Oka", plt=True))))
    async with shown(pane):
        assert [row.text for row in of_kind(pane.build_rows(), Pair)][-2:] == ["1", "Oka (Plt.)"]


async def test_data_diri_takes_back_what_was_confirmed_when_it_changes() -> None:
    """Another golongan or jenjang asks for the confirmation again; what the roster says is not written twice."""
    pane = DataDiriPane(view(full_plan()))
    async with shown(pane) as told:
        pane.typed("golongan", "iv/a")
        assert pane.read() == DataDiri(golongan="IV/a", jenjang_jabatan="ahli-muda")
        pane.typed("golongan", " aneh ")
        assert pane.read().golongan == "aneh"
        pane.typed("golongan", "III/c")
        assert pane.read().golongan == ""
        assert kinds(told) == ["Changed"] * 3
        told.clear()
        pane.press(JenjangRow("ahli-madya"), True)
        assert (pane.read(), pane.cursor) == (DataDiri(jenjang_jabatan="ahli-madya"), "sesuai")
        pane.press(JenjangRow("ahli-utama"), False)
        assert (pane.read().jenjang_jabatan, pane.cursor) == ("ahli-utama", JenjangRow("ahli-utama"))
        pane.press("sesuai", True)
        assert kinds(told) == ["Changed", "Changed", "ConfirmRequested"]


async def test_data_diri_keeps_the_confirmation_when_the_same_is_chosen() -> None:
    """The jenjang that stands already, or that the roster says, is no change."""
    pane = DataDiriPane(view(full_plan()))
    async with shown(pane) as told:
        pane.press(JenjangRow("ahli-muda"), True)
        assert (pane.read(), kinds(told)) == (full_plan().data_diri, [])
    pane = DataDiriPane(view(full_plan(), pegawai=structs.replace(ANI, jenjang_jabatan="ahli-madya")))
    async with shown(pane):
        pane.press(JenjangRow("ahli-madya"), False)
        assert pane.read() == DataDiri(golongan="III/c")


async def test_data_diri_writes_down_what_was_only_suggested() -> None:
    """Confirmed, golongan and jenjang are of the plan itself; the sentence for it leaves out what is not known."""
    pane = DataDiriPane(view())
    async with shown(pane):
        assert pane.declared() == DataDiri(golongan="III/c", jenjang_jabatan="ahli-muda", sesuai=True)
        assert pane.summary() == "Ani Lestari, S.Pd. · Penata, III/c · Guru Ahli Muda"
        assert pane.row_of("/data_diri/jenjang_jabatan") == JenjangRow("ahli-pertama")
        assert pane.row_of("/data_diri/golongan") == "golongan"
        assert str(JenjangRow("ahli-muda")) == "jenjang_jabatan/ahli-muda"
    pane = DataDiriPane(view(pegawai=DEDI))
    async with shown(pane):
        assert pane.summary() == "Dedi Kurnia"


# ---- Rapor Pendidikan and Praktik Pembelajaran


async def test_rapor_marks_what_is_recommended() -> None:
    """Each indicator stands in its component with its level in words, sign and colour; a star marks the recommended."""
    pane = RaporPendidikanPane(view())
    async with shown(pane) as told:
        rows = {row.text: (row.right, row.right_style) for row in of_kind(pane.build_rows(), Text)}
        assert rows["* Penerapan Disiplin Positif"] == ("Kurang #..", "error")
        assert rows["* Umpan Balik Konstruktif"] == ("Sedang ##.", "warning")
        assert rows["  Keteraturan Suasana Kelas"] == ("Baik   ###", "good")
        assert "* direkomendasikan" in rows
        assert pane.build_rows()[0] == Heading("Rapor Pendidikan · D.1 Kualitas pembelajaran", SEKOLAH.nama)
        assert pane.build_rows()[-1] == Button("dimengerti", "Saya mengerti", main=True)
        pane.press("dimengerti", True)
        assert (pane.read().dimengerti, kinds(told)) == (True, ["Changed", "StepRequested1"])
    pane = RaporPendidikanPane(view(rapor=Rapor()))
    async with shown(pane):
        texts = of_kind(pane.build_rows(), Text)
        assert texts[0].text.startswith("Rapor belum diambil dari server.")
        assert {row.right for row in texts[1:]} == {"", "belum ada data"}
        assert not [row for row in texts if "*" in row.text]


async def test_praktik_offers_the_recommended_first() -> None:
    """The others come behind a button, unless nothing is recommended or one of them is chosen already."""
    pane = PraktikPembelajaranPane(view())
    async with shown(pane):
        assert [row.right for row in of_kind(pane.build_rows(), Choice)] == ["Kurang #..", "Sedang ##.", "Kurang #.."]
        assert pane.first_row() == of_kind(pane.build_rows(), Choice)[0].id
        assert of_kind(pane.build_rows(), Heading) == [Heading("Pilih satu indikator Praktik Kinerja")]
        assert of_kind(pane.build_rows(), Button) == [Button("lainnya", "Lihat indikator lainnya")]
        pane.press("lainnya", True)
        choices = of_kind(pane.build_rows(), Choice)
        assert (len(choices), pane.cursor) == (8, choices[3].id)
        assert Text("Indikator lainnya", "dim") in pane.build_rows()
        assert not of_kind(pane.build_rows(), Button)
    for other in (
        view(rapor=Rapor()),
        view(RencanaKinerja(praktik_pembelajaran=PraktikPembelajaran(indikator=("instruksi-pembelajaran",)))),
    ):
        pane = PraktikPembelajaranPane(other)
        async with shown(pane):
            assert len(of_kind(pane.build_rows(), Choice)) == 8
            assert pane.row_of("/praktik_pembelajaran/indikator") == pane.first_row()


async def test_praktik_is_one_choice_or_several_by_the_scheme() -> None:
    """One takes the place of the other; of several, Enter goes on when they are enough, and Space takes one back."""
    pane = PraktikPembelajaranPane(view())
    async with shown(pane) as told:
        first, second, third = (row.id for row in of_kind(pane.build_rows(), Choice))
        pane.press(first, False)
        assert (pane.read().indikator, kinds(told)) == ((first.indikator,), ["Changed"])
        assert "Komponen : " in "".join(row.text for row in of_kind(pane.build_rows(), Text))
        pane.press(second, True)
        assert (pane.read().indikator, kinds(told)[1:]) == ((second.indikator,), ["Changed", "StepRequested1"])
    several = structs.replace(view().skema, indikator_min=2, indikator_maks=3)
    pane = PraktikPembelajaranPane(view(skema=several))
    async with shown(pane) as told:
        assert of_kind(pane.build_rows(), Heading) == [Heading("Pilih indikator")]
        assert {row.tick for row in of_kind(pane.build_rows(), Choice)} == {True}
        pane.press(third, True)
        assert kinds(told) == ["Changed"]
        pane.press(first, True)
        assert (pane.read().indikator, kinds(told)) == (
            (first.indikator, third.indikator),
            ["Changed", "Changed", "StepRequested1"],
        )
        pane.press(first, True)
        assert pane.read().indikator == (first.indikator, third.indikator)
        pane.press(first, False)
        assert pane.read().indikator == (third.indikator,)


# ---- Pengembangan Kompetensi


def kompetensi(*rhk: RHK, periode: str = "2024-1", **more: Any) -> PengembanganKompetensiPane:
    """The pane over these RHK, in a period that counts points."""
    return PengembanganKompetensiPane(view(started_plan().with_section(PengembanganKompetensi(rhk=rhk)), periode=periode, **more))


async def test_kompetensi_has_a_field_for_all_that_can_be_typed() -> None:
    """An RHK of the catalogue has its target alone, one outside of it all five; numbers take only so many digits."""
    pane = kompetensi(RHK(kompetensi=TRAINING, target=4), RHK(uraian="Menulis", satuan="modul", bukti="Naskah", poin=12, target=0))
    async with shown(pane):
        fields = of_kind(pane.build_rows(), Field)
        assert [(str(f.id), f.label, f.value, f.width, f.limit, f.digits, f.indent) for f in fields] == [
            ("rhk/0/target", "Target kuantitas", "4", 5, 2, True, 2),
            ("rhk/1/uraian", "Uraian RHK", "Menulis", 48, MAX_TEXT, False, 2),
            ("rhk/1/satuan", "Satuan", "modul", 24, MAX_TEXT, False, 2),
            ("rhk/1/bukti", "Bukti", "Naskah", 40, MAX_TEXT, False, 2),
            ("rhk/1/poin", "Poin per satuan", "12", 5, 3, True, 2),
            ("rhk/1/target", "Target kuantitas", "", 5, 2, True, 2),
        ]
        assert fields[0].note.endswith(" · 8 poin x 4 = 32 poin")
        assert fields[-1].note == "satuan: modul · bukti: Naskah · 12 poin x 0 = 0 poin"
        assert of_kind(pane.build_rows(), Heading)[0].right == "2 RHK · total 32 poin (dianjurkan 32–128)"
        assert [row.text.split()[0] for row in of_kind(pane.build_rows(), Text)] == ["1.", "2."]
        assert [row.id for row in of_kind(pane.build_rows(), Button)] == ["tambah", "bebas", "lanjut"]
        assert pane.first_row() == "tambah"
    pane = kompetensi(RHK(uraian="Menulis"), RHK(kompetensi=TRAINING, target=99999), periode="2026")
    async with shown(pane):
        assert [str(f.id) for f in of_kind(pane.build_rows(), Field)][3:] == ["rhk/0/target", "rhk/1/target"]
        assert by_id(pane, RhkField(0, "target")).note == "satuan: - · bukti: -"
        assert by_id(pane, RhkField(1, "target")).value == "9999"
        assert of_kind(pane.build_rows(), Heading)[0].right == "2 RHK"


async def test_kompetensi_takes_what_is_typed_into_its_own_rhk() -> None:
    """A number that was emptied is 0; the other RHK stay as they are."""
    pane = kompetensi(RHK(kompetensi=TRAINING, target=4), RHK(uraian="Menulis", poin=12, target=1))
    async with shown(pane) as told:
        pane.typed(RhkField(1, "poin"), "7")
        pane.typed(RhkField(1, "satuan"), "modul")
        pane.typed(RhkField(0, "target"), "")
        assert pane.read().rhk == (RHK(kompetensi=TRAINING, target=0), RHK(uraian="Menulis", satuan="modul", poin=7, target=1))
        pane.typed("tambah", "x")
        assert len(told) == 3


async def test_kompetensi_adds_until_there_are_enough() -> None:
    """A new one gets the cursor in its first field; one that is there already, and one too many, are refused in words."""
    pane = kompetensi()
    async with shown(pane) as told:
        assert Text("Belum ada RHK.", "dim") in pane.build_rows()
        assert pane.add(pane.new_rhk(TRAINING)) == ""
        assert (pane.read().rhk, pane.cursor) == ((RHK(kompetensi=TRAINING, target=1),), RhkField(0, "target"))
        assert pane.add(RHK(kompetensi=TRAINING, target=3)) == "RHK itu sudah ada di rencana ini."
        pane.press("bebas", True)
        assert (len(pane.read().rhk), pane.cursor) == (2, RhkField(1, "uraian"))
        for number in range(2, MAX_RHK):
            assert pane.add(RHK(uraian=f"nomor {number}")) == ""
        assert pane.add(RHK(uraian="lagi")) == f"RHK paling banyak {MAX_RHK}."
        assert len(pane.read().rhk) == MAX_RHK
        told.clear()
        pane.press("tambah", True)
        pane.press("lanjut", True)
        assert kinds(told) == ["AddRequested", "StepRequested1"]


async def test_kompetensi_takes_away_the_one_under_the_cursor() -> None:
    """The cursor goes to its neighbour, or to the button when none is left; on a button nothing is taken away."""
    pane = kompetensi(RHK(uraian="a", target=1), RHK(uraian="b", target=2), RHK(uraian="c", target=3))
    async with shown(pane):
        assert pane.remove_rhk() == 0
        pane.go_to(RhkField(1, "uraian"))
        assert pane.remove_rhk() == 2
        assert ([r.uraian for r in pane.read().rhk], pane.cursor) == (["a", "c"], RhkField(1, "target"))
        assert pane.remove_rhk() == 2
        assert ([r.uraian for r in pane.read().rhk], pane.cursor) == (["a"], RhkField(0, "target"))
        assert pane.remove_rhk() == 1
        assert (pane.read().rhk, pane.cursor) == ((), "tambah")


async def test_kompetensi_leads_to_the_field_of_a_problem() -> None:
    """A whole RHK means its first field, the list or one that is not there the button."""
    pane = kompetensi(RHK(kompetensi=TRAINING), RHK(uraian="b"))
    async with shown(pane):
        places = ("rhk/1/poin", "rhk/1", "rhk/0", "rhk", "rhk/2", "rhk/1/po")
        found = [pane.row_of(f"/pengembangan_kompetensi/{place}") for place in places]
        assert [str(row_id) for row_id in found] == ["rhk/1/poin", "rhk/1/uraian", "rhk/0/target", "tambah", "tambah", "tambah"]
    closed = structs.replace(bundled().kompetensi_umum, izinkan_rhk_bebas=False)
    pane = kompetensi(katalog=structs.replace(bundled(), kompetensi_umum=closed))
    async with shown(pane):
        assert [row.id for row in of_kind(pane.build_rows(), Button)] == ["tambah", "lanjut"]


async def test_a_field_complains_only_after_it_was_left() -> None:
    """While it was not visited, and while the cursor is on it, it says what it means; then what is wrong with it."""
    pane = kompetensi(RHK(kompetensi=TRAINING, target=0), RHK(uraian="b", target=1))
    field = RhkField(0, "target")
    async with shown(pane):
        assert by_id(pane, field).note_style == "dim"
        pane.go_to(field)
        assert by_id(pane, field).note_style == "dim"
        pane.go_to("tambah")
        complaint = next(m for m in pane.context.masalah if m.pointer == "/pengembangan_kompetensi/rhk/0/target")
        assert (by_id(pane, field).note, by_id(pane, field).note_style) == (complaint.pesan, "error")
        pane.adapt(structs.replace(pane.context, masalah=(structs.replace(complaint, halang=False),)))
        assert by_id(pane, field).note_style == "warning"
        pane.adapt(structs.replace(pane.context, masalah=()))
        assert by_id(pane, field).note_style == "dim"


# ---- Tugas Tambahan


def tugas(section: TugasTambahan = TugasTambahan(), **more: Any) -> TugasTambahanPane:  # noqa: B008  a frozen value
    """The pane over a section."""
    return TugasTambahanPane(view(started_plan().with_section(section), **more))


async def test_tugas_groups_what_is_offered() -> None:
    """Proposed ones come first, then those of the school's kind by group, at last what is in the plan and on no list."""
    pane = tugas(TugasTambahan(tugas=(Tugas(tugas="tak-dikenal"),)), pegawai=BUDI)
    async with shown(pane):
        rows = pane.build_rows()
        assert rows[0] == Heading("Tugas tambahan menurut SK", "SMP, JP/minggu")
        assert of_kind(rows, Text) == [
            Text("SK tidak diunggah; kepala sekolah mengonfirmasi bahwa dokumennya ada.", "dim"),
            Text("* Dapodik mencatat: Wali Kelas. Pilih bila sesuai SK.", "accent"),
            Text("Tugas tambahan utama", "dim"),
            Text("Tugas tambahan lain", "dim"),
            Text("Tidak ada di jenjang atau katalog ini", "dim"),
        ]
        choices = of_kind(rows, Choice)
        assert [str(choice.id) for choice in (choices[0], choices[1], choices[-1])] == [
            "tidak_ada", "tugas/wali-kelas", "tugas/tak-dikenal",
        ]  # fmt: skip
        kinds_offered = {t.id: t for t in bundled().for_periode("2026").tugas_jenjang("SMP")}
        assert {choice.id.tugas for choice in choices[1:-1]} == set(kinds_offered)
        assert all(c.right == (f"{kinds_offered[c.id.tugas].jp} JP" if kinds_offered[c.id.tugas].jp else "") for c in choices[1:-1])
        assert {(choice.tick, choice.right_style) for choice in choices[1:]} == {(True, "dim")}
        assert [choice.chosen for choice in choices].count(True) == 1
    pane = tugas(pegawai=structs.replace(BUDI, tugas_tambahan="Wakil Kepala Sekolah"))
    async with shown(pane):
        offered = [choice.id.tugas for choice in of_kind(pane.build_rows(), Choice)[1:]]
        assert (offered[0], offered.count("wakil-kepala"), len(offered)) == ("wakil-kepala", 1, len(kinds_offered))
    pane = tugas(sekolah=Sekolah())
    async with shown(pane):
        assert pane.build_rows()[0] == Heading("Tugas tambahan menurut SK", "JP/minggu")


async def test_tugas_begins_where_something_is_to_be_said() -> None:
    """At what is chosen, else at what Dapodik proposes, else at none; having said none counts as said."""
    chosen = TugasTambahan(tugas=(Tugas(tugas="guru-piket"),))
    for section, pegawai, first in (
        (chosen, BUDI, TugasRow("guru-piket")),
        (TugasTambahan(), BUDI, TugasRow("wali-kelas")),
        (TugasTambahan(tidak_ada=True), BUDI, "tidak_ada"),
        (TugasTambahan(), ANI, "tidak_ada"),
    ):
        pane = tugas(section, pegawai=pegawai)
        async with shown(pane):
            assert pane.first_row() == pane.cursor == first


async def test_tugas_has_the_fields_of_the_sk_of_each_that_is_chosen() -> None:
    """Number and date, indented, with an example; a date that is wrong is complained about when it was left."""
    pane = tugas(TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="1"), Tugas(tugas="guru-piket", tanggal_sk="kemarin"))))
    async with shown(pane):
        fields = of_kind(pane.build_rows(), Field)
        assert [(str(f.id), f.label, f.value, f.width, f.limit, f.indent) for f in fields] == [
            ("nomor_sk/wali-kelas", "Nomor SK", "1", 36, 100, 4),
            ("tanggal_sk/wali-kelas", "Tanggal SK", "", 18, 20, 4),
            ("nomor_sk/guru-piket", "Nomor SK", "", 36, 100, 4),
            ("tanggal_sk/guru-piket", "Tanggal SK", "kemarin", 18, 20, 4),
        ]
        assert {(f.note, f.note_style) for f in fields[1::2]} == {("misalnya 15-07-2026; boleh kosong", "dim")}
        assert by_id(pane, TugasRow("wali-kelas")).note == "RHK: Terlaksananya tugas sebagai Wali kelas"
        pane.go_to(SkField("guru-piket", "tanggal_sk"))
        pane.go_to("lanjut")
        assert by_id(pane, SkField("guru-piket", "tanggal_sk")).note_style == "error"
        assert by_id(pane, SkField("wali-kelas", "tanggal_sk")).note_style == "dim"


async def test_tugas_is_ticked_and_unticked() -> None:
    """Enter stays on a duty; on none it goes on. None and duties exclude each other."""
    pane = tugas()
    async with shown(pane) as told:
        pane.press(TugasRow("wali-kelas"), True)
        pane.press(TugasRow("wakil-kepala"), True)
        assert [t.tugas for t in pane.read().tugas] == ["wakil-kepala", "wali-kelas"]
        assert (pane.cursor, kinds(told)) == (TugasRow("wakil-kepala"), ["Changed"] * 2)
        pane.press(TugasRow("wakil-kepala"), False)
        assert [t.tugas for t in pane.read().tugas] == ["wali-kelas"]
        told.clear()
        pane.press("tidak_ada", False)
        assert (pane.read(), kinds(told)) == (TugasTambahan(tidak_ada=True), ["Changed"])
        pane.press("tidak_ada", False)
        assert pane.read() == TugasTambahan()
        pane.press("tidak_ada", True)
        pane.press("tidak_ada", True)
        assert (pane.read(), kinds(told)) == (
            TugasTambahan(tidak_ada=True),
            ["Changed", "Changed", "Changed", "StepRequested1", "StepRequested1"],
        )
        pane.press(TugasRow("wali-kelas"), False)
        assert pane.read() == TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),))
        told.clear()
        pane.press("lanjut", True)
        assert kinds(told) == ["StepRequested1"]


async def test_tugas_is_one_alone_where_the_catalogue_says_so() -> None:
    """Then a second takes the place of the first."""
    alone = structs.replace(bundled().tugas_tambahan_umum, boleh_lebih_dari_satu=False)
    pane = tugas(katalog=structs.replace(bundled(), tugas_tambahan_umum=alone))
    async with shown(pane):
        pane.press(TugasRow("wali-kelas"), True)
        pane.press(TugasRow("wakil-kepala"), True)
        assert pane.read() == TugasTambahan(tugas=(Tugas(tugas="wakil-kepala"),))


async def test_tugas_keeps_a_date_in_one_form_as_it_is_typed() -> None:
    """What can be read as a date is kept as one, of that duty alone; its field has the letters until it is left, then the date."""
    pane = tugas(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"), Tugas(tugas="guru-piket"))))
    async with shown(pane) as told:
        field = SkField("guru-piket", "tanggal_sk")
        for typed, kept, shown_then in (("2/1/26", "2026-01-02", "02-01-2026"), ("kemarin", "kemarin", "kemarin")):
            pane.go_to(field)
            pane.typed(field, typed)
            assert [t.tanggal_sk for t in pane.read().tugas] == ["", kept]
            assert by_id(pane, field).value == typed
            pane.go_to("lanjut")
            assert [t.tanggal_sk for t in pane.read().tugas] == ["", kept]
            assert by_id(pane, field).value == shown_then
        assert len(told) == 2
        pane.typed(SkField("wali-kelas", "nomor_sk"), "2-1-2026")
        pane.go_to(SkField("wali-kelas", "nomor_sk"))
        pane.go_to("lanjut")
        assert [t.nomor_sk for t in pane.read().tugas] == ["2-1-2026", ""]
        pane.typed("lanjut", "x")
        assert len(told) == 3


async def test_tugas_leads_to_the_row_of_a_problem() -> None:
    """Problems count the duties of the plan; what counts none of them means the first row."""
    pane = tugas(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"), Tugas(tugas="guru-piket"))))
    async with shown(pane):
        for pointer, row_id in (
            ("tugas/1/tanggal_sk", "tanggal_sk/guru-piket"),
            ("tugas/1", "tugas/guru-piket"),
            ("tugas/0", "tugas/wali-kelas"),
            ("tugas/2", "tidak_ada"),
            ("tugas/x", "tidak_ada"),
            ("tugas", "tidak_ada"),
            ("tugas/0/lain", ""),
            ("lain/0", "tidak_ada"),
        ):
            assert str(pane.row_of(f"/tugas_tambahan/{pointer}")) == row_id, pointer


# ---- Perilaku Kerja


def perilaku(*indikator: str, periode: str = "2026", **more: Any) -> PerilakuKerjaPane:
    """The pane over a choice."""
    return PerilakuKerjaPane(view(started_plan().with_section(PerilakuKerja(indikator=indikator)), periode=periode, **more))


IDS = [[f"{value.id}/{item.id}" for item in value.indikator] for value in bundled().perilaku]
EVERY = [value[0] for value in IDS]


@pytest.mark.parametrize(
    ("periode", "heading"),
    [("2026", "Pilih 1–3 indikator per nilai, paling sedikit 1 nilai"), ("2024-1", "Pilih 1 indikator untuk setiap nilai")],
)
async def test_perilaku_says_how_many(periode: str, heading: str) -> None:
    """The heading says how many of how many values, and counts those that have something."""
    pane = perilaku(IDS[0][0], IDS[0][1], IDS[2][0], periode=periode)
    async with shown(pane):
        assert of_kind(pane.build_rows(), Heading) == [Heading(heading, "2 dari 7 nilai terisi")]
        choices = of_kind(pane.build_rows(), Choice)
        assert [row.id for row in choices] == [item for value in IDS for item in value]
        assert [row.id for row in choices if row.chosen] == [IDS[0][0], IDS[0][1], IDS[2][0]]
        assert {row.tick for row in choices} == {periode == "2026"}
        assert pane.first_row() == pane.cursor == IDS[1][0]
        assert pane.row_of("/perilaku_kerja/akuntabel") == IDS[1][0]
        assert pane.row_of("/perilaku_kerja") == pane.first_row()


async def test_perilaku_takes_as_many_of_a_value_as_the_scheme_allows() -> None:
    """Enter chooses and goes on to the next value, Space stays and takes back; more than allowed are not taken."""
    pane = perilaku(skema=structs.replace(view().skema, perilaku_per_nilai_maks=2))
    async with shown(pane) as told:
        assert {row.tick for row in of_kind(pane.build_rows(), Choice)} == {True}
        pane.press(IDS[0][1], True)
        assert (pane.read().indikator, pane.cursor) == ((IDS[0][1],), IDS[1][0])
        pane.press(IDS[0][0], False)
        assert (pane.read().indikator, pane.cursor) == ((IDS[0][0], IDS[0][1]), IDS[0][0])
        pane.press(IDS[0][2], False)
        assert pane.read().indikator == (IDS[0][0], IDS[0][1])
        pane.press(IDS[0][1], True)
        assert pane.read().indikator == (IDS[0][0], IDS[0][1])
        pane.press(IDS[0][1], False)
        assert pane.read().indikator == (IDS[0][0],)
        assert "StepRequested1" not in kinds(told)
        pane.press(IDS[-1][2], True)
        assert (pane.read().indikator, pane.cursor, kinds(told)[-1]) == ((IDS[0][0], IDS[-1][2]), "lanjut", "StepRequested1")
        told.clear()
        pane.press("lanjut", True)
        assert kinds(told) == ["StepRequested1"]


async def test_perilaku_of_one_a_value_is_exchanged() -> None:
    """Where one is allowed the second takes the place of the first, of the same value alone."""
    pane = perilaku(*EVERY, periode="2024-1")
    async with shown(pane):
        assert pane.first_row() == "lanjut"
        pane.press(IDS[1][2], False)
        assert pane.read().indikator == (*EVERY[:1], IDS[1][2], *EVERY[2:])


# ---- Rangkuman


async def test_rangkuman_tells_what_is_left_to_do() -> None:
    """Problems that stop come with their count, warnings with what then is to be done; each leads to its field."""
    pane = RangkumanPane(view(started_plan(), periode="2024-1"))
    async with shown(pane):
        problems = [m for m in pane.context.masalah if m.pointer != "/rangkuman/dikonfirmasi_guru"]
        stopping = sum(m.halang for m in problems)
        assert pane.build_rows()[1] == Text(f"{stopping} masalah (!) harus diselesaikan, lalu konfirmasi guru", "error")
        assert [row.id for row in of_kind(pane.build_rows(), Item)][: len(problems)] == [
            ProblemRow(m.pointer, number) for number, m in enumerate(problems)
        ]
        assert pane.first_row() == pane.cursor == ProblemRow(next(m.pointer for m in problems if m.halang), 0)
        pane.press("lanjut", True)
        assert pane.cursor == pane.first_row()
    warned = (Masalah("x", "Aneh.", "/tugas_tambahan", False),)
    for confirmation, sentence in (
        (False, "Lengkap; periksa peringatan, lalu minta konfirmasi guru"),
        (True, "Lengkap; periksa peringatan"),
    ):
        pane = RangkumanPane(view(full_plan(confirmation=confirmation), masalah=warned))
        async with shown(pane):
            assert pane.build_rows()[1] == Text(sentence, "warning")
            assert pane.first_row() == ("lanjut" if confirmation else "dikonfirmasi_guru")
    for code, first in ((REPEATS_RETURNED, ProblemRow("/tugas_tambahan", 0)), ("x", "dikonfirmasi_guru")):  # not mended, mended
        only = (Masalah(code, "Aneh.", "/tugas_tambahan", False),)
        pane = RangkumanPane(structs.replace(view(full_plan(confirmation=False), masalah=only), returned=True))
        async with shown(pane):
            assert pane.first_row() == first
    pane = RangkumanPane(view(full_plan(), masalah=(Masalah("x", "Salah.", "/tugas_tambahan"),)))
    async with shown(pane):
        assert pane.build_rows()[1] == Text("1 masalah (!) harus diselesaikan", "error")


async def test_rangkuman_is_the_whole_plan() -> None:
    """Each section under its heading, which leads to it; what is empty is called so."""
    rencana = structs.replace(
        full_plan(),
        pengembangan_kompetensi=PengembanganKompetensi(
            rhk=(RHK(kompetensi=TRAINING, target=4), RHK(uraian="Menulis", target=2, satuan="modul", poin=3))
        ),
        tugas_tambahan=TugasTambahan(
            tugas=(Tugas(tugas="wali-kelas", nomor_sk="7", tanggal_sk="2026-01-02"), Tugas(tugas="lain", tanggal_sk="kemarin"))
        ),
    )
    pane = RangkumanPane(view(rencana, periode="2024-1", masalah=()))
    async with shown(pane):
        texts = [(row.text, row.indent) for row in of_kind(pane.build_rows(), Text)]
        assert texts[1][0].startswith("1. Meningkatnya kompetensi melalui peran sebagai peserta pelatihan mandiri")
        assert texts[1][0].endswith(" · 4 pelatihan · 32 poin")
        assert texts[2:5] == [
            ("2. Menulis [di luar katalog] · 2 modul · 6 poin", 2),
            ("Terlaksananya tugas sebagai Wali kelas · SK 7 2 Januari 2026", 2),
            ("lain · SK kemarin", 2),
        ]
        assert [(row.id, row.label, row.style) for row in of_kind(pane.build_rows(), Item)[:4]] == [
            (SectionRow("praktik_pembelajaran"), "Praktik Pembelajaran", "strong"),
            (
                SectionRow("pengembangan_kompetensi"),
                "Pengembangan Kompetensi · 38 poin (dianjurkan 32–128)",
                "strong",
            ),
            (SectionRow("tugas_tambahan"), "Tugas Tambahan", "strong"),
            (SectionRow("perilaku_kerja"), "Perilaku Kerja", "strong"),
        ]
        assert {text.partition(":")[0]: indent for text, indent in texts[5:]} == {v.label: 2 for v in bundled().perilaku}
        assert texts[0] == ("Meningkatnya kualitas pembelajaran pada indikator Penerapan Disiplin Positif", 2)
    pane = RangkumanPane(view(masalah=()))
    async with shown(pane):
        assert of_kind(pane.build_rows(), Text) == [Text("belum diisi", "dim", 2)] * 4
        assert [row.label for row in of_kind(pane.build_rows(), Item)][1] == "Pengembangan Kompetensi"
    pane = RangkumanPane(view(full_plan(), masalah=()))
    async with shown(pane):
        assert Text("Tidak ada tugas tambahan", indent=2) in pane.build_rows()


async def test_rangkuman_goes_from_confirmation_to_submission() -> None:
    """Space confirms and stays, Enter only moves on; Lanjut makes way for Ajukan, which says to whom."""
    pane = RangkumanPane(view(full_plan(confirmation=False), masalah=(), server="pmm.id"))
    async with shown(pane) as told:
        said = Rangkuman(dikonfirmasi_guru=True, cara="layar", tanggal=TODAY.isoformat())
        pane.press("dikonfirmasi_guru", True)
        assert (pane.read(), pane.cursor) == (Rangkuman(), "lanjut")
        pane.go_to("dikonfirmasi_guru")
        pane.press("dikonfirmasi_guru", False)
        assert (pane.read(), pane.cursor) == (said, "dikonfirmasi_guru")
        pane.press("dikonfirmasi_guru", False)
        assert pane.read() == Rangkuman()
        pane.press("dikonfirmasi_guru", False)
        pane.press("dikonfirmasi_guru", True)
        assert (pane.read(), pane.cursor) == (said, "lanjut")
        pane.press(CaraRow("kertas"), False)
        assert (pane.read().cara, pane.cursor) == ("kertas", CaraRow("kertas"))
        pane.press(CaraRow("pesan"), True)
        assert (pane.read().cara, pane.cursor) == ("pesan", "lanjut")
        pane.go_to("tanggal")
        pane.typed("tanggal", "3-1-2026")
        pane.go_to("lanjut")
        assert pane.read() == structs.replace(said, cara="pesan", tanggal="2026-01-03")
        pane.show(full_plan().rangkuman)
        pane.adapt(structs.replace(pane.context, rencana=full_plan()))
        pane.press("lanjut", True)
        assert (pane.cursor, by_id(pane, "ajukan").note) == ("ajukan", "kepada Dra. Nur'aini Batubara, M.Pd., lewat pmm.id")
        pane.go_to("dikonfirmasi_guru")
        pane.press("dikonfirmasi_guru", True)
        assert pane.cursor == "ajukan"
        told.clear()
        for row_id in ("ajukan", "daftar", SectionRow("tugas_tambahan"), ProblemRow("/a/b", 0)):
            pane.press(row_id, True)
        assert kinds(told) == ["SubmitRequested", "LeaveRequested", "JumpRequested", "JumpRequested"]
        assert [getattr(message, "pointer", "") for message in told[2:]] == ["/tugas_tambahan", "/a/b"]
        told.clear()
        pane.edge(1)
        pane.edge(-1)
        assert kinds(told) == ["StepRequested-1"]
        pane.adapt(structs.replace(pane.context, rencana=full_plan(5, confirmation=False)))
        assert "lanjut" in [row.id for row in of_kind(pane.build_rows(), Button)]
        assert pane.row_of("/rangkuman/dikonfirmasi_guru") == "dikonfirmasi_guru"


async def test_rangkuman_of_a_plan_that_was_submitted() -> None:
    """It says how the plan stands and leads back to the list; one that was sent back says so at the top."""
    pane = RangkumanPane(view(full_plan(), masalah=(), submitted=True, status="Antre."))
    async with shown(pane):
        assert of_kind(pane.build_rows(), Text)[-1] == Text("Antre.", "accent")
        assert of_kind(pane.build_rows(), Button)[-1] == Button("daftar", "Kembali ke Daftar Guru")
        assert pane.first_row() == "daftar"
    pane = RangkumanPane(view(full_plan(), masalah=(), status="Dikembalikan."))
    async with shown(pane):
        assert pane.build_rows()[:2] == (Heading("Rangkuman"), Text("Dikembalikan.", "warning"))
    nobody = structs.replace(SEKOLAH, kepala_sekolah=KepalaSekolah())
    pane = RangkumanPane(view(full_plan(), masalah=(), sekolah=nobody))
    async with shown(pane):
        pane.press("lanjut", True)
        assert by_id(pane, "ajukan").note == "kepada kepala sekolah, lewat server (belum diatur)"


# ---- what all panes share


async def test_a_pane_tells_of_a_change_once_and_is_painted_when_it_was_heard() -> None:
    """An equal section is no change; while the screen has not heard of one, nothing new is painted."""
    pane = kompetensi(RHK(kompetensi=TRAINING, target=4))
    async with shown(pane) as told:
        section = pane.read()
        pane.replace(section)
        pane.take_typed(section)
        assert kinds(told) == []
        rows = pane.rows
        changed = PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING, target=5),))
        pane.go_to(RhkField(0, "target"))
        pane.take_typed(changed)
        assert [getattr(message, "group", None) for message in told] == ["pengembangan_kompetensi:rhk/0/target"]
        pane.rebuild_rows()
        assert by_id(pane, RhkField(0, "target")).value == "5"
        assert next(row for row in pane.rows if isinstance(row, Field)).value == "4"
        assert len(pane.rows) == len(rows)
        pane.release()
        pane.rebuild_rows()
        assert next(row for row in pane.rows if isinstance(row, Field)).value == "5"
        pane.show(section)
        assert pane.read() == section
        pane.display = False
        pane.adapt(view(periode="2026"))
        assert of_kind(pane.rows, Heading)[0].right.startswith("1 RHK · total")
        pane.display = True
        pane.adapt(view(periode="2026"))
        assert of_kind(pane.rows, Heading)[0].right == "1 RHK"
        pane.edge(-1)
        assert kinds(told) == ["Changed", "StepRequested-1"]


async def test_a_pane_goes_to_a_place_that_is_remembered() -> None:
    """A problem's pointer goes before; where its row is not there the pane begins; an unknown place moves nothing."""
    pane = tugas(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),)))
    async with shown(pane):
        pane.go_to_place("nomor_sk/wali-kelas")
        assert pane.cursor == SkField("wali-kelas", "nomor_sk")
        pane.go_to_place("tidak dikenal")
        assert pane.cursor == SkField("wali-kelas", "nomor_sk")
        pane.go_to_place("lanjut", "/tugas_tambahan/tugas/0/tanggal_sk")
        assert pane.cursor == SkField("wali-kelas", "tanggal_sk")
        pane.go_to_place("", "/tugas_tambahan/tugas/0/lain")
        assert pane.cursor == pane.first_row() == TugasRow("wali-kelas")


async def test_tabs_are_marked_by_what_is_in_the_plan(store: Store) -> None:
    """Right ones have their tick; wrong ones an exclamation mark once they were opened or touched, but not the open one."""
    store.roster.write([ANI])
    (ani,) = store.roster.all()
    outside = FakeServices(store)
    session = PlanSession(outside, outside.in_force(), ani, lambda _: None, lambda _: None)
    skema = session.view().skema
    assert [(tab.id, tab.mark) for tab in plan_tabs(session, "data_diri", (), skema, thrifty=True)] == [
        ("data_diri", ""),
        ("rapor_pendidikan", ""),
        ("", ""),
    ]
    assert [tab.mark for tab in plan_tabs(session, "rapor_pendidikan", ("data_diri", "rapor_pendidikan"), skema, thrifty=True)] == [
        "problem",
        "",
        "",
    ]
    session.edit(full_plan().praktik_pembelajaran)
    session.edit(TugasTambahan(tugas=(Tugas(tugas="wali-kelas", tanggal_sk="kemarin"),)))
    marks = {tab.id: tab.mark for tab in plan_tabs(session, "rangkuman", ("pengembangan_kompetensi",), skema, thrifty=True)}
    assert marks == {
        "praktik_pembelajaran": "ok",
        "pengembangan_kompetensi": "problem",
        "tugas_tambahan": "problem",
        "perilaku_kerja": "",
        "rangkuman": "",
    }
    assert first_section(session.line.masalah) == "data_diri"
    session.edit(full_plan().data_diri)
    assert first_section(session.line.masalah) == "rapor_pendidikan"
    session.edit(full_plan().rapor_pendidikan)
    assert first_section(session.line.masalah) == "pengembangan_kompetensi"
    assert first_section(()) == first_section((Masalah("x", "X.", "/tugas_tambahan", False),)) == "rangkuman"
    session.force_save()
