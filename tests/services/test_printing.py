"""Printing plans of a real store: whose content it is, which files come of it, and what is said."""

from __future__ import annotations

import os
import socket
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.cetak.document import texts_of
from pmm_tui.cetak.skp_form import skp_document
from pmm_tui.cetak.subject import PlanPaper
from pmm_tui.cli.parser_print import FORMATS, PAPERS
from pmm_tui.errors import UsageError
from pmm_tui.services import print_request, printing
from pmm_tui.services.cloud_folder import cloud_of, cloud_warning
from pmm_tui.services.listing import all_rows
from pmm_tui.services.print_choice import files_of, load_printables, page_lines
from pmm_tui.services.print_request import KINDS, SUFFIX, Format, PrintReport, PrintRequest, PrintStopped
from pmm_tui.services.printing import papers_of, print_documents, printable_papers, printed_school
from pmm_tui.skp.model import Pegawai, RencanaKinerja, TugasTambahan
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.wire import Change
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from tests.cetak.samples import NAMES, PLAN, SCHOOL, paper
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.tui.samples import ANI

AT = datetime(2026, 1, 10, 3, 42, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files go; it is not there yet."""
    return tmp_path / "cetakan" / "hari ini"


def printed(folder: Path, what: str, people: list[PlanPaper], form: Format = "html", **more: bool) -> PrintReport:
    return print_documents(PrintRequest(what=what, form=form, folder=folder, **more), people, SCHOOL)


def numbered(number: int, name: str = NAMES["short"], state: State = State.SENT, **more: str) -> PlanPaper:
    return paper(state, id=number, nama=name, **more)


def names(report: PrintReport) -> list[str]:
    return [file.path.name for file in report.written]


def save(store: Store, pegawai: Pegawai, rencana: RencanaKinerja, edit: int) -> None:
    assert store.drafts.save(pegawai.id, PERIODE, rencana, edit, NOW)


def send(store: Store, pegawai: Pegawai) -> None:
    """Seal the teacher's plan, and let the server have it."""
    save(store, pegawai, PLAN, 1)
    store.outbox.seal(pegawai, PERIODE, PLAN, 1, NOW)
    (entry,) = store.outbox.due(10)
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent("TT01", "2026-01-10T03:00:00+00:00", "diajukan")})


def paper_of(store: Store, pegawai: Pegawai) -> PlanPaper:
    (found,) = papers_of(store, PERIODE, [row for row in all_rows(store, IN_FORCE, AT.date()) if row.pegawai.id == pegawai.id])
    return found


def test_words_of_the_command_line_are_those_of_the_services() -> None:
    """Every kind and every format can be typed, and nothing else can."""
    assert tuple(KINDS) == PAPERS
    assert tuple(SUFFIX) == FORMATS
    assert all(set(kind.formats) <= set(FORMATS) for kind in KINDS.values())


def test_a_plan_that_is_done_is_printed_as_the_server_has_it(store: Store, ani: Pegawai) -> None:
    """The receipt stands under what was sent, word for word, although the roster calls the teacher otherwise since."""
    send(store, ani)
    store.roster.write([structs.replace(ani, nama="Ani Lestari Baru, M.Pd.")])
    found = paper_of(store, ani)
    assert (found.state, found.rencana, found.pegawai.nama) == (State.SENT, PLAN, ANI.nama)
    assert found.receipt is not None
    assert (found.receipt.number, found.receipt.revision) == ("TT01", 1)
    said = " ".join(texts_of(skp_document(found, printed_school(IN_FORCE, AT))))
    assert "pmm1:2026:1:TT01" in said


def test_a_plan_that_was_changed_since_bears_no_receipt(store: Store, ani: Pegawai) -> None:
    """What is printed is the draft, and that the server holds another version is said."""
    send(store, ani)
    changed = PLAN.with_section(TugasTambahan(tidak_ada=True))
    save(store, ani, changed, 2)
    found = paper_of(store, ani)
    assert (found.state, found.rencana) == (State.CHANGED, changed)
    said = " ".join(texts_of(skp_document(found, printed_school(IN_FORCE, AT))))
    assert "belum diajukan (suntingan 2); server memegang versi 1" in said
    assert "pmm1:" not in said


