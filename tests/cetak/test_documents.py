"""The documents as blocks: golden ones, and what every page has to say of itself.

Run this file with `--snapshot-update` to write the golden ones anew, and look at the difference before it is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.cetak.document import Code, Document, Signatures, Table, texts_of
from pmm_tui.cetak.entry_sheet import copy_text, entry_sheet
from pmm_tui.cetak.making import LISTS, document_of
from pmm_tui.cetak.reading_sheet import reading_sheet
from pmm_tui.cetak.receipt_sheet import receipt_sheet
from pmm_tui.cetak.skp_form import skp_document
from pmm_tui.skp.finding import Finding
from pmm_tui.skp.model import (
    Atasan,
    KepalaSekolah,
    Masalah,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    RencanaKinerja,
    TugasTambahan,
)
from pmm_tui.skp.plan_state import State
from tests.cetak.samples import MANY, NAMES, PLAN, RECEIPT, SCHOOL, UNCONFIRMED, drawn, paper

GOLDEN = Path(__file__).parent / "golden"
OF_EACH = ("skp", "paraf", "isian", "tanda-terima")
PEOPLE = (
    paper(nama=NAMES["long"]),
    paper(State.NOT_STARTED, RencanaKinerja(), nama=NAMES["short"], nip=""),
    paper(State.DRAFT, nama=NAMES["bracketed"], status_kepegawaian="PPPK", golongan="IX"),
)
NOON = SCHOOL.printed_at.replace(hour=12)
"""The same day in every zone where this is tried."""
FOUND = (
    Finding(kode="unor", sentence="Unit kerja (unor) tiap guru di e-Kinerja cocok dengan sekolah ini.", sign=""),
    Finding(pegawai=PEOPLE[0].pegawai, kode="nip-beda", sentence="Periksa di Dapodik: jenis kelamin menurut NIP L.", sign=""),
    Finding(
        pegawai=PEOPLE[2].pegawai,
        kode="nip-salah",
        sentence="NIP harus 18 angka, ini 17 karakter.",
        sign="",
        blocks=True,
        ticked_at=NOON,
        again_at=NOON,
    ),
)
MADE: dict[str, Callable[[], Document]] = {
    "skp-kuantitatif": lambda: skp_document(paper(), SCHOOL),
    "skp-kualitatif": lambda: skp_document(paper(), SCHOOL, qualitative=True),
    "skp-empty": lambda: skp_document(paper(State.NOT_STARTED, RencanaKinerja()), SCHOOL),
    "paraf": lambda: reading_sheet(paper(State.DRAFT), SCHOOL),
    "isian": lambda: entry_sheet(paper(), SCHOOL),
    "tanda-terima": lambda: receipt_sheet(paper(), SCHOOL),
    **{what: lambda make=make: make(PEOPLE, SCHOOL) for what, make in LISTS.items()},  # type: ignore[misc]
    "perbaikan-prasyarat": lambda: LISTS["perbaikan"](PEOPLE, structs.replace(SCHOOL, findings=FOUND)),
}


@pytest.fixture(autouse=True)
def _one_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Times are told in the computer's zone: here they are as they came."""
    monkeypatch.setattr("pmm_tui.cetak.subject.date_and_time", lambda at: f"{at:%d-%m-%Y %H.%M}")
    monkeypatch.setattr("pmm_tui.cetak.teacher_lists.date_and_time", lambda at: f"{at:%d-%m-%Y %H.%M}")
    monkeypatch.setattr("pmm_tui.cetak.repairs.date_and_time", lambda at: f"{at:%d-%m-%Y %H.%M}")
    monkeypatch.setattr("pmm_tui.cetak.receipt_sheet.date_and_time", lambda at: f"{at:%d-%m-%Y %H.%M}")


@pytest.mark.parametrize("name", MADE)
def test_each_document_is_its_golden_one(name: str, request: pytest.FixtureRequest) -> None:
    """Blocks, texts, and the proportions of the columns are those that were looked at on paper."""
    path, now = GOLDEN / f"{name}.txt", drawn(MADE[name]())
    if request.config.getoption("--snapshot-update"):
        path.write_text("\n".join(now) + "\n", "utf-8", newline="\n")
    assert now == path.read_text("utf-8").splitlines()


