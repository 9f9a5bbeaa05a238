"""pmm-tui as an installer leaves it, with compiled bytecode, and a data folder with the 40 teachers of the fictional school."""

from __future__ import annotations

import compileall
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pmm_tui
from pmm_tui.practice.school import KEPALA, SEKOLAH, school_teachers
from pmm_tui.store import Store

_SCRIPT = """import sys
from pmm_tui.cli.main import main
sys.exit(main())
"""
_CONFIG = f"""periode = "2026"
[tampilan]
hemat = {{hemat}}
[sekolah]
npsn = "{SEKOLAH.npsn}"
nama = "{SEKOLAH.nama}"
jenjang = "{SEKOLAH.jenjang}"
[sekolah.kepala_sekolah]
nama = "{KEPALA.nama}"
nip = "{KEPALA.nip}"
"""
DEAD = {"PMM_TUI_SERVER": "http://127.0.0.1:9", "PMM_TUI_TOKEN": "token-yang-tidak-dipakai"}
"""An environment with a server that nobody reaches."""


class Installed:
    """The program in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._runs = 0
        site, bin = folder / "site", folder / "bin"
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(Path(pmm_tui.__file__).parent, site / "pmm_tui", ignore=ignored)
        if not compileall.compile_dir(site, quiet=1):
            raise SystemExit("the program does not compile")
        bin.mkdir()
        (bin / "pmm-tui").write_text(_SCRIPT, "ascii")
        for name in ("bare.py", "plain_form.py"):
            shutil.copy(Path(__file__).with_name(name), bin)
        self.argv = [sys.executable, str(bin / "pmm-tui")]
        self.bare, self.plain = ([sys.executable, str(bin / name)] for name in ("bare.py", "plain_form.py"))
        self.env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(site)}
        with Store.open(folder / "contoh" / "pmm-tui.db") as store:
            store.roster.write(school_teachers())

    def machine(self, *, thrifty: bool = False, sample: Path | None = None) -> dict[str, str]:
        """The environment of a machine that was used before: configured, without a server, the teachers in its records.

        `sample` is a folder with other records.
        """
        self._runs += 1
        home = self.folder / f"mesin-{self._runs}"
        shutil.copytree(sample or self.folder / "contoh", home / "data")
        config = home / "config" / "pmm-tui"
        config.mkdir(parents=True)
        (config / "config.toml").write_text(_CONFIG.format(hemat=str(thrifty).lower()), "utf-8")
        return self.env | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "PMM_TUI_DATA": str(home / "data")}


@contextmanager
def installed() -> Iterator[Installed]:
    """Install into a temporary folder."""
    with TemporaryDirectory(prefix="pmm-tui-bench-") as folder:
        yield Installed(Path(folder))