def test_a_plan_that_was_not_begun_is_an_empty_one(store: Store, ani: Pegawai) -> None:
    """It prints, with nothing in it."""
    found = paper_of(store, ani)
    assert (found.state, found.rencana, found.receipt) == (State.NOT_STARTED, RencanaKinerja(), None)
    assert texts_of(skp_document(found, printed_school(IN_FORCE, AT)))


def test_each_teacher_has_a_file_named_without_numbers(folder: Path) -> None:
    """Number in the list and name, also where somebody wrote the NIP into the name; a device of Windows is no name."""
    people = [numbered(7, "Siti Nur'aini, S.Pd."), numbered(8, "Con 198507142010012034"), numbered(9, NAMES["arabic"])]
    report = printed(folder, "skp", people)
    assert names(report) == ["0007-siti-nur-aini-s-pd-skp-2026.html", "0008-con_-skp-2026.html", "0009-s-pd-i-skp-2026.html"]
    assert [file.teachers for file in report.files] == [(7,), (8,), (9,)]
    assert names(printed(folder, "skp", people[:1], qualitative=True)) == ["0007-siti-nur-aini-s-pd-skp-kualitatif-2026.html"]


@pytest.mark.skipif(os.name == "nt", reason="mode bits")
def test_files_and_folders_are_for_their_owner_alone(folder: Path) -> None:
    """Nobody else of the computer reads what was printed."""
    report = printed(folder, "isian", [numbered(7)])
    assert len(report.written) == 2
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)}
    assert modes == {0o700}
    assert {stat.S_IMODE(file.path.stat().st_mode) for file in report.written} == {0o600}


@pytest.mark.parametrize("form", ["html", "pdf", "teks"])
def test_what_is_there_stays_unless_it_may_be_replaced(folder: Path, form: Format) -> None:
    """A file of that name is told and kept; the others are written; `over` replaces it."""
    folder.mkdir(parents=True)
    kept = folder / f"0007-bo-skp-2026{SUFFIX[form]}"
    kept.write_text("milik saya", "utf-8")
    report = printed(folder, "skp", [numbered(7), numbered(8)], form)
    assert kept.read_text("utf-8") == "milik saya"
    assert names(report) == [f"0008-bo-skp-2026{SUFFIX[form]}"]
    assert [file.problem for file in report.files if file.problem] == [f"{kept}: sudah ada; pakai --timpa untuk menggantinya."]
    assert len(printed(folder, "skp", [numbered(7), numbered(8)], form, over=True).written) == 2
    assert kept.read_bytes() != b"milik saya"


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_a_link_in_its_place_is_not_followed(folder: Path, tmp_path: Path) -> None:
    """Also a link to nowhere is something that stands there."""
    folder.mkdir(parents=True)
    (folder / "0007-bo-skp-2026.html").symlink_to(tmp_path / "lain")
    assert printed(folder, "skp", [numbered(7)]).written == ()
    assert not (tmp_path / "lain").exists()


def test_one_file_for_all_has_the_head_first(folder: Path) -> None:
    """The head's own sheet comes first in a bundle, the others in the order of the list."""
    head = SCHOOL.sekolah.kepala_sekolah
    people = [numbered(1, "Ani"), numbered(2, head.nama, nip=head.nip), numbered(3, "Budi")]
    report = printed(folder, "isian", people, together=True)
    (bundle, *copies) = report.written
    assert bundle.path.name == "isian-2026.html"
    assert bundle.teachers == (2, 1, 3)
    assert [file.path.name for file in copies] == [
        "0002-dra-hj-nur-aini-batubara-m-pd-isian-2026-salin.txt",
        "0001-ani-isian-2026-salin.txt",
        "0003-budi-isian-2026-salin.txt",
    ]


def test_a_name_that_the_pdf_cannot_show_goes_to_a_page(folder: Path) -> None:
    """Nothing is left out in silence: that teacher has a page, the others their PDF, and it is said with the letter."""
    people = [numbered(1, "Ani"), numbered(2, NAMES["arabic"]), numbered(3, NAMES["javanese"])]
    report = printed(folder, "skp", people, "pdf")
    assert names(report) == ["0001-ani-skp-2026.pdf", "0002-s-pd-i-skp-2026.html", "0003-sura-s-pd-skp-2026.html"]
    assert [note for note in report.notes if 'huruf "م" tidak ada pada PDF; ditulis sebagai HTML' in note]
    together = printed(folder, "skp", people, "pdf", together=True)
    assert names(together) == ["skp-2026-0002.html", "skp-2026-0003.html", "skp-2026.pdf"]
    assert names(printed(folder, "daftar", people, "pdf")) == ["daftar-2026.html"]


