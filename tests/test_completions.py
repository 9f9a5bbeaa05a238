"""The shell completions that are shipped are those of the command line as it is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pmm_tui.cli.main import main
from pmm_tui.cli.parser import SHELL
from tests.make_completions import FOLDER, text


@pytest.mark.parametrize("shell", SHELL)
def test_completions_are_up_to_date(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What `completion` prints is what shtab makes of the parser now; else run `python -m tests.make_completions`."""
    assert main(["pelengkap", shell]) == 0
    assert capsys.readouterr().out == text(shell)


def test_nothing_else_lies_there() -> None:
    """There is one file for each shell and no other."""
    assert {file.name for file in FOLDER.iterdir()} == {f"pmm-tui.{shell}" for shell in SHELL}


@pytest.mark.process
@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("pmm-tui", "dia"), {"diagnosa"}),
        (("pmm-tui", "rencana", "ek"), {"ekspor"}),
        (("pmm-tui", "server", "token", "ca"), {"cabut"}),
        (("pmm-tui", "daftar", "--js"), {"--json"}),
        (("pmm-tui", "server", "token", "buat", "--peran", ""), {"operator", "kepala_sekolah", "keduanya"}),
    ],
)
def test_bash_completes(words: tuple[str, ...], wanted: set[str], tmp_path: Path) -> None:
    """In bash commands, options and choices complete."""
    script = tmp_path / "coba.bash"
    script.write_text(
        f'source "{FOLDER / "pmm-tui.bash"}"\n'
        f"COMP_WORDS=({' '.join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}\n"
        '$(complete -p pmm-tui | sed \'s/.*-F \\([^ ]*\\).*/\\1/\') pmm-tui "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"\n'
        "printf '%s\\n' \"${COMPREPLY[@]}\"\n"
    )
    told = subprocess.run(["bash", str(script)], capture_output=True, text=True, timeout=30, check=False)
    assert set(told.stdout.split()) == wanted, told.stderr
