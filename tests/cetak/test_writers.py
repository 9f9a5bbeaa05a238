"""What each writer makes of the blocks: nothing is lost, nothing is obeyed, numbers keep their digits."""

from __future__ import annotations

import base64
import csv
import re
import sys
import zipfile
import zlib
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from python_calamine import CalamineWorkbook

from pmm_tui.cetak import pdf_pages as pdf_module
from pmm_tui.cetak.comma_values import comma_values, harmless
from pmm_tui.cetak.document import Code, Document, Line, Table, cell, flat_rows, heading_row, paragraph, texts_of
from pmm_tui.cetak.entry_sheet import entry_sheet
from pmm_tui.cetak.html_pages import html_pages
from pmm_tui.cetak.letters import lacking
from pmm_tui.cetak.making import LISTS, Format, document_of, file_bytes
from pmm_tui.cetak.pdf_pages import pdf_pages
from pmm_tui.cetak.plain_text import WIDTH, plain_text
from pmm_tui.cetak.qr import qr_rows
from pmm_tui.cetak.skp_form import skp_document
from pmm_tui.cetak.workbook import workbook
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import RHK, Pegawai, PengembanganKompetensi, RencanaKinerja
from pmm_tui.skp.plan_state import State
from tests.cetak.samples import MANY, NAMES, PLAN, SCHOOL, paper
from tests.skp.strategies import pegawai as teachers
from tests.skp.strategies import rencana as plans

HOSTILE = "=HYPERLINK(1)</td><script>alert(1)</script> & \"x\" 'y' {{7}} <b>"
FORMULAS = ["=1+1", "+62812", "-5", "@SUM(A1)", " =1+1", "%x", "|calc"]


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def shown_on(pdf: bytes) -> list[str]:
    """The strings that are drawn on each page of a PDF, one after the other."""
    streams = re.findall(rb"/FlateDecode \] /Length \d+\s+>>\s+stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    pages = [zlib.decompress(base64.a85decode(b"<~" + stream.strip(), adobe=True)) for stream in streams]
    drawn = (b" ".join(re.findall(rb"\(((?:\\.|[^\\)])*)\) Tj", page)) for page in pages)
    plain = (re.sub(rb"\\([0-7]{3})", lambda octal: bytes([int(octal[1], 8)]), one) for one in drawn)
    return [re.sub(rb"\\([()\\])", rb"\1", one).decode("cp1252") for one in plain]


def skp(name: str = NAMES["short"], rencana: RencanaKinerja = PLAN) -> Document:
    return skp_document(paper(nama=name, rencana=rencana), SCHOOL)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_page_shows_every_text_as_it_is(name: str) -> None:
    """Names of every script are in the page and nothing of them is markup; each stands in a direction of its own."""
    document = skp(name)
    page = html_pages([document])
    shown = Page(page)
    assert all(text in shown.words for text in texts_of(document))
    assert f"<bdi>{name.upper().replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</bdi>" in page.decode()


def test_a_page_holds_everything_itself() -> None:
    """No script, no picture, no address: nothing is fetched, and what was written into a plan stays text."""
    hostile = structs.replace(PLAN, pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(uraian=HOSTILE, satuan=HOSTILE),)))
    page = html_pages([skp(HOSTILE, hostile)])
    shown = Page(page)
    assert not set(shown.tags) & {"script", "img", "link", "iframe", "a"}
    assert not shown.attributes & {"src", "href", "onload", "onerror"}
    assert HOSTILE in shown.words
    assert b"http://" not in page
    assert b"https://" not in page
    assert "default-src 'none'" in page.decode()


def test_a_page_is_for_a4() -> None:
    """Upright or lying, titles again on every page, rows whole, the watermark on each."""
    upright, lying = (html_pages([skp_document(paper(), SCHOOL, landscape=turned)]).decode() for turned in (False, True))
    assert "size:A4 portrait" in upright
    assert "size:A4 landscape" in lying
    for rule in (
        "table-header-group",
        "tr{break-inside:avoid}",
        ".mark{position:fixed",
        '<div class="mark" aria-hidden="true">DRAF',
    ):
        assert rule in upright
    assert "<thead>" in upright


def test_a_receipt_has_its_code_where_the_library_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the code's text is there all the same, and nothing fails."""
    (code,) = (block for block in skp().blocks if isinstance(block, Code))
    rows = qr_rows(code.content)
    assert len(rows) == len(rows[0]) >= 29
    assert b"<svg" in html_pages([skp()])
    monkeypatch.setitem(sys.modules, "segno", None)
    bare = html_pages([skp()])
    assert b"<svg" not in bare
    assert code.content.encode() in bare
    assert pdf_pages([skp()]).startswith(b"%PDF")


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("rencana", [PLAN, RencanaKinerja(), MANY], ids=["whole", "empty", "many"])
def test_pdf_is_made_of_every_plan(rencana: RencanaKinerja, landscape: bool) -> None:
    """A plan of any length becomes pages, the Lampiran on one of its own; the same plan gives the same bytes."""
    document = skp_document(paper(rencana=rencana), SCHOOL, landscape=landscape)
    made = pdf_pages([document])
    assert pages_of(made) >= (4 if rencana is MANY else 3)
    assert made == pdf_pages([document])