def test_only_a_checked_receipt_is_printed(folder: Path) -> None:
    """Who has none is told, and no file pretends otherwise; nothing to write makes no folder."""
    people = [numbered(1, state=State.DRAFT), numbered(2, state=State.CHANGED)]
    report = printed(folder, "tanda-terima", people)
    assert (report.files, report.without_receipt) == ((), tuple(people))
    assert not folder.exists()
    assert names(printed(folder, "tanda-terima", [*people, numbered(3)])) == ["0003-bo-tanda-terima-2026.html"]


@pytest.mark.parametrize("what", [what for what, kind in KINDS.items() if not kind.of_each])
@pytest.mark.parametrize("form", FORMATS)
def test_each_list_is_one_file_in_every_format(folder: Path, what: str, form: Format) -> None:
    """Of all teachers, under the name of the list."""
    (file,) = printed(folder, what, [numbered(1), numbered(2, state=State.DRAFT)], form).written
    assert (file.path.name, file.teachers) == (f"{what}-2026{SUFFIX[form]}", (1, 2))
    assert file.path.stat().st_size > 100


def test_what_cannot_be_is_refused_before_anything_is_written(folder: Path) -> None:
    """An SKP is no workbook; the sentence tells what it can be."""
    with pytest.raises(UsageError, match="tidak dapat ditulis sebagai xlsx; pilih html, pdf, teks"):
        printed(folder, "skp", [numbered(1)], "xlsx")
    assert not folder.exists()


