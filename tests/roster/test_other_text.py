"""Lists that are no table file: web pages saved as .xls, Excel's XML of 2003, JSON; and workbooks with holes."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.errors import InputError
from pmm_tui.roster.child import read as read_data
from pmm_tui.roster.foreign_text import rows_of_other_text
from pmm_tui.roster.headings import heading_map
from pmm_tui.roster.read import read_roster
from pmm_tui.skp.katalog_reader import bundled
from tests.dapodik import write_parts
from tests.roster.conftest import NIP, NUPTK, OTHER_NIP, TODAY
from tests.roster.hostile_xlsx import parts, sheet
from tests.roster.test_child import cell

HEADINGS = heading_map(bundled().impor_dapodik)
DATA = Path(__file__).parent / "data"

pytestmark = pytest.mark.process


def read(text: str) -> dict[str, Any]:
    return read_data(text.encode(), HEADINGS)


def rows(text: str) -> list[tuple[int, dict[str, Any]]]:
    return list(read(text)["rows"])


def test_a_web_page_is_read_as_its_tables() -> None:
    """R09: an application's page saved as .xls; cells over two columns, rows and other tables keep their places."""
    page = (
        "<html><head><title>Nama NIP</title><style>td{x:1}</style></head><body><h3>DATA PTK</h3><table border=1>"
        "<tr><th rowspan=2>No</th><th rowspan=2>Nama</th><th colspan=2>Nomor</th></tr><tr><th>NIP</th><th>NUPTK</th></tr>"
        f"<tr><td>1</td><td>Budi&nbsp;Santoso<br>S.Pd.</td><td>'{NIP}</td><td>{NUPTK}</td></tr>"
        f"<tr><td>2<td>Siti &amp; Co<td>{OTHER_NIP}<td></tr></table></body></html>"
    )
    found = read(page)
    assert found["kind"] == "html"
    assert [cells for _, cells in found["rows"]] == [
        {"nama": "Budi Santoso S.Pd.", "nip": f"'{NIP}", "nuptk": NUPTK},
        {"nama": "Siti & Co", "nip": OTHER_NIP},
    ]


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    """Pages are laid out with tables."""
    page = f"<table><tr><td>Kop<table><tr><td>Nama<td>NIP</tr><tr><td>Budi<td>{NIP}</tr></table></td></tr></table>"
    assert [cells for _, cells in rows(page)] == [{"nama": "Budi", "nip": NIP}]


def test_excels_xml_is_read() -> None:
    """Of 2003, as applications write it; a cell may name its place."""
    line = '<Row><Cell><Data ss:Type="String">{}</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">{}</Data></Cell></Row>'
    page = '<?xml version="1.0"?><Workbook><Worksheet ss:Name="A"><Table>' + line.format("Nama", "NIP") + line.format("Budi", NIP)
    assert [cells for _, cells in rows(page + "</Table></Worksheet></Workbook>")] == [{"nama": "Budi", "nip": NIP}]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html><body>Silakan masuk</body></html>", "halaman web (HTML)"),
        ("<rss><channel></channel></rss>", "berisi XML"),
        ("<table>" + "<tr><td>a</td></tr>" * 30_000 + "</table>", "terlalu besar"),
        ('<table><tr><td colspan="250">' + "<td colspan=250>" * 3_000 + "</table>", "terlalu besar"),
        ("<table><tr><td>Halo</td></tr></table>", "tidak punya baris judul"),
    ],
)
def test_a_page_without_a_list_is_said(page: str, words: str) -> None:
    """What it is, or what is missing."""
    with pytest.raises(InputError, match="a") as refusal:
        read(page)
    assert words in refusal.value.sentence


def test_the_answer_of_the_web_service_is_a_list() -> None:
    """R01: getGtk; long numbers keep all their digits, deeper lists are left."""
    person = {
        "nama": "Budi",
        "nip": int(NIP),
        "tanggal_lahir": "1985-07-14",
        "jenis_ptk_id_str": "Guru Kelas",
        "rwy": [{"nama": 1}],
    }
    for document in ([person], {"results": 1, "rows": [person]}, {"data": {"rows": [person]}}):
        found = read(json.dumps(document))
        assert found["kind"] == "json"
        assert found["rows"] == [(2, {"nama": "Budi", "nip": NIP, "tanggal_lahir": "1985-07-14", "jenis_ptk": "Guru Kelas"})]


