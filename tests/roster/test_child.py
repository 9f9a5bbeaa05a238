"""The reading child, run in this process: what it writes, and what it may use of the machine."""

from __future__ import annotations

import ctypes
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster import child, sandbox, sheets
from pmm_tui.roster.headings import heading_map
from pmm_tui.skp.katalog_reader import bundled
from tests.dapodik import write_parts
from tests.roster.conftest import NIP
from tests.roster.hostile_xlsx import ROW, cells, parts, sheet

HEADINGS = heading_map(bundled().impor_dapodik)
CSV = f"Nama;NIP\nBudi;{NIP}\n".encode()


def written(monkeypatch: pytest.MonkeyPatch, data: bytes) -> Any:
    """What the child writes when it is given these bytes."""
    bound: list[str] = []
    out = io.BytesIO()

    def after_binding(size: int) -> bytes:
        assert bound == ["bound"]
        assert size == 20_000_001
        return data

    monkeypatch.setattr(child, "confine", lambda: bound.append("bound"))
    monkeypatch.setattr(sys, "argv", ["child", json.dumps(HEADINGS)])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=SimpleNamespace(read=after_binding)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out))
    child.main()
    return json.loads(out.getvalue())


def test_the_child_writes_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """It binds itself before it reads, and hands on the kind, the headings and the rows."""
    found = written(monkeypatch, CSV)
    assert (found["kind"], found["heading_row"], found["delimiter"]) == ("csv", 1, "titik koma")
    assert found["rows"] == [[2, {"nama": "Budi", "nip": NIP}]]


def test_the_child_writes_its_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read is a sentence in the document."""
    assert written(monkeypatch, b"%PDF")["complaint"].startswith("berisi PDF")


@pytest.mark.parametrize("error", [MemoryError(), RecursionError()])
def test_what_is_too_heavy_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """A child that meets its own limits says so."""

    def heavy(data: bytes, *_: Any) -> Any:
        raise error

    monkeypatch.setattr(child, "read", heavy)
    assert written(monkeypatch, CSV) == {"complaint": child.TOO_HEAVY}


def test_without_calamine_text_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the reader of sheets is missing a CSV comes through, and a workbook says what to do."""
    write_parts(tmp_path / "a.xlsx", parts(sheet(ROW)))
    monkeypatch.setitem(sys.modules, "pmm_tui.roster.sheets", None)
    assert child.read(CSV, HEADINGS)["kind"] == "csv"
    with pytest.raises(InputError, match="python-calamine"):
        child.read((tmp_path / "a.xlsx").read_bytes(), HEADINGS)


# ---- sheets


def book(tmp_path: Path, rows: str, **more: str) -> dict[str, Any]:
    """Read a workbook of one sheet."""
    write_parts(tmp_path / "a.xlsx", {**parts(sheet(rows)), **more})
    return child.read((tmp_path / "a.xlsx").read_bytes(), HEADINGS)


def cell(address: str, text: str) -> str:
    """A cell with its text in it."""
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_sheet_is_named_and_read(tmp_path: Path) -> None:
    """The kind, the sheet's name, the place of the headings, and the rows as Excel counts them."""
    found = book(tmp_path, f'{ROW}<row r="5">{cell("A5", "Budi")}{cell("B5", NIP)}</row>')
    assert (found["kind"], found["sheet"], found["heading_row"]) == ("xlsx", "S", 1)
    assert found["rows"] == [(5, {"nama": "Budi", "nip": NIP})]


def test_a_book_without_headings_names_its_sheets(tmp_path: Path) -> None:
    """The sentence says where the headings were looked for."""
    with pytest.raises(InputError, match=r'100 baris pertama lembar "S";'):
        book(tmp_path, cells("A", range(1, 20)))


