"""Files that another program holds for a moment, as on Windows: tried again for two seconds, then said; and only in one place."""

from __future__ import annotations

import ast
import errno
from collections.abc import Callable
from pathlib import Path

import pytest

import pmm_tui
from pmm_tui import held_file, private_file
from pmm_tui.errors import DiskFullError, ReadOnlyError, StorageError
from pmm_tui.private_file import write_private
from pmm_tui.store import Store, faults
from pmm_tui.store.backup import copy_to

PACKAGE = Path(pmm_tui.__file__).parent
SENTENCE = "sedang dipakai program lain (antivirus, OneDrive atau jendela lain); tunggu sebentar lalu coba lagi."


def refused(winerror: int) -> OSError:
    """What Python on Windows raises for an error of the system's."""
    error = PermissionError(errno.EACCES, "Access is denied")
    error.winerror = winerror  # type: ignore[attr-defined]
    return error


class Holder:
    """Another program that holds files for the first `times` tries; time passes only while one waits."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, winerror: int, times: float) -> None:
        self.tries = 0
        self.now = 0.0
        self._error, self._times = winerror, times
        monkeypatch.setattr("pmm_tui.held_file.monotonic", lambda: self.now)
        monkeypatch.setattr("pmm_tui.held_file.sleep", self._sleep)
        for name in ("replace", "rename", "unlink"):
            monkeypatch.setattr(Path, name, self._holding(getattr(Path, name)))

    def _sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds

    def _holding(self, works: Callable[..., object]) -> Callable[..., object]:
        def held(*arguments: object, **more: object) -> object:
            self.tries += 1
            if self.tries <= self._times:
                raise refused(self._error)
            return works(*arguments, **more)

        return held


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_file_that_is_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, winerror: int) -> None:
    """Renaming, replacing and removing go through once the other program lets go."""
    one, two, three = (tmp_path / name for name in ("satu", "dua", "tiga"))
    for times in (1, 3, 9):
        one.write_bytes(b"1")
        with monkeypatch.context() as patch:
            holder = Holder(patch, winerror, times)
            held_file.replace(one, two)
        assert (holder.tries, two.read_bytes()) == (times + 1, b"1")
        assert 0 < holder.now < held_file.PATIENCE
    with monkeypatch.context() as patch:
        Holder(patch, winerror, 4)
        held_file.rename(two, three)
    assert three.exists()
    Holder(monkeypatch, winerror, 4)
    held_file.remove(three)
    held_file.remove(three, missing_ok=True)
    assert not three.exists()


def test_patience_ends_after_two_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that does not let go is waited for no longer; the error says what it is."""
    (tmp_path / "satu").write_bytes(b"1")
    holder = Holder(monkeypatch, 5, float("inf"))
    with pytest.raises(held_file.HeldFileError) as error:
        held_file.replace(tmp_path / "satu", tmp_path / "dua")
    assert held_file.is_held(error.value)
    assert held_file.PATIENCE <= holder.now < held_file.PATIENCE + 0.5
    assert 5 < holder.tries < 50


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "x"), OSError(errno.ENOSPC, "x"), refused(112)])
def test_other_errors_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """What time does not mend is not tried again; so nothing changes on systems where an open file stops nobody."""

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", fails)
    monkeypatch.setattr("pmm_tui.held_file.sleep", lambda _: pytest.fail("waited"))
    with pytest.raises(type(error)) as told:
        held_file.replace(tmp_path / "satu", tmp_path / "dua")
    assert told.value is error


def test_a_held_configuration_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was there stays, nothing half-made is left, and the sentence names the cause and the way out."""
    path = tmp_path / "pmm" / "config.toml"
    write_private(path, b"lama")
    replaced = held_file.replace

    def held(draft: Path, target: Path) -> None:
        raise held_file.HeldFileError(errno.EACCES, "x", str(target))

    monkeypatch.setattr(held_file, "replace", held)
    with pytest.raises(StorageError) as error:
        write_private(path, b"baru")
    assert error.value.sentence == f"{path}: {SENTENCE}"
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == b"lama"
    monkeypatch.setattr(held_file, "replace", replaced)
    Holder(monkeypatch, 32, 3)
    write_private(path, b"baru")
    assert path.read_bytes() == b"baru"


def test_a_copy_onto_a_held_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that cannot take its name in two seconds is told with the file's name, and leaves nothing hidden."""
    target = tmp_path / "usb" / "salinan.db"
    with Store.open(tmp_path / "pmm-tui.db") as store:
        database = store.database
        works = Path.replace

        def held(draft: Path, to: Path) -> Path:
            if to == target:
                raise refused(32)
            return works(draft, to)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", held)
            patch.setattr(held_file, "PATIENCE", 0.0)
            with pytest.raises(StorageError) as error:
                database.call(lambda: copy_to(database.connection, target))
    assert error.value.sentence == f"Berkas {target} {SENTENCE}"
    assert list(target.parent.iterdir()) == []


def test_words_of_the_system_for_a_held_file(tmp_path: Path) -> None:
    """Windows' own numbers for a held file and a full disk are known wherever an error of the system is told."""
    path = tmp_path / "pmm-tui.db"
    for number in (32, 33):
        assert faults.of_system(refused(number), path).sentence.endswith(SENTENCE)
        assert private_file.reason(refused(number)) == held_file.HELD
    for number in (39, 112):
        assert type(faults.of_system(refused(number), path)) is DiskFullError
    assert type(faults.of_system(refused(5), path)) is ReadOnlyError
    assert private_file.reason(refused(5)) == "tidak diizinkan"


def moves(tree: ast.AST) -> list[int]:
    """The lines that rename, replace or remove a file: `os` by name, `Path.replace` by its one argument, which no text's has."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        of, name = node.func.value, node.func.attr
        if isinstance(of, ast.Name) and of.id in ("held_file", "self"):
            continue
        if isinstance(of, ast.Name) and of.id in ("os", "shutil"):
            moving = name in ("replace", "rename", "renames", "unlink", "remove", "move")
        else:
            moving = name in ("rename", "unlink") or (name == "replace" and len(node.args) == 1 and not node.keywords)
        found += [node.lineno] if moving else []
    return found


def test_files_are_moved_in_one_place_alone() -> None:
    """No other module renames, replaces or removes a file by itself; the look finds each way of doing so."""
    for path in PACKAGE.rglob("*.py"):
        found = moves(ast.parse(path.read_text("utf-8")))
        assert bool(found) == (path.name == "held_file.py"), (path, found)
    ways = "os.replace(a, b)\nos.rename(a, b)\na.replace(b)\na.rename(b)\na.unlink()\nos.remove(a)\nshutil.move(a, b)"
    assert moves(ast.parse(ways)) == [1, 2, 3, 4, 5, 6, 7]
    assert moves(ast.parse("a.replace(b, c)\nat.replace(tzinfo=b)\nheld_file.replace(a, b)")) == []