@pytest.mark.parametrize("qualitative", [False, True])
def test_columns_have_the_proportions_of_the_templates(qualitative: bool) -> None:
    """The head block, the body of the approach, and the conduct are as wide as in the public templates."""
    document = skp_document(paper(), SCHOOL, qualitative=qualitative)
    widths = [block.widths for block in document.blocks if isinstance(block, Table)]
    assert widths == [(4, 16, 30, 4, 16, 30), (5, 95) if qualitative else (4, 24, 26, 12, 22, 12), (5, 60, 35), (5, 95)]
    assert sum(isinstance(block, Signatures) for block in document.blocks) == 2


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_every_row_fills_its_table(make: Callable[[], Document]) -> None:
    """No row has a cell too many or too few: writers rely on it."""
    for table in (block for block in make().blocks if isinstance(block, Table)):
        assert {sum(cell.span for cell in row) for row in table.rows} == {len(table.widths)}


@pytest.mark.parametrize("what", ["skp", "paraf", "isian"])
def test_every_page_about_a_plan_says_that_it_is_a_draft(what: str) -> None:
    """Word and watermark, that the official one is elsewhere, and when it was printed; also for what the server has approved."""
    for state in (State.DRAFT, State.SENT, State.APPROVED):
        document = document_of(what, paper(state), SCHOOL, qualitative=False, landscape=False)
        said = " ".join(texts_of(document))
        assert document.watermark == "DRAF"
        assert "bukan dokumen resmi; yang sah ada di Ruang GTK / e-Kinerja BKN" in said
        assert "Dicetak 08-01-2026 03.42" in said


def test_practice_says_so_on_every_document() -> None:
    """What was printed in practice cannot be taken for somebody's plan."""
    school = structs.replace(SCHOOL, practice=True)
    documents = [document_of(what, paper(), school, qualitative=False, landscape=False) for what in OF_EACH]
    documents += [make(PEOPLE, school) for make in LISTS.values()]
    assert {document.watermark for document in documents} == {"LATIHAN"}


@pytest.mark.parametrize(
    ("state", "receipt", "said"),
    [
        (State.SENT, RECEIPT, "Versi 2, tanda terima A1B2C3D4E5F6"),
        (State.APPROVED, RECEIPT, "disetujui kepala sekolah"),
        (State.DRAFT, None, "Belum diajukan (suntingan 5)"),
        (State.QUEUED, None, "Antre, belum sampai di server"),
        (State.CHANGED, RECEIPT, "belum diajukan (suntingan 5); server memegang versi 2"),
        (State.RETURNED, RECEIPT, "Versi 2 dikembalikan kepala sekolah"),
        (State.NEWER, RECEIPT, "Di server ada versi lebih baru"),
        (State.CONFLICT, None, "Bentrok: server memegang isi lain"),
    ],
)
def test_a_page_names_the_version_that_it_shows(state: State, receipt: object, said: str) -> None:
    """Only a page that shows what the server has bears its receipt, in words and as a code."""
    document = skp_document(structs.replace(paper(state), receipt=receipt), SCHOOL)
    assert said in " ".join(texts_of(document))
    assert any(isinstance(block, Code) for block in document.blocks) is state.done


def test_the_code_names_nobody() -> None:
    """Period, version and receipt are in it; no name, no number."""
    (code,) = (block for block in skp_document(paper(), SCHOOL).blocks if isinstance(block, Code))
    assert code.content == "pmm1:2026:2:A1B2C3D4E5F6"


def test_numbers_of_contract_teachers_are_called_otherwise() -> None:
    """PPPK have a NI PPPK, and a golongan without a pangkat."""
    said = drawn(skp_document(paper(status_kepegawaian="PPPK", golongan="IX"), SCHOOL))
    assert any("2 | NI PPPK | 198507142010012034 | 2 | NIP" in line for line in said)
    assert any("3 | GOLONGAN | IX | 3 | PANGKAT" in line for line in said)


def test_nobody_rates_their_own_plan() -> None:
    """The head's own plan is rated by somebody whom we do not know: there is room to write; an acting head keeps the own post."""
    head = SCHOOL.sekolah.kepala_sekolah
    said = "\n".join(drawn(skp_document(paper(nama=head.nama, nip=head.nip), SCHOOL)))
    assert "JABATAN | KEPALA SEKOLAH | 4 | JABATAN | KEPALA DINAS" in said
    assert said.count(head.nip) == 4  # twice signed, in the head block, and at the foot
    told = "\n".join(drawn(skp_document(paper(jenis_ptk="Kepala Sekolah"), SCHOOL)))  # another number, as in an old configuration
    assert "JABATAN | KEPALA DINAS" in told
    acting = structs.replace(SCHOOL, sekolah=structs.replace(SCHOOL.sekolah, kepala_sekolah=structs.replace(head, plt=True)))
    assert "GURU AHLI MUDA" in "\n".join(drawn(skp_document(paper(nip=head.nip), acting)))