def test_the_first_sheet_with_headings_is_read(tmp_path: Path) -> None:
    """A seen sheet comes before a hidden one, which is handed on too; without any the first three that were tried are named."""
    names, states = ("Satu", "Dua", "Tersembunyi", "Tiga", "x" * 31), {"Tersembunyi": "hidden"}
    content = parts(sheet(""))
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" state="{states.get(name, "visible")}"/>'
        for n, name in enumerate(names, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        f' Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, 6)
    )
    book_xml, rels = str(content["xl/workbook.xml"]), str(content["xl/_rels/workbook.xml.rels"])
    content["xl/workbook.xml"] = book_xml[: book_xml.index("<sheets>") + 8] + listed + "</sheets></workbook>"
    content["xl/_rels/workbook.xml.rels"] = rels[: rels.index("<Relationship ")] + relations + "</Relationships>"
    full = f'{ROW}<row r="2">{cell("A2", "Budi")}{cell("B2", NIP)}</row>'
    for n in range(1, 6):
        content[f"xl/worksheets/sheet{n}.xml"] = sheet(full if n in (3, 5) else cells("A", range(1, 3)))
    write_parts(tmp_path / "a.xlsx", content)
    found = child.read((tmp_path / "a.xlsx").read_bytes(), HEADINGS)
    assert found["sheet"] == "x" * 31
    assert [(table["sheet"], table["hidden"], len(table["rows"])) for table in found["others"]] == [("Tersembunyi", True, 1)]

    content["xl/worksheets/sheet5.xml"] = sheet("")
    write_parts(tmp_path / "a.xlsx", content)
    only = child.read((tmp_path / "a.xlsx").read_bytes(), HEADINGS)
    assert (only["sheet"], only["hidden"]) == ("Tersembunyi", True)

    content["xl/worksheets/sheet3.xml"] = sheet("")
    write_parts(tmp_path / "a.xlsx", content)
    with pytest.raises(InputError, match='lembar "Satu", "Dua", "Tiga";'):
        child.read((tmp_path / "a.xlsx").read_bytes(), HEADINGS)


@pytest.mark.parametrize(("last", "read"), [(None, True), ((9_999, 3), True), ((10_000, 3), False)])
def test_an_old_workbook_has_ten_thousand_rows(last: tuple[int, int] | None, read: bool) -> None:
    """Calamine tells where a sheet ends before it hands out its rows; the sentence counts them as Excel does."""
    one = SimpleNamespace(end=last, iter_rows=lambda: [["Nama"]])
    opened: Any = one
    if read:
        assert sheets._rows(opened) == [["Nama"]]
    else:
        with pytest.raises(InputError, match="sampai baris 10001;"):
            sheets._rows(opened)


# ---- the limits


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_the_limits_are_set_as_they_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory beyond what the start took, five seconds of the processor, no dump and no file; both the soft and the hard limit."""
    import resource

    asked: dict[int, tuple[int, int]] = {}

    def setrlimit(kind: int, limits: tuple[int, int]) -> None:
        asked[kind] = limits
        if kind == resource.RLIMIT_CPU:
            raise ValueError("there is a lower one")

    monkeypatch.setattr(resource, "setrlimit", setrlimit)
    monkeypatch.setattr(sandbox, "_in_use", lambda: 1_000)
    sandbox.confine()

    memory = 1_000 + 176 * 1024 * 1024
    assert asked == {
        resource.RLIMIT_AS: (memory, memory),
        resource.RLIMIT_CPU: (5, 5),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_FSIZE: (0, 0),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_what_the_start_took_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address space of this process in bytes; nothing where nobody tells."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    assert sandbox._in_use() >= pages * 4096 * 0.9
    monkeypatch.setattr(Path, "read_text", lambda self, encoding: "")
    assert sandbox._in_use() == 0


class Kernel:
    """Windows's kernel32 as far as the child asks it; each function takes any argument and notes it."""

    def __init__(self, job: int = 7, *, accepts: bool = True) -> None:
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.limits: Any = None
        self._answers = {"CreateJobObjectW": job, "SetInformationJobObject": accepts, "GetCurrentProcess": 9}

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> Any:
            self.asked.append((name, arguments))
            if name == "SetInformationJobObject":
                self.limits = arguments[2]._obj
                assert arguments[3] == ctypes.sizeof(self.limits)
            return self._answers.get(name)

        function = type("Function", (), {"__call__": staticmethod(call)})()
        setattr(self, name, function)
        return function


@pytest.mark.parametrize(("job", "accepts"), [(7, True), (0, True), (7, False)])
def test_windows_gets_a_job_with_the_same_limits(monkeypatch: pytest.MonkeyPatch, job: int, accepts: bool) -> None:
    """Memory, processor time and a single process, without dialog boxes; where there is no job nothing is joined."""
    kernel = Kernel(job, accepts=accepts)
    monkeypatch.setattr(ctypes, "WinDLL", lambda name: kernel, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")

    sandbox.confine()

    asked = dict(kernel.asked)
    assert asked["SetErrorMode"] == (0x8003,)
    assert asked["CreateJobObjectW"] == (None, None)
    joined = asked.get("AssignProcessToJobObject")
    assert joined == ((7, 9) if job and accepts else None)
    if job:
        assert asked["SetInformationJobObject"][:2] == (7, 9)
        basic = kernel.limits.BasicLimitInformation
        assert basic.LimitFlags == 0x10A
        assert (basic.PerProcessUserTimeLimit, basic.ActiveProcessLimit) == (50_000_000, 1)
        assert kernel.limits.ProcessMemoryLimit == 176 * 1024 * 1024
        assert len(kernel.limits.IoInfo) == 6
