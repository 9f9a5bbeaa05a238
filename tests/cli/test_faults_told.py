"""What goes wrong around a command: places, streams, our own faults, configuration; a sentence and an exit code each."""

from __future__ import annotations

import errno
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pmm_tui.cli.main import main
from pmm_tui.cli.output import Output
from pmm_tui.config import Config, write_config
from pmm_tui.errors import StorageError
from pmm_tui.locations import Locations
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Rangkuman
from pmm_tui.skp.plan_file import write_plan_file
from pmm_tui.store import Store
from pmm_tui.text import MAX_MARKS
from tests.cli.conftest import COMPLETE, NOW, SITI, Run

P = ("--periode", "2026")


def breaks(error: BaseException) -> Callable[..., int]:
    def run(*_: object) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (OSError(errno.EACCES, "no", "/tempat/\x1b[31mitu"), 4, "/tempat/[31mitu: tidak dapat dipakai ("),
        (OSError(errno.EIO, "no"), 4, "Berkas atau folder: tidak dapat dipakai ("),
    ],
)
def test_a_place_that_cannot_be_used(run: Run, monkeypatch: pytest.MonkeyPatch, error: OSError, code: int, sentence: str) -> None:
    """What nobody asked before using it is named, without what a terminal would obey; with --json as a document too."""
    monkeypatch.setattr("pmm_tui.cli.commands.lokasi.run", breaks(error))
    told = run("lokasi", "--json")
    assert told.code == code
    assert told.err.startswith(sentence)
    assert told.err.endswith("); periksa tempat dan izinnya.\n")
    assert told.json == {"galat": told.err.rstrip("\n"), "kode": code}


def test_a_reader_that_went_away_while_help_was_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe that broke under a writer that is not ours is no failure."""
    monkeypatch.setattr("pmm_tui.cli.commands.lokasi.run", breaks(BrokenPipeError()))
    told = run("lokasi")
    assert (told.code, told.out, told.err) == (0, "", "")


def test_a_report_that_cannot_be_written(run: Run, places: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where our own fault cannot even be reported, the sentence says so, and that the drafts are safe."""
    monkeypatch.setattr("pmm_tui.cli.commands.lokasi.run", breaks(RuntimeError("198507142010012012")))
    places.data_folder.mkdir(parents=True)
    places.report_folder.write_text("bukan folder")
    told = run("lokasi")
    assert told.code == 1
    assert told.err == "Program keliru dan laporannya tidak dapat disimpan. Draf Anda aman; coba sekali lagi.\n"


class Full(io.StringIO):
    """A stream on a full disk."""

    def write(self, text: str) -> int:
        """Fail, but for nothing."""
        if text:
            raise OSError(errno.ENOSPC, "full")
        return 0


def test_what_was_asked_for_must_arrive() -> None:
    """On a full disk the answer is a failure, told once; narration that is lost is none, and goes on elsewhere."""
    err = io.StringIO()
    out = Output(Full(), err)
    with pytest.raises(StorageError, match=r"Keluaran tidak dapat ditulis \(disk penuh\); periksa tujuan keluaran\."):
        out.line("satu")
    out.line("dua")  # nobody reads it any more
    out.say("tiga")
    assert err.getvalue() == "tiga\n"
    kept = io.StringIO()
    out = Output(kept, Full())
    out.say("satu")
    out.line("dua")
    out.flush()
    assert kept.getvalue() == "dua\n"