@pytest.mark.parametrize("what", ["skp", "paraf", "isian"])
def test_the_heads_own_plan_has_the_heads_choices_and_atasan(what: str) -> None:
    """Its indicator of D.3 stands there in words, and the atasan whom the school has named; no duty is missed."""
    atasan = Atasan(nama="Dr. Kadis Contoh", nip="196501011990031001", pangkat="IV/c", unit_kerja="Dinas Pendidikan Contoh")
    school = structs.replace(SCHOOL, sekolah=structs.replace(SCHOOL.sekolah, atasan=atasan))
    practice = PraktikPembelajaran(indikator=("visi-misi-satuan-pendidikan",))
    plan = structs.replace(PLAN, praktik_pembelajaran=practice, tugas_tambahan=TugasTambahan())
    own = paper(rencana=plan, jenis_ptk="Kepala Sekolah")
    said = "\n".join(drawn(document_of(what, own, school, qualitative=False, landscape=False)))
    assert "praktik kepemimpinan instruksional yang berfokus pada Visi-misi Satuan Pendidikan" in said
    assert "belum dijawab" not in said
    assert "dr. kadis contoh" in said.casefold()
    assert all(text in copy_text(own, school) for text in ("Dr. Kadis Contoh", "Visi-misi Satuan Pendidikan"))
    assert "Visi-misi Satuan Pendidikan" in "\n".join(drawn(LISTS["paraf-rapat"]((own,), school)))


def test_the_heads_expectations_are_printed() -> None:
    """A special expectation stands beside its value, on the SKP and on the entry sheet."""
    expected = structs.replace(paper(), expectations={"harmonis": "Dampingi guru baru"})
    assert any("Ekspektasi Khusus Pimpinan: / Dampingi guru baru" in line for line in drawn(skp_document(expected, SCHOOL)))
    assert any("Harmonis | Dampingi guru baru" in line for line in drawn(entry_sheet(expected, SCHOOL)))


def test_a_plan_of_fifty_results_loses_none() -> None:
    """Every RHK stands on the SKP of both kinds, on the page to sign and on the entry sheet."""
    wanted = {f"Hasil kerja ke-{n}" for n in range(50)}
    for make in (
        lambda: skp_document(paper(rencana=MANY), SCHOOL),
        lambda: skp_document(paper(rencana=MANY), SCHOOL, qualitative=True),
        lambda: reading_sheet(paper(rencana=MANY), SCHOOL),
        lambda: entry_sheet(paper(rencana=MANY), SCHOOL),
    ):
        assert wanted <= set(texts_of(make()))


def test_what_the_catalogue_does_not_know_is_shown_as_it_is() -> None:
    """A plan with ids of another catalogue prints, with the ids."""
    odd = structs.replace(
        PLAN,
        perilaku_kerja=PerilakuKerja(indikator=("tidak/ada",)),
        pengembangan_kompetensi=PengembanganKompetensi(
            rhk=(structs.replace(PLAN.pengembangan_kompetensi.rhk[0], kompetensi="entah"),)
        ),
    )
    assert "entah (tidak ada di katalog)" in set(texts_of(skp_document(paper(rencana=odd), SCHOOL)))


def test_the_page_to_sign_tells_what_the_checks_say_but_not_what_it_is_for() -> None:
    """Warnings are there to be read; that the teacher has not confirmed yet, and the calendar, are not."""
    late = Masalah("lewat-batas", "Batas lewat.", halang=False)
    masalah = (UNCONFIRMED, late, Masalah("jp-lebih", "Lebih dari 6 JP.", halang=False))
    said = set(texts_of(reading_sheet(structs.replace(paper(State.DRAFT), masalah=masalah), SCHOOL)))
    assert "Lebih dari 6 JP." in said
    assert not said & {UNCONFIRMED.pesan, "Batas lewat."}
    assert "Rapor Pendidikan: Baik" in said


def test_the_copy_text_has_each_value_on_a_line_of_its_own() -> None:
    """Values can be selected and copied whole: never wrapped, no mark before them."""
    lines = copy_text(paper(), SCHOOL).splitlines()
    sentence = next(text for text in texts_of(entry_sheet(paper(), SCHOOL)) if text.startswith("Meningkatnya kompetensi"))
    assert len(sentence) > 100
    assert lines[lines.index(sentence) - 1] == "[Rencana Hasil Kerja]"