@pytest.mark.parametrize("text", ['{"a": 1}', "[1, 2]", '[{"judul": "x"}]', '{"rows": []}'])
def test_other_json_is_named(text: str) -> None:
    """As what it is."""
    with pytest.raises(InputError, match="berisi JSON"):
        read(text)


def test_json_cut_off_is_named() -> None:
    """A broken answer says so."""
    with pytest.raises(InputError, match="JSON yang terpotong"):
        read('[{"nama": "Budi"')


@given(st.text(alphabet=st.sampled_from(list("<>/tabletrdhspan= '\"1&;[]{}:,nm")), max_size=200))
def test_any_markup_is_read_or_refused(text: str) -> None:
    """Nothing but our own refusal is raised."""
    for start in ("<table>", "[", "{"):
        with suppress(InputError):
            rows_of_other_text(start + text)


def book(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "a.xlsx"
    head = f'<row r="1">{cell("A1", "Nama")}{cell("B1", "NIP")}{cell("C1", "Status Kepegawaian")}</row>'
    write_parts(path, parts(sheet(head + body)))
    return path


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>", "<v> </v>"])
def test_a_formula_without_its_result_is_told(tmp_path: Path, value: str) -> None:
    """X12: a name says what to do, another cell is empty with the same word."""
    formula = '<c r="{}" t="str"><f>Data!A1</f>{}</c>'
    path = book(tmp_path, f'<row r="2">{formula.format("A2", value)}{cell("B2", NIP)}</row>'
                f'<row r="3">{cell("A3", "Siti")}{cell("B3", OTHER_NIP)}{formula.format("C3", value)}</row>')  # fmt: skip
    found = read_roster(path, bundled(), TODAY)
    assert found.notes[0].startswith("2 sel berisi rumus tanpa hasil; buka berkas ini di Excel")
    one, two = found.rows
    assert one.reasons[0].message.startswith("Nama berisi rumus yang hasilnya tidak tersimpan; buka berkas ini di Excel")
    assert two.pegawai is not None
    assert two.pegawai.status_kepegawaian == ""
    assert "rumus yang hasilnya tidak tersimpan" in two.warnings[0].message


def test_a_formula_with_its_result_is_a_value(tmp_path: Path) -> None:
    """As before."""
    path = book(tmp_path, f'<row r="2"><c r="A2" t="str"><f>Data!A1</f><v>Budi</v></c>{cell("B2", NIP)}</row>')
    assert read_roster(path, bundled(), TODAY).rows[0].name == "Budi"


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!"])
def test_a_typed_error_is_told(tmp_path: Path, error: str) -> None:
    """A cell that the workbook itself marks as an error."""
    path = book(tmp_path, f'<row r="2">{cell("A2", "Budi")}{cell("B2", NIP)}<c r="C2" t="e"><v>{error}</v></c></row>')
    (row,) = read_roster(path, bundled(), TODAY).rows
    assert row.pegawai is not None
    assert row.pegawai.status_kepegawaian == ""
    assert row.warnings[0].message == f"Status Kepegawaian berisi galat Excel {error}; dianggap kosong."


@pytest.mark.parametrize("value", ["<v/>", "<v></v>"])
def test_a_shared_string_without_a_number_is_empty(tmp_path: Path, value: str) -> None:
    """X01: Excel opens such a workbook."""
    path = book(tmp_path, f'<row r="2">{cell("A2", "Budi")}{cell("B2", NIP)}<c r="C2" t="s">{value}</c></row>')
    (row,) = read_roster(path, bundled(), TODAY).rows
    assert row.pegawai is not None
    assert (row.name, row.pegawai.status_kepegawaian) == ("Budi", "")