@pytest.mark.parametrize("name", ["Bo", NAMES["long"], NAMES["bracketed"], HOSTILE, "André (Lamén) \\\\ 100%"])
def test_pdf_shows_names_as_they_are(name: str) -> None:
    """Nothing in a name is markup, and every letter of it is there."""
    text = " ".join(shown_on(pdf_pages([skp(name)])))
    assert "".join(name.upper().split()) in "".join(text.split())


def test_no_name_is_too_long_for_a_page() -> None:
    """It goes over pages where it has to, whole in the head block, shortened where it is signed."""
    pages = shown_on(pdf_pages([skp("x" * 1500)]))
    assert sum(page.count("X") for page in pages) >= 1500
    assert any("x…" in page for page in pages)


def test_pages_are_counted_for_each_document() -> None:
    """In one file for many each begins at page 1, with its own owner at the foot."""
    pages = shown_on(pdf_pages([skp("Ani"), skp("Budi")]))
    assert len(pages) == 6
    for owner, of_one in (("Ani", pages[:3]), ("Budi", pages[3:])):
        assert all(f"Dokumen milik {owner}" in page and f"Hal. {n}" in page for n, page in enumerate(of_one, 1))
        assert all("DRAF" in page for page in of_one)


def test_a_file_of_many_takes_no_more_room_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each document is laid out only when the one before it stands on its pages."""
    order: list[str] = []
    lay_out = pdf_module._block
    monkeypatch.setattr(pdf_module, "_block", lambda block, width: order.append("laid out") or lay_out(block, width))
    documents = [skp("Ani"), skp("Budi"), skp("Cici")]
    pdf_pages(documents, lambda: order.append("done"))
    assert order == [step for document in documents for step in [*["laid out"] * len(document.blocks), "done"]]


def test_a_row_higher_than_a_page_is_no_fault() -> None:
    """A sentence as long as the program keeps goes over several pages, also on paper that lies."""
    long = structs.replace(PLAN, pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(uraian="kata " * 790, satuan="x"),)))
    for what in ("skp", "paraf", "isian"):
        for landscape in (False, True):
            document = document_of(what, paper(rencana=long), SCHOOL, qualitative=False, landscape=landscape)
            assert pages_of(pdf_pages([document])) >= 2


def test_rows_that_fit_are_never_parted() -> None:
    """Only a table with a row that could be higher than a page lets rows be split."""
    from pmm_tui.cetak.pdf_pages import _overlong

    tables = [block for block in skp(NAMES["long"], MANY).blocks if isinstance(block, Table)]
    assert not any(_overlong(table, [5.2 * width for width in table.widths]) for table in tables)


def test_letters_that_a_pdf_lacks_are_found() -> None:
    """Arabic, Javanese and other letters beyond the fonts are named; everything that the catalogue and we say can be shown."""
    assert lacking(skp(NAMES["arabic"])) == "م"
    assert lacking(skp(NAMES["javanese"])) == "ꦱ"
    assert lacking(skp("Ngưyễn")) == "ư"
    assert lacking(skp(NAMES["bracketed"])) == lacking(skp("André Lamén")) == ""
    everything = structs.replace(
        PLAN,
        pengembangan_kompetensi=PengembanganKompetensi(rhk=tuple(RHK(kompetensi=k.id) for k in bundled().kompetensi)),
    )
    for what in ("skp", "paraf", "isian", "tanda-terima"):
        for qualitative in (False, True):
            document = document_of(what, paper(rencana=everything), SCHOOL, qualitative=qualitative, landscape=False)
            assert lacking(document) == ""
    assert not any(lacking(make([paper(), paper(State.DRAFT)], SCHOOL)) for make in LISTS.values())


def test_a_workbook_is_text_alone(tmp_path: Path) -> None:
    """A number keeps its eighteen digits, and what looks like a formula or an address is neither."""
    people = [paper(nama=text) for text in (*FORMULAS, "https://contoh.id", HOSTILE, *NAMES.values())]
    made = workbook([LISTS["daftar"](people, SCHOOL)])
    with zipfile.ZipFile(BytesIO(made)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
        assert not [name for name in archive.namelist() if "rels" in name and b"hyperlink" in archive.read(name)]
    assert "<f>" not in sheet
    assert 't="n"' not in sheet
    (setup,) = re.findall(r"<pageSetup ([^>]+)/>", sheet)
    assert {'paperSize="9"', 'orientation="landscape"', 'fitToHeight="0"'} <= set(setup.split())
    assert "_xlnm.Print_Area" in book
    assert "_xlnm.Print_Titles" in book
    rows = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[1] for row in rows[3:]] == [one.pegawai.nama for one in people]
    assert {row[2] for row in rows[3:]} == {"198507142010012034"}


def test_csv_cells_cannot_reckon() -> None:
    """What a spreadsheet would obey or cut gets an apostrophe; the rest stays; the file says that it is UTF-8."""
    for text in (*FORMULAS, "198507142010012034", "0812"):
        assert harmless(text) == f"'{text.strip()}"
    for text in ("", "–", "Bo", "421/7", "12", "A=B"):
        assert harmless(text) == text
    made = comma_values([LISTS["daftar"]([paper(nama=name) for name in (*NAMES.values(), '=1;"x"')], SCHOOL)])
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row[1] for row in rows[1:]] == [*NAMES.values(), '\'=1;"x"']
    assert {len(row) for row in rows} == {8}


def test_the_entry_sheet_as_csv_has_a_row_for_each_field() -> None:
    """Step, field and value; of several teachers the document first."""
    heading, rows = flat_rows(entry_sheet(paper(), SCHOOL))
    assert heading == ("Bagian", "Isian", "Nilai")
    assert ("1. Masuk; periksa profil", "NIP", "198507142010012034") in rows
    assert all(step and name and value for step, name, value in rows)
    several = comma_values([entry_sheet(paper(nama=name), SCHOOL) for name in ("A", "B")]).decode("utf-8-sig").splitlines()
    assert several[0] == "Dokumen;Bagian;Isian;Nilai"
    assert len(several) == 1 + 2 * len(rows)


@pytest.mark.parametrize("what", ["skp", "paraf", "isian", "tanda-terima"])
def test_text_fits_a_line_printer_and_obeys_nothing(what: str) -> None:
    """No line is wider than 78 letters, no control letter but line ends and form feeds, and every word of the document is there."""
    document = document_of(what, paper(nama="Si\x1b[2Jti\x07 Nur'aini"), SCHOOL, qualitative=False, landscape=False)
    made = plain_text([document, document]).decode()
    assert max(map(len, made.splitlines())) <= WIDTH
    assert not re.search(r"[\x00-\x09\x0b\x0e-\x1f\x7f]", made)
    assert made.count("\f") == (3 if what == "skp" else 1)
    plain = document_of(what, paper(nama="Siti Nur'aini"), SCHOOL, qualitative=False, landscape=False)
    read = plain_text([plain]).decode().upper()
    _, *seen = texts_of(plain)  # the title is the file's
    assert not {word for text in seen for word in text.upper().split() if word not in read}


def test_text_is_read_one_value_after_the_other() -> None:
    """Under titles each value has its title before it; a box to tick is one."""
    table = Table((1, 2, 3), (heading_row("", "Isian", "Nilai"), (cell(Line("", mark="box")), cell("NIP"), cell("1"))), head=1)
    made = plain_text([Document("x", (paragraph("Halo"), table))]).decode().splitlines()
    assert made == ["Halo", "", "[ ] Isian: NIP", "  Nilai: 1"]


@pytest.mark.parametrize("form", ["html", "pdf", "teks", "xlsx", "csv"])
def test_each_document_is_told_when_it_is_made(form: Format) -> None:
    """A run of many can tell how far it is, in every format."""
    told: list[int] = []
    documents = [entry_sheet(paper(nama=name), SCHOOL) for name in ("A", "B", "C")]
    assert file_bytes(documents, form, lambda: told.append(1))
    assert len(told) == 3


@settings(max_examples=40, deadline=None)
@given(teachers, plans, st.sampled_from(list(State)), st.booleans(), st.booleans())
def test_whoever_it_is_and_whatever_the_plan_says_it_prints(
    pegawai: Pegawai, rencana: RencanaKinerja, state: State, qualitative: bool, landscape: bool
) -> None:
    """Every document of any plan in every format; the page shows each of its texts, the PDF all letters or none."""
    subject = structs.replace(paper(state), pegawai=pegawai, rencana=rencana)
    switches = {"qualitative": qualitative, "landscape": landscape}
    documents = [document_of(what, subject, SCHOOL, **switches) for what in ("skp", "paraf", "isian")]
    documents += [make([subject], SCHOOL) for make in LISTS.values()]
    for document in documents:
        words = "".join(Page(html_pages([document])).words.split())
        assert all("".join(text.split()) in words for text in texts_of(document))
        assert plain_text([document])
        assert comma_values([document])
        assert workbook([document])
        assert lacking(document) or pdf_pages([document])