def test_who_has_confirmed_or_sent_is_not_asked_again() -> None:
    """The list of those who have not confirmed leaves out what waits, what is sent, and what was confirmed."""
    said = structs.replace(PLAN, rangkuman=Rangkuman(dikonfirmasi_guru=True))
    people = [
        paper(State.QUEUED, nama="A"),
        paper(State.SENT, nama="B"),
        structs.replace(paper(State.COMPLETE, said, nama="C"), masalah=()),
        paper(State.DRAFT, nama="D"),
        structs.replace(paper(State.NOT_STARTED, RencanaKinerja(), nama="E"), masalah=()),
    ]
    (table,) = (block for block in LISTS["belum-dikonfirmasi"](people, SCHOOL).blocks if isinstance(block, Table))
    assert [row[1].text for row in table.rows[1:]] == ["D", "E"]


def teacher(number: int) -> Pegawai:
    """A stored teacher of that number."""
    return structs.replace(paper().pegawai, id=number)


def repair_rows(document: Document) -> list[str]:
    """What the list of repairs says, with the names of the systems."""
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return [row[0].text if len(row) == 1 else row[3].text for row in table.rows[1:]]


def test_repairs_stand_under_the_system_where_they_are_made() -> None:
    """A code that no system is named for is mended here; a plan that is done has nothing of its own to mend."""
    masalah = tuple(Masalah(code, code) for code in ("nip-salah", "jenis-ptk", "golongan-kosong", "rhk-kosong", "lewat-batas"))
    people = [structs.replace(paper(State.DRAFT), masalah=masalah), structs.replace(paper(), masalah=masalah)]
    told = repair_rows(LISTS["perbaikan"](people, SCHOOL))
    assert told[:4] == ["Dapodik", "jenis-ptk", "Verval PTK", "nip-salah"]
    assert told[4:] == ["SIASN / e-Kinerja", "golongan-kosong", "Di sini (pmm-tui)", "rhk-kosong"]


def test_repairs_have_what_the_check_before_entry_found() -> None:
    """Of the school and of the teachers that are printed, also where the plan is done; what a finding says is not said twice."""
    one, other = structs.replace(paper(), pegawai=teacher(1)), structs.replace(paper(State.DRAFT), pegawai=teacher(2))
    other = structs.replace(other, masalah=(Masalah("nip-beda", "NIP berbeda."), Masalah("rhk-kosong", "Belum ada RHK.")))
    findings = (
        Finding(kode="unor", sentence="Unor cocok.", sign=""),
        Finding(pegawai=one.pegawai, kode="nip-beda", sentence="NIP beda.", sign=""),
        Finding(pegawai=other.pegawai, kode="nip-beda", sentence="NIP berbeda.", sign=""),
        Finding(pegawai=teacher(3), kode="nip-beda", sentence="Orang lain.", sign=""),
    )
    told = repair_rows(LISTS["perbaikan"]([one, other], structs.replace(SCHOOL, findings=findings)))
    assert told == [
        "Verval PTK", "NIP beda.", "NIP berbeda.", "SIASN / e-Kinerja", "Unor cocok.",
        "Di sini (pmm-tui)", "Belum ada RHK.",
    ]  # fmt: skip


def test_what_was_ticked_is_printed_ticked() -> None:
    """With the day, and that the fault is still there where that is so; an empty box is for the pen."""
    at = SCHOOL.printed_at
    findings = (
        Finding(kode="unor", sentence="a", sign="", ticked_at=at),
        Finding(kode="jabatan-siasn", sentence="b", sign="", ticked_at=at, again_at=at),
        Finding(kode="skp-kepala", sentence="c", sign=""),
    )
    document = LISTS["perbaikan"]([], structs.replace(SCHOOL, findings=findings))
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    rows = [row for row in table.rows[1:] if len(row) > 1]
    assert [row[0].lines[0].mark for row in rows] == ["tick", "tick", "box"]
    assert [len(row[5].lines) for row in rows] == [2, 3, 1]
    assert "3 hal: 3 perlu dicek; 2 sudah dicentang." in set(texts_of(document))


def test_a_school_that_nobody_named_leaves_room_to_write() -> None:
    """Without the head's name and the school's the documents can still be made."""
    bare = structs.replace(SCHOOL, sekolah=structs.replace(SCHOOL.sekolah, nama="", kepala_sekolah=KepalaSekolah()))
    said = "\n".join(drawn(skp_document(paper(), bare)))
    assert "JABATAN | KEPALA SEKOLAH" in said
    assert "NAMA | ............................" in said