def test_without_the_extra_all_but_pdf_works(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDF says how to install what it needs, and that HTML and text do without; a receipt's page that its code is missing."""
    monkeypatch.setattr(print_request, "find_spec", lambda name: None)
    monkeypatch.setattr(printing, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"PDF butuh paket tambahan; pasang dengan: .* -m pip install .* HTML dan teks bisa"):
        printed(folder, "skp", [numbered(1)], "pdf")
    report = printed(folder, "skp", [numbered(1)])
    assert len(report.written) == 1
    assert "Kode QR tanda terima dilewati; pasang paketnya dengan: " in report.notes[0]
    assert " -m pip install " in report.notes[0]
    assert printed(folder, "skp", [structs.replace(numbered(2), receipt=None)]).notes == ()
    assert printed(folder, "skp", [numbered(1)], "teks").notes == ()


@pytest.mark.parametrize("form", FORMATS)
def test_no_network_is_asked(folder: Path, form: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing opens no connection, in any format."""
    monkeypatch.setattr(socket, "socket", lambda *a, **k: pytest.fail("a connection"))
    assert printed(folder, "daftar", [numbered(1)], form).written


def test_a_long_run_tells_how_far_it_is(folder: Path) -> None:
    """Each document counts once, whether it has a file of its own or not, whether it goes to a page or not."""
    people = [numbered(1), numbered(2, NAMES["arabic"]), numbered(3)]
    for together in (False, True):
        told: list[tuple[int, int]] = []
        request = PrintRequest(what="skp", form="pdf", folder=folder, together=together)
        print_documents(request, people, SCHOOL, lambda done, every, told=told: told.append((done, every)))
        assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("C:/Users/tu/OneDrive - Dinas Pendidikan/cetak", "OneDrive"),
        ("OneDrive", "OneDrive"),
        ("G:/Drive Saya/skp", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-tu@belajar.id/My Drive", "Google Drive"),
        ("Dropbox (Sekolah)/skp", "Dropbox"),
        ("iCloudDrive/skp", "iCloud"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Dokumen/pmm-tui/2026", ""),
        ("bukan onedrive/x", ""),
    ],
)
def test_folders_of_clouds_are_known(path: str, service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By their names, wherever on the path they stand."""
    monkeypatch.chdir(tmp_path)
    assert cloud_of(Path(path)) == service
    assert bool(cloud_warning(Path(path))) is bool(service)


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_a_link_into_a_cloud_is_one_too(tmp_path: Path) -> None:
    """What counts is where the files end up; the warning comes with the report."""
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "cetak").symlink_to(tmp_path / "OneDrive")
    report = printed(tmp_path / "cetak", "skp", [numbered(1)])
    assert any("tampaknya disalin ke OneDrive" in note for note in report.notes)


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("together", [False, True])
def test_the_files_are_as_many_as_was_said(folder: Path, what: str, together: bool) -> None:
    """What a button says before is what a run writes, of every kind, one file each or one for all; none of nobody."""
    people = [numbered(1), numbered(2), numbered(3, state=State.DRAFT)]
    request = PrintRequest(what=what, form="html", folder=folder, together=together)
    for some in (people, []):
        report = print_documents(structs.replace(request, folder=folder / str(len(some))), some, SCHOOL)
        documents = len(printable_papers(what, some))
        assert len(report.written) == files_of(request, documents)


def test_a_run_that_is_stopped_tells_what_is_there(folder: Path) -> None:
    """The files until then stay and are in the report; the one at hand is not written."""

    def told(done: int, every: int) -> None:
        if done == 2:
            raise PrintStopped

    request = PrintRequest(what="skp", form="html", folder=folder)
    report = print_documents(request, [numbered(1), numbered(2), numbered(3)], SCHOOL, told)
    assert report.stopped
    assert [path.name for path in folder.iterdir()] == names(report)
    assert len(names(report)) == 1


def test_a_page_to_look_at_is_as_wide_as_its_room() -> None:
    """Every kind of document can be looked at; no line is longer than there is room, and only the first page is shown."""
    people = [numbered(1), numbered(2)]
    for what in KINDS:
        request = PrintRequest(what=what, form="html", folder=Path())
        for width in (44, 78):
            lines = page_lines(request, people, SCHOOL, width)
            assert lines
            assert max(map(len, lines)) <= width
            assert "\f" not in "".join(lines)
    assert (
        page_lines(PrintRequest(what="tanda-terima", form="html", folder=Path()), [numbered(1, state=State.DRAFT)], SCHOOL, 44)
        == ()
    )


def told_of(store: Store, pegawai: Pegawai, expected: dict[str, str], *, sha256: str = "") -> None:
    """The server says that the head has approved the plan, and what is expected."""
    newest = store.outbox.newest(pegawai.id, PERIODE)
    assert newest is not None
    sha256 = sha256 or newest.sha256
    store.outbox.hold(pegawai.id, PERIODE, newest.revisi, sha256, "disetujui", "", "2026-01-10T04:00:00+00:00")
    change = Change(
        pegawai="p", periode=PERIODE, revisi=newest.revisi, sha256=sha256, status="disetujui", keputusan="k1", ekspektasi=expected
    )
    store.decisions.take_told(pegawai.id, change)


def test_what_the_head_expects_is_printed_with_what_was_decided_on(store: Store, ani: Pegawai) -> None:
    """The texts of the decision that stands, with the very revision; not with another content, nor with a draft changed since."""
    value = IN_FORCE.katalog.perilaku[0].id
    send(store, ani)
    assert paper_of(store, ani).expectations == {}
    told_of(store, ani, {value: "Menyapa wali murid."})
    assert paper_of(store, ani).expectations == {value: "Menyapa wali murid."}
    page = "\n".join(page_lines(PrintRequest(what="skp", form="html", folder=Path()), [paper_of(store, ani)], SCHOOL, 78))
    assert "Menyapa wali murid." in page
    save(store, ani, RencanaKinerja(), 2)
    assert paper_of(store, ani).expectations == {}


def test_printables_are_in_the_order_asked_for(store: Store) -> None:
    """Few are read one by one, many at once, with the same outcome; who is gone is left out."""
    school = printed_school(IN_FORCE, AT)
    ids = [p.id for p in store.roster.all()][::-1]
    few = load_printables(store, IN_FORCE, AT.date(), [*ids, 999], school)
    many = load_printables(store, IN_FORCE, AT.date(), [*ids, *range(900, 920)], school)
    assert [paper.pegawai.id for paper in few.papers] == ids
    assert few == many
    assert few.counts["skp"] == few.counts["daftar"] == len(ids)
    assert few.counts["tanda-terima"] == 0
