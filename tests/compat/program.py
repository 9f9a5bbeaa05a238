"""The program from outside: a computer of its own, command lines with all that they say, and a server."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

DATA = Path(__file__).parent / "data"
Step = tuple[str, ...]

_STAMP = re.compile(r"\d{8}-\d{6}")  # in the name of a file that was set aside
_SERVER = re.compile(r"http://127\.0\.0\.1:\d+")
_MOMENT = re.compile(r'("(?:selisih_jam_detik|beda_jam_detik|terbaru_jam|tertua_jam)": )-?[\d.]+')
_STAGE = re.compile(r'^! Tahap [^\n]*\n|^( *)"tahap": (?:null|"[^"]*"|\{.*?^\1\}),\n', re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"<root>[^\s\"',;]*")


def environment(root: Path) -> dict[str, str]:
    """The whole environment of a program whose home is below `root`."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    home = str(root / "home")
    return kept | {
        "HOME": home,
        "USERPROFILE": home,
        "LOCALAPPDATA": home,
        "XDG_CONFIG_HOME": str(root / "home" / "config"),
        "PMM_TUI_DATA": str(root / "data"),
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "COLUMNS": "100",
        "PYTHONIOENCODING": "utf-8",
    }


class Computer:
    """A home folder with the fixtures' configurations, catalogue and files in it; commands run in its folder."""

    def __init__(self, root: Path, config: str = "own") -> None:
        self.root = root
        self.data = root / "data"
        self.database = self.data / "pmm-tui.db"
        (root / "home").mkdir(mode=0o700, parents=True)
        for name in ("config", "plans", "server"):
            if (DATA / name).exists():
                shutil.copytree(DATA / name, root / name)
        shutil.copy(DATA / "roster.csv", root)
        for path in (root / "config", *(root / "config").iterdir()):
            path.chmod(0o700 if path.is_dir() else 0o600)  # a configuration that others could change is refused
        self.env = environment(root) | {"PMM_TUI_CONFIG": str(root / "config" / f"{config}.toml")}

    def put(self, stage: str) -> None:
        """Give it the records of a stage."""
        shutil.copytree(DATA / "client" / stage, self.data)
        for path in (self.data, *self.data.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)

    def say(self, *argv: str) -> tuple[int, str, str]:
        """Run a command line, in which a `*` stands for files; returns exit code, stdout and stderr."""
        command = [sys.executable, "-m", "pmm_tui", *(name for part in argv for name in self._expanded(part))]
        done = subprocess.run(command, env=self.env, cwd=self.root, capture_output=True, timeout=60)
        return done.returncode, *(stream.decode("utf-8").replace(os.linesep, "\n") for stream in (done.stdout, done.stderr))

    def _expanded(self, part: str) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.glob(part)) if "*" in part else [part]

    def transcript(self, steps: Iterable[Step]) -> str:
        """Run the steps and tell all of it: what was asked, stdout, stderr behind `!`, the exit code behind `=`.

        A step `sql` asks the database itself; `remove` takes files of the data folder away.
        """
        return self.plain("\n".join(self._step(step) for step in steps))

    def plain(self, text: str) -> str:
        """What was said, without this computer's folders, the server's port, the moment, and the stage, which goes by the day."""
        text = _STAGE.sub("", text)
        text = text.replace(str(self.root), "<root>").replace(str(self.root).replace("\\", "\\\\"), "<root>")
        text = _PATH.sub(lambda found: found[0].replace("\\\\", "/").replace("\\", "/"), text)
        return _MOMENT.sub(r"\1<n>", _STAMP.sub("<stamp>", _SERVER.sub("<server>", text)))

    def _step(self, step: Step) -> str:
        if step[0] == "sql":
            with closing(sqlite3.connect(self.database)) as connection:
                rows = connection.execute(step[1]).fetchall()
            return "\n".join((f"$ sql {step[1]}", *(" | ".join(map(str, row)) for row in rows), ""))
        if step[0] == "remove":
            for found in self.data.glob(step[1]):
                found.unlink()
            return f"$ remove {step[1]}\n"
        code, out, err = self.say(*step)
        if step[:2] == ("diagnosa", "--json"):
            out = _without_machine(out)
        said = "".join(f"! {line}\n" for line in err.splitlines())
        return f"$ pmm-tui {' '.join(step)}\n{out}{said}= {code}\n"


def _without_machine(document: str) -> str:
    """What `diagnosa` says, but of versions and terminal the names alone."""
    found = json.loads(document)
    return json.dumps(found | {name: sorted(found[name]) for name in ("versi", "terminal")}, ensure_ascii=False, indent=2) + "\n"


@contextmanager
def serving(root: Path, database: Path) -> Iterator[str]:
    """Run the server on a database; gives its address."""
    command = [sys.executable, "-m", "pmm_tui", "server", "--port", "0", "--database", str(database)]
    command += ["--config", str(root / "config" / "own.toml")]
    with subprocess.Popen(
        command, env=environment(root), cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stdout is not None
        try:
            yield child.stdout.readline().strip()
        finally:
            child.terminate()
            child.wait(20)