def test_a_full_disk_under_the_answer_gives_4(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole program ends with exit code 4 and the sentence on stderr."""
    monkeypatch.setattr("sys.stdout", Full())
    assert main(["lokasi"]) == 4
    assert capsys.readouterr().err.startswith("Keluaran tidak dapat ditulis (")


class FailsLate(io.StringIO):
    """A stream that takes everything and loses it when it is sent on."""

    def flush(self) -> None:
        """Fail."""
        raise OSError(errno.ENOSPC, "full")


def test_help_that_does_not_arrive_gives_4(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is written by others than us is sent on before the end, and counts as not told where that fails."""
    monkeypatch.setattr("sys.stdout", FailsLate())
    assert main(["--version"]) == 4
    assert capsys.readouterr().err.startswith("Keluaran tidak dapat ditulis (")


@pytest.mark.parametrize("arguments", [("rencana",), ("server", "token"), ("daftar", "--json", "--json", "x")])
def test_half_a_command_is_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    """A command that needs another word says so, with exit code 2 and nothing on stdout but the document that was asked for."""
    told = run(*arguments)
    assert told.code == 2
    assert told.err.count("\n") == 1
    if "--json" in arguments:
        assert told.json == {"galat": told.err.rstrip("\n"), "kode": 2}


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_a_stream_that_was_closed_before(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Whoever starts the program without one of its streams gets its work and exit code all the same."""
    monkeypatch.setattr(f"sys.{name}", None)
    assert main(["lokasi"]) == 0
    assert main(["daftar", "--periode", "1999"]) == 2
    getattr(sys, name).close()


def test_a_document_keeps_letters_and_escapes_what_a_terminal_obeys() -> None:
    """Letters stay as they are where the stream can show them; controls, invisible signs and floods of marks are escaped."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="UTF-8", newline="\n")
    marks = "\u0301" * MAX_MARKS
    few, many = f"e{marks}", f"o{marks}\u0301n\u0303"
    content = {"nama": "Ñuñez 王", "arah": "a\u202eb", "c1": "\x9b", "sedikit": few, "banyak": many}
    Output(stream, io.StringIO()).document(content)
    stream.seek(0)
    text = stream.read()
    assert json.loads(text) == content
    for part in ("Ñuñez 王", "a\\u202eb", "\\u009b", f'"{few}"', f'"o{marks}\\u0301n\u0303"'):
        assert part in text
    plain = io.StringIO()
    Output(plain, io.StringIO()).document(content)
    assert plain.getvalue().isascii()
    assert json.loads(plain.getvalue()) == content


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    """Cells are padded, the last is not, and a break in one makes no line."""
    stream = io.StringIO()
    Output(stream, io.StringIO()).table(("A", "B", "C"), [("xyz", "", "1"), ("", "q\nr", "")])
    assert stream.getvalue() == "A    B    C\nxyz       1\n     q r\n"


# ---- what is in force


def test_a_period_that_is_none_is_told_where_it_was_written(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """A period of the configuration is told with the file, one of the command line without."""
    write_config(places.config_file, Config(periode="1999"))
    for command in (("daftar",), ("rencana", "impor", "x.toml", "y.toml")):
        told = run(*command)
        assert (told.code, told.out) == (2, "")
        assert told.err.startswith(f'{places.config_file}: periode: Periode "1999" tidak ada di katalog. ')
        assert told.err.count("\n") == 1
    assert run("daftar", "--periode", "1998").err.startswith('Periode "1998" tidak ada di katalog. ')


@pytest.mark.parametrize(
    "command", [("daftar",), ("periksa",), ("ajukan", "--semua-lengkap"), ("rencana", "ekspor", "--semua", "--ke", "x")]
)
def test_what_was_left_aside_is_told(
    run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """A stored answer of the server that cannot be used is a remark of every command, and no failure."""
    monkeypatch.chdir(tmp_path)
    with Store.open(places.database) as store:
        store.reference.put("katalog/2026", "", b"{rusak", NOW)
        store.reference.put("rapor/2026", "", b'{"capaian": 3}', NOW)
        store.reference.put("sekolah", "", b"[]", NOW)
    told = run(*command, *P)
    assert told.code == 0
    remarks = told.err.splitlines()
    assert "Katalog dari server bukan JSON yang utuh; dipakai katalog bawaan." in remarks
    for part in ("Rapor Pendidikan dari server", "Data sekolah dari server"):
        assert any(remark.startswith(part) for remark in remarks)


def test_a_confirmation_is_only_lost_where_there_was_one(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """A file that does not claim the teacher's confirmation is taken as it is, without the remark about it."""
    with Store.open(places.database) as store:
        store.drafts.save(ids[0], "2026", COMPLETE, 1, NOW)
    file = tmp_path / "a.toml"
    plan = COMPLETE.with_section(Rangkuman(dikonfirmasi_guru=False))
    file.write_text(write_plan_file(SITI, "2026", plan, bundled(), "SMP"), "utf-8")
    (found,) = run("rencana", "impor", "--json", file).json["berkas"]
    assert (found["hasil"], found["sebab"]) == ("diperbarui", "")
