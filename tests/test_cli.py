"""The command line as a whole: sentences, exit codes, streams, and what each entry imports is in test_imports."""

from __future__ import annotations

import io
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pmm_tui import __version__
from pmm_tui.cli.main import main
from pmm_tui.cli.output import Output
from pmm_tui.locations import locate
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store

ENTRY = (sys.executable, "-m", "pmm_tui")
ENGLISH = ("usage:", "error:", "positional", "optional arguments", "show this help", "invalid", "required", "expected")


def start(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*ENTRY, *arguments], capture_output=True, timeout=60, check=False, **more)  # type: ignore[call-overload,no-any-return]


def _every_parser() -> list[tuple[str, ...]]:
    from pmm_tui.cli.parser import build_parser

    found: list[tuple[str, ...]] = []

    def walk(parser: object, words: tuple[str, ...]) -> None:
        found.append(words)
        for action in parser._actions:  # type: ignore[attr-defined]
            if isinstance(getattr(action, "choices", None), dict):
                for name, child in action.choices.items():
                    walk(child, (*words, name))

    walk(build_parser(), ())
    return found


@pytest.mark.parametrize("words", _every_parser(), ids=" ".join)
def test_every_command_has_help_in_indonesian(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """--help of every command ends well and has no English of argparse's in it."""
    assert main([*words, "--help"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("Pemakaian: pmm-tui")
    assert told.err == ""
    for word in ENGLISH:
        assert word not in told.out.lower()


def test_help_tells_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit codes are in --help."""
    main(["--help"])
    said = capsys.readouterr().out
    for code in (0, 1, 2, 3, 4, 5, 130):
        assert f"\n  {code} " in said


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """--version prints the version alone."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"pmm-tui {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["kirm"], 'Mungkin maksudnya "kirim"?'),
        (["rencana"], "Belum diisi: PERINTAH."),
        (["rencana", "ekspor", "1"], "Belum diisi: --ke."),
        (["rencana", "ekspor", "--ke"], "--ke harus diikuti satu nilai."),
        (["rencana", "impor"], "Belum diisi: BERKAS."),
        (["daftar", "--jsn"], "Tidak dikenal: --jsn."),
        (["daftar", "--js"], "Tidak dikenal: --js."),
        (["daftar", "--json=1"], "--json tidak memakai nilai"),
        (["server", "--port", "abc"], "--port: nilai 'abc' tidak dapat dipakai."),
        (["server", "token", "buat", "--npsn", "20512345", "--peran", "guru"], "operator, kepala_sekolah"),
        (["kirim", "--token", "rahasia"], "Tidak dikenal: --token rahasia."),
        (["rencana", "ekspor", "--ke", "x"], "--semua"),
        (["--config", "/tidak/ada.toml", "daftar"], "/tidak/ada.toml"),
        (["daftar", "--config", "/tidak/ada.toml"], "/tidak/ada.toml"),
    ],
)
def test_wrong_usage_is_one_indonesian_sentence(arguments: list[str], part: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong command line ends with exit code 2, nothing on stdout, one line on stderr, and no English."""
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert part in told.err
    assert told.err.count("\n") == 1
    for word in ENGLISH:
        assert word not in told.err.lower()


def test_an_error_is_the_one_document_too(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json an error is one document on stdout as well as a sentence on stderr."""
    assert main(["daftar", "--json", "--periode", "1999"]) == 2
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert document["kode"] == 2
    assert document["galat"] in told.err


@pytest.mark.process
def test_without_a_terminal_the_screen_points_to_the_commands() -> None:
    """Without a terminal there is one sentence that names commands, and exit code 2."""
    for arguments in ((), ("layar",)):
        told = start(*arguments, stdin=subprocess.DEVNULL)
        assert (told.returncode, told.stdout) == (2, b"")
        assert b"pmm-tui daftar" in told.stderr
        assert told.stderr.count(b"\n") == 1


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="needs a pty")
def test_a_dumb_terminal_points_to_the_commands() -> None:
    """TERM=dumb gives one sentence and exit code 2, and no escape sequence."""
    import pty

    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0), os.fdopen(theirs, "wb", buffering=0) as terminal:
        told = subprocess.run(
            ENTRY,
            env={**os.environ, "TERM": "dumb"},
            stdin=terminal,
            stdout=terminal,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert told.returncode == 2
    assert b"TERM=dumb" in told.stderr
    assert b"\x1b" not in told.stderr


def test_a_second_copy_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """While a copy runs, another that would write says so and ends with exit code 3."""
    with Store.open(locate(os.environ).database):
        assert main(["ajukan", "--semua-lengkap", "--periode", "2026"]) == 3
    assert "Program sudah terbuka di jendela lain" in capsys.readouterr().err


def test_storage_trouble_has_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A data folder that cannot be made ends with exit code 4 and one sentence that names it."""
    (tmp_path / "berkas").write_text("")
    monkeypatch.setenv("PMM_TUI_DATA", str(tmp_path / "berkas" / "data"))
    assert main(["daftar", "--periode", "2026"]) == 4
    told = capsys.readouterr().err
    assert str(tmp_path / "berkas") in told
    assert told.count("\n") == 1


def test_our_own_fault_leaves_a_report_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unexpected error is one sentence that names the report; neither holds what the error said."""

    def broken(*_: object) -> int:
        raise RuntimeError("198507142010012012")

    monkeypatch.setattr("pmm_tui.cli.commands.lokasi.run", broken)
    assert main(["lokasi"]) == 1
    told = capsys.readouterr()
    (report,) = locate(os.environ).report_folder.iterdir()
    assert str(report) in told.err
    for text in (told.out, told.err, report.read_text("utf-8")):
        assert "198507142010012012" not in text
        assert "Traceback" not in text


def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl+C ends a command with one word and exit code 130."""

    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("pmm_tui.cli.commands.lokasi.run", interrupted)
    assert main(["lokasi"]) == 130
    assert capsys.readouterr().err == "Dihentikan.\n"


@pytest.mark.process
def test_a_console_of_windows_shows_what_it_can(tmp_path: Path) -> None:
    """On a console of cp1252 names with other letters crash nothing, and JSON keeps them as escapes."""
    name = "Łukasz Ñuñez 王"
    with Store.open(locate(os.environ).database) as store:
        store.roster.write([Pegawai(nama=name)])
    env = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    table = start("daftar", "--periode", "2026", env=env)
    assert table.returncode == 0
    assert "?ukasz Ñuñez ?".encode("cp1252") in table.stdout
    document = start("daftar", "--periode", "2026", "--json", env=env)
    assert json.loads(document.stdout.decode("cp1252"))["guru"][0]["nama"] == name


EVIL = "x\x1b]52;c;AAAA\x07\u202egnp.\x9b31m"


@pytest.mark.parametrize(
    "arguments",
    [["rencana", "impor", EVIL], ["ajukan", EVIL], [EVIL], ["daftar", "--periode", EVIL], ["--config", EVIL, "daftar"]],
)
def test_what_is_printed_cannot_steer_the_terminal(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences and bidi characters in arguments and file names do not reach the terminal."""
    assert main(arguments) in (1, 2)
    told = capsys.readouterr()
    assert "gnp" in told.out + told.err
    for text in (told.out, told.err):
        assert not set(text) & set("\x1b\x07\x9b\u202e")


class _Gone(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.tries = 0

    def write(self, text: str) -> int:
        self.tries += 1
        raise BrokenPipeError


def test_a_reader_that_went_away_stops_no_command() -> None:
    """After the pipe broke the rest is dropped, narration goes on, and nothing is raised."""
    gone, err = _Gone(), io.StringIO()
    out = Output(gone, err)
    for number in range(3):
        out.line(str(number))
        out.say(str(number))
    out.flush()
    assert gone.tries == 1
    assert err.getvalue() == "0\n1\n2\n"


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="closed pipes differ")
@pytest.mark.parametrize("arguments", [["--help"], ["lokasi"], ["lokasi", "--json"]])
def test_a_closed_pipe_is_quiet(arguments: Sequence[str]) -> None:
    """`pmm-tui ... | true` prints no error of the interpreter's."""
    read, write = os.pipe()
    os.close(read)
    try:
        told = subprocess.run([*ENTRY, *arguments], stdout=write, stderr=subprocess.PIPE, timeout=60, check=False)
    finally:
        os.close(write)
    assert (told.returncode, told.stderr) == (0, b"")


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_in_the_real_program() -> None:
    """SIGINT to the running program ends it with 130 and no traceback."""
    code = (
        "import os, signal, sys\n"
        "import pmm_tui.cli.commands.lokasi as lokasi\n"
        "lokasi.run = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "from pmm_tui.cli.main import main\n"
        "sys.exit(main(['lokasi']))\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert (told.returncode, told.stderr) == (130, b"Dihentikan.\n")


def test_places_are_told_even_with_a_broken_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`lokasi` works while the configuration cannot be read: it is how one finds it."""
    config = tmp_path / "rusak.toml"
    config.write_text("= rusak")
    assert main(["lokasi", "--json", "--config", str(config)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["konfigurasi"] == {"jalur": str(config), "ada": True}
    assert found["basis_data"] == {"jalur": str(locate(os.environ).database), "ada": False}
    assert main(["daftar", "--config", str(config)]) == 2


def test_every_command_is_found_in_a_module_of_its_own() -> None:
    """The parser's modules are those of `cli.commands`, all of them, and each name leads to the module that bears it."""
    from pmm_tui.cli import commands
    from pmm_tui.cli.parser import build_parser
    from pmm_tui.cli.run import _command

    named: set[str] = set()

    def walk(parser: object) -> None:
        named.add(parser.get_default("module"))  # type: ignore[attr-defined]
        for action in parser._actions:  # type: ignore[attr-defined]
            if isinstance(getattr(action, "choices", None), dict):
                for child in action.choices.values():
                    walk(child)

    walk(build_parser())
    assert named == {module.name for module in pkgutil.iter_modules(commands.__path__)}
    for module in named:
        assert _command(module).__module__ == f"pmm_tui.cli.commands.{module}"
