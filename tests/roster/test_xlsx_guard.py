"""The guard of XLSX files in this process: each limit with the sentence that is its own, and one element below it that passes.

The child's limits of memory and time end a bomb too, with a general sentence; macOS knows no such limit of memory.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster.xlsx_guard import CostCounter, guarded_xlsx
from tests.roster.hostile_xlsx import ROW, cells, parts, sheet, sst

SHEET, SHARED, OTHER = "xl/worksheets/sheet1.xml", "xl/sharedstrings.xml", "xl/styles.xml"
TOO_LARGE, DAMAGED, TOO_WIDE = "isinya terlalu besar", "rusak atau terpotong", "terlalu luas untuk daftar guru"


def count(*contents: tuple[str, str | bytes]) -> None:
    """Count parts one after another, as those of one file."""
    counter = CostCounter()
    for name, content in contents:
        counter.count(name, content.encode() if isinstance(content, str) else content)


def refused(words: str, *contents: tuple[str, str | bytes]) -> None:
    """The last of these parts is refused with these words, and those before it are not."""
    count(*contents[:-1])
    with pytest.raises(InputError, match=words):
        count(*contents)


def archive(content: dict[str, str | bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", kind) as packed:
        for name, text in content.items():
            packed.writestr(name, text)
    return made.getvalue()


def kept(data: bytes) -> dict[str, bytes]:
    """What comes through the guard."""
    with zipfile.ZipFile(guarded_xlsx(data)) as clean:
        assert {info.compress_type for info in clean.infolist()} <= {zipfile.ZIP_STORED}
        return {info.filename: clean.read(info) for info in clean.infolist()}


# ---- what a part may hold


def test_a_part_has_no_tag_that_is_longer_than_any() -> None:
    """A tag of 49,999 characters is read; one more, and its attributes would cost a hundred times their bytes."""
    count((SHEET, sheet(f'<row a="{"x" * (49_999 - len("row a=") - 2)}"></row>')))
    refused(DAMAGED, (SHEET, sheet(f'<row a="{"x" * (50_000 - len("row a=") - 2)}"></row>')))


@pytest.mark.parametrize("encoding", ["UTF-8", "utf8", "US-ASCII"])
def test_a_part_is_utf8(encoding: str) -> None:
    """Another encoding could hide tags from whoever looks for them; so could NUL bytes."""
    count((OTHER, f'<?xml version="1.0" encoding="{encoding}"?><a/>'))
    count((OTHER, '<?xml version="1.0"?><a/>'))
    for other in ("iso-8859-1", "utf-16", "cp037"):
        refused(DAMAGED, (OTHER, f'<?xml version="1.0" encoding="{other}"?><a/>'))
    refused(DAMAGED, (OTHER, b"<a>\0</a>"))


def test_a_part_defines_no_entities() -> None:
    """A document type is refused before anything in it grows."""
    refused("entitas XML", (OTHER, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))
    refused("entitas XML", (OTHER, "<!DOCTYPE a><a/>"))


def test_a_part_is_sound_xml() -> None:
    """What ends in the middle, or has something behind its end, is damaged."""
    refused(DAMAGED, (OTHER, "<a><b></a>"))
    refused(DAMAGED, (OTHER, "<a>"))
    refused(DAMAGED, (OTHER, "<a/><a/>"))


def test_a_part_is_at_most_64_deep() -> None:
    """Levels count while they are open, and anew in each part."""
    count((OTHER, "<a>" * 64 + "</a>" * 64), (OTHER, "<a>" + "<b></b>" * 100 + "</a>"))
    refused(DAMAGED, (OTHER, "<a>" * 65 + "</a>" * 65))


def test_all_parts_together_have_a_million_and_a_half_elements() -> None:
    """The elements of every part count together."""
    most = (OTHER, "<a>" + "<b/>" * 1_499_998 + "</a>")
    count(most, (OTHER, "<a/>"))
    counter = CostCounter()
    counter.count(most[0], most[1].encode())
    counter.count(OTHER, b"<a/>")
    with pytest.raises(InputError, match=TOO_LARGE):
        counter.count(OTHER, b"<a/>")


# ---- how far a sheet may reach


def test_a_sheet_has_ten_thousand_rows() -> None:
    """What counts is the last row with something in it; the sentence says how far it reaches."""
    count((SHEET, sheet(ROW + cells("A", range(10_000, 10_001)))))
    refused(rf"sampai baris 10001 dan kolom ke-2, {TOO_WIDE}", (SHEET, sheet(ROW + cells("A", range(10_001, 10_002)))))
    count((SHEET, sheet('<row r="10001"/><row r="1048576"><c r="A1048576"/></row>')))


def test_a_sheet_has_as_many_columns_as_excel() -> None:
    """XFD is Excel's last column, and the first three letters of an address may say more."""
    count((SHEET, sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')))
    refused(rf"sampai baris 1 dan kolom ke-16385, {TOO_WIDE}", (SHEET, sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>')))


def test_the_rectangle_around_what_is_filled_is_bounded() -> None:
    """Two cells in opposite corners cost all the cells between them: 1,500,000 may be, one column more may not."""
    corner = '<row r="1"><c r="{column}1"><v>1</v></c></row><row r="{row}"><c r="A{row}"><v>1</v></c></row>'
    count((SHEET, sheet(corner.format(column="ET", row=10_000))))
    refused(rf"kolom ke-151, {TOO_WIDE}", (SHEET, sheet(corner.format(column="EU", row=10_000))))
    refused(rf"baris 9934 dan kolom ke-151, {TOO_WIDE}", (SHEET, sheet(corner.format(column="EU", row=9_934))))
    count((SHEET, sheet(corner.format(column="EU", row=9_933))))


@pytest.mark.parametrize("value", ["<v>1</v>", "<is><t>x</t></is>", "<x:v>1</x:v>"])
def test_every_way_to_fill_a_cell_counts(value: str) -> None:
    """A number, a text in the cell and a prefixed element make the grid grow; an empty cell does not."""
    far = f'<row r="20000"><c r="A20000" t="inlineStr" xmlns:x="urn:x">{value}</c></row>'
    refused(TOO_WIDE, (SHEET, sheet(far)))
    count((SHEET, sheet(far.replace(value, "<f>1</f>"))))
    count((OTHER, sheet(far)))


def test_rows_and_cells_without_an_address_are_counted_on() -> None:
    """A row follows the one before it, a cell the one to its left; each sheet begins anew."""
    row = "<row><c><v>1</v></c></row>"
    count((SHEET, sheet(row * 10_000)), (SHEET, sheet(row * 10_000)))
    refused("baris 10001 dan kolom ke-1,", (SHEET, sheet(row * 10_001)))
    count((SHEET, sheet('<row r="9999"/>' + row)))
    refused("baris 10001 dan kolom ke-1,", (SHEET, sheet('<row r="10000"/>' + row)))
    filled, empty = "<c><v>1</v></c>", "<c/>"
    count((SHEET, sheet(f'<row><c r="XFC1"/>{filled}</row><row>{filled}</row>')))
    refused("baris 1 dan kolom ke-16385,", (SHEET, sheet(f'<row><c r="XFC1"/>{empty}{filled}</row>')))


@pytest.mark.parametrize("address", ["A2", "A1048576", "A01", "A0", "1", "A", "a1", "ABCD1", "A12345678", "A1 "])
def test_a_cell_stands_in_its_own_row(address: str) -> None:
    """An address of another row, or one that is none, is damage: calamine would believe it."""
    count((SHEET, sheet('<row r="1"><c r="A1"><v>1</v></c></row>')))
    refused(DAMAGED, (SHEET, sheet(f'<row r="1"><c r="{address}"/></row>')))


@pytest.mark.parametrize("number", ["0", "01", "-1", "x", "", "12345678"])
def test_a_rows_number_is_one(number: str) -> None:
    """A row number that is none, or longer than any, is damage."""
    count((SHEET, sheet('<row r="9999999"/>')))
    refused(DAMAGED, (SHEET, sheet(f'<row r="{number}"/>')))


# ---- shared text


def shown(numbers: list[int | str]) -> str:
    """A sheet whose cells show these shared strings."""
    rows = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in numbers)
    return sheet(rows)


def test_shared_text_counts_as_often_as_it_is_shown() -> None:
    """Twelve million characters may be shown in a sheet; the next cell's would be one too many, and the next sheet begins anew."""
    strings = (SHARED, sst(f"<si><t>{'x' * 600_000}</t><r><t>{'y' * 400_000}</t></r></si><si><t>z</t></si>"))
    most = (SHEET, shown([0] * 12))
    counter = CostCounter()
    for name, content in (strings, most, most):
        counter.count(name, content.encode())
    counter.count(SHEET, sheet('<row><c t="s"><v>0</v></c><c><v>1</v></c><c t="n"><v>7</v></c></row>').encode())
    with pytest.raises(InputError, match=TOO_LARGE):
        counter.count(SHEET, shown([0] * 12 + [1]).encode())


@pytest.mark.parametrize("number", ["2", "-1", "+1", "", "x", "1.0", "١", "000000001", "99999999999999999999"])
def test_a_cell_shows_a_string_that_is_there(number: str) -> None:
    """A number beyond the last string, or that is none, is damage."""
    strings = (SHARED, sst("<si><t>a</t></si><si/>"))
    count(strings, (SHEET, shown([0, 1, " 1 ", "00000001"])))
    refused(DAMAGED, strings, (SHEET, shown([number])))


def test_a_number_in_pieces_is_one_number() -> None:
    """Character references do not hide which string is shown."""
    strings = (SHARED, sst("<si><t>a</t></si>" * 12))
    count(strings, (SHEET, shown(["1&#49;"])))
    refused(DAMAGED, strings, (SHEET, shown(["1&#50;"])))


def test_text_outside_a_string_is_none() -> None:
    """A text without its string, or an element that only ends like one, adds nothing to any."""
    strings = (SHARED, sst("<t>lost</t><si><x>not counted</x></si>"))
    count(strings, (SHEET, shown([0])))
    refused(DAMAGED, strings, (SHEET, shown([1])))


# ---- the archive


def test_a_sound_workbook_keeps_what_is_read_alone() -> None:
    """The parts that calamine needs come through as they are, under names that it finds; everything else stays behind."""
    content = parts(sheet(ROW), sst("<si><t>a</t></si>"))
    surplus = {
        "docProps/app.xml": "<a/>", "xl/media/image1.png": "x", "xl/calcChain.xml": "<a/>", "xl/metadata.xml": "<a/>",
        "xl/worksheets/_rels/sheet1.xml.rels": "<a/>", "xl/theme/theme1.xml": "<a/>",
    }  # fmt: skip
    needed = {"[Content_Types].xml": "<a/>", "_rels/.rels": "<a/>", "xl\\styles.xml": "<a/>"}

    found = kept(archive({**content, **surplus, **needed}))

    assert found.keys() == {*content, "[Content_Types].xml", "_rels/.rels", "xl/styles.xml"}
    assert found["xl/worksheets/sheet1.xml"] == sheet(ROW).encode()


def test_strings_are_counted_before_the_sheets_that_show_them() -> None:
    """Whatever the order in the archive."""
    content = parts(shown([0]))
    assert len(kept(archive({**content, "xl/sharedStrings.xml": sst("<si><t>a</t></si>")}))) == 4


def test_an_archive_has_a_thousand_parts() -> None:
    """One more is refused before an object is made of each."""
    content = parts(sheet(ROW))
    for surplus, sound in ((1_000 - len(content), True), (1_001 - len(content), False)):
        data = archive({**content, **{f"xl/media/{number}.png": "" for number in range(surplus)}}, zipfile.ZIP_STORED)
        if sound:
            assert kept(data).keys() == content.keys()
        else:
            with pytest.raises(InputError, match=r"lebih dari 1000 bagian"):
                guarded_xlsx(data)


@pytest.mark.parametrize(("size", "sound"), [(4_000_000, True), (4_000_001, False)])
@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_beside_the_sheets_is_small(name: str, size: int, sound: bool) -> None:
    """Only sheets and the shared strings may have more than four million bytes."""
    content = {**parts(sheet(ROW)), name: "<a>" + " " * (size - 7) + "</a>"}
    data = archive(content, zipfile.ZIP_STORED)
    if sound:
        assert len(kept(data)[name]) == size
    else:
        with pytest.raises(InputError, match=TOO_LARGE):
            guarded_xlsx(data)


@pytest.mark.parametrize(("more", "sound"), [(0, True), (1, False)])
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_all_parts_together_have_32_million_bytes(name: str, more: int, sound: bool) -> None:
    """The bytes of every part that is read count together, those of the largest too."""
    content = parts(sheet(ROW), sst(""))
    del content[name]
    rest = 32_000_000 - sum(map(len, content.values()))
    data = archive({**content, name: "<a>" + " " * (rest - 7 + more) + "</a>"}, zipfile.ZIP_STORED)
    if sound:
        assert len(kept(data)[name]) == rest
    else:
        with pytest.raises(InputError, match=TOO_LARGE):
            guarded_xlsx(data)


@pytest.mark.parametrize(("size", "sound"), [(1_000_000, True), (1_000_001, False)])
def test_a_part_inflates_a_hundredfold_at_most(size: int, sound: bool) -> None:
    """What packs to less than ten thousand bytes may grow to a million; nothing that people write packs better."""
    data = archive({**parts(sheet(ROW)), "xl/styles.xml": "<a>" + " " * (size - 7) + "</a>"})
    if sound:
        assert len(kept(data)["xl/styles.xml"]) == size
    else:
        with pytest.raises(InputError, match=TOO_LARGE):
            guarded_xlsx(data)


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_parts_are_stored_or_deflated(kind: int) -> None:
    """The other ways of packing inflate without a bound."""
    with pytest.raises(InputError, match=DAMAGED):
        guarded_xlsx(archive(parts(sheet(ROW)), kind))


def test_a_locked_part_is_named_as_locked() -> None:
    """The flag of a password is enough."""
    data = bytearray(archive(parts(sheet(ROW))))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(InputError, match="terkunci kata sandi"):
        guarded_xlsx(bytes(data))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("xl/workbook.bin", "Excel biner"),
        ("content.xml", "OpenDocument"),
        ("word/document.xml", "dokumen Word"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("a.txt", "adalah arsip ZIP"),
    ],
)
def test_what_is_no_workbook_is_named(name: str, words: str) -> None:
    """Each kind of archive has its own sentence."""
    with pytest.raises(InputError, match=words):
        guarded_xlsx(archive({name: "x"}))


def test_two_parts_of_one_name_are_damage() -> None:
    """Two readers would take different ones: case and the way of slashes make no difference."""
    for twin in ("XL/Worksheets/SHEET1.xml", "xl\\worksheets\\sheet1.xml"):
        with pytest.raises(InputError, match=DAMAGED):
            guarded_xlsx(archive({**parts(sheet(ROW)), twin: "<a/>"}))


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-30], lambda data: data[:60] + b"\xff" * 40 + data[100:], lambda data: b"PK\x03\x04"]
)
def test_a_torn_archive_is_damage(spoil: object) -> None:
    """Whatever the library calls it."""
    assert callable(spoil)
    with pytest.raises(InputError, match=DAMAGED):
        guarded_xlsx(spoil(archive(parts(sheet(ROW)))))
