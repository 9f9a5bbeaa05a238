"""A disk that loses its power: what of the writes, sizes and names that were not synced is there afterwards is anybody's guess.

The method is ALICE's (OSDI 2014). Of a file everything up to its last fsync or fdatasync is there; of what was written since, each
piece may be there, be missing, or be there in some of its sectors, in any order. Of a folder the names up to its last fsync are
right; of the changes since, the first ones may be. That is less than any file system of today keeps.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from pathlib import Path

from tests.faults.storage.sectors import FOLDER, File, Folder
from tests.faults.storage.trace import Call


class Disk:
    """The files under a folder, as they were first and through all calls. `said` is what was told on standard output, and when."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: list[tuple[int, str]] = []
        self.end = 0
        self._names: dict[Path, File] = {}
        self._folders: dict[Path, Folder] = {}
        self._open: dict[int, File | Folder] = {}
        self._where: dict[int, int] = {}  # offset of the next write; -1: always at the end
        self._folder_of: dict[int, Path] = {}
        self._made: set[Path] = set()
        self._syncs: list[tuple[int, File | Folder]] = []
        self._first = {path: File(path.read_bytes()) for path in root.rglob("*") if path.is_file()}
        self._names.update(self._first)

    def play(self, calls: Iterable[Call]) -> None:
        """Take the calls in."""
        for call in calls:
            self.end += 1
            getattr(self, f"_{call.name}", self._nothing)(call)

    def after_cut(self, at: int, chance: random.Random) -> dict[Path, bytes]:
        """The files on the disk when the power goes just before call `at`."""
        safe: dict[int, int] = {}
        for when, what in self._syncs:
            if when < at:
                safe[id(what)] = when
        names: dict[Path, File | None] = dict(self._first)
        for folder in self._folders.values():
            changes = [change for change in folder.changes if change[0] < at]
            sure = sum(when <= safe.get(id(folder), 0) for when, _ in changes)
            kept = chance.randint(sure, len(changes)) if chance.random() < 0.7 else chance.choice((sure, len(changes)))
            for _, entries in changes[:kept]:
                names.update(entries)
        there = {path for path in self._made if names.get(path) is FOLDER}
        files = ((path, file) for path, file in names.items() if file not in (None, FOLDER) and self._reached(path, there))
        return {path: file.after_cut(at, safe.get(id(file), 0), chance) for path, file in files if file is not None}

    def _reached(self, path: Path, there: set[Path]) -> bool:
        """Whether every folder above that was made is there."""
        return all(folder not in self._made or folder in there for folder in path.parents)

    @property
    def begin(self) -> int:
        """The first call that changed something."""
        return min(when for folder in self._folders.values() for when, _ in folder.changes)

    def moment(self, chance: random.Random) -> int:
        """A call to cut the power at: mostly one that is about to sync, when most is at stake, else any."""
        syncs = [when for when, _ in self._syncs if when >= self.begin]
        return chance.choice(syncs) if chance.random() < 0.6 else chance.randint(self.begin, self.end + 1)

    def content(self) -> dict[Path, bytes]:
        """The files as the program sees them at the end."""
        return {path: file.content() for path, file in self._names.items() if file is not FOLDER}

    # ---- calls

    def _nothing(self, call: Call) -> None:
        pass

    def _path(self, name: bytes | str, folder: bytes | str = "AT_FDCWD") -> Path:
        assert isinstance(name, bytes)
        base = Path.cwd() if folder == "AT_FDCWD" else self._folder_of.get(int(folder), Path("/"))
        return base / os.fsdecode(name)

    def _ours(self, path: Path) -> bool:
        return path == self.root or self.root in path.parents

    def _folder(self, path: Path) -> Folder:
        return self._folders.setdefault(path, Folder())

    def _entries(self, *entries: tuple[Path, File | None]) -> None:
        """Change names, at once; the change belongs to the folder of the last of them."""
        self._folder(entries[-1][0].parent).changes.append((self.end, entries))
        for path, file in entries:
            if file is None:
                self._names.pop(path, None)
            else:
                self._names[path] = file

    def _openat(self, call: Call) -> None:
        path, flags = self._path(call.args[1], call.args[0]), str(call.args[2])
        self._close_number(call.result)
        if not self._ours(path):
            return
        if self._names.get(path, FOLDER) is FOLDER and "O_CREAT" not in flags:
            self._open[call.result] = self._folder(path)
            self._folder_of[call.result] = path
            return
        file = self._names.get(path)
        if file is None:
            file = File()
            self._entries((path, file))
        elif "O_TRUNC" in flags:
            file.note(self.end, -1, b"0")
        self._open[call.result] = file
        self._where[call.result] = -1 if "O_APPEND" in flags else 0

    def _close(self, call: Call) -> None:
        self._close_number(int(str(call.args[0])))

    def _close_number(self, number: int) -> None:
        for table in (self._open, self._where, self._folder_of):
            table.pop(number, None)

    def _file(self, call: Call) -> File | None:
        found = self._open.get(int(str(call.args[0])))
        return found if isinstance(found, File) else None

    def _lseek(self, call: Call) -> None:
        number = int(str(call.args[0]))
        if self._where.get(number, -1) >= 0:
            self._where[number] = call.result

    def _write(self, call: Call) -> None:
        content = call.args[1]
        assert isinstance(content, bytes)
        if call.args[0] == "1":
            self.said += [(self.end, line) for line in content.decode().splitlines()]
        elif (file := self._file(call)) is not None:
            self._append(int(str(call.args[0])), file, content[: call.result])

    def _append(self, number: int, file: File, content: bytes) -> None:
        offset = self._where[number]
        file.note(self.end, file.size() if offset < 0 else offset, content)
        if offset >= 0:
            self._where[number] = offset + len(content)

    def _sendfile(self, call: Call) -> None:
        to, source = self._file(call), self._open.get(int(str(call.args[1])))
        if to is not None and isinstance(source, File) and call.result:
            start = int(str(call.args[2]).strip("[").partition("]")[0])
            self._append(int(str(call.args[0])), to, source.content()[start : start + call.result])

    def _pwrite64(self, call: Call) -> None:
        if (file := self._file(call)) is not None:
            assert isinstance(call.args[1], bytes)
            file.note(self.end, int(str(call.args[3])), call.args[1][: call.result])

    def _ftruncate(self, call: Call) -> None:
        if (file := self._file(call)) is not None:
            file.note(self.end, -1, str(call.args[1]).encode())

    def _fsync(self, call: Call) -> None:
        if (what := self._open.get(int(str(call.args[0])))) is not None:
            self._syncs.append((self.end, what))

    _fdatasync = _fsync

    def _rename(self, call: Call) -> None:
        old, new = map(self._path, call.args)
        if self._ours(old):
            self._entries((old, None), (new, self._names[old]))

    def _mkdir(self, call: Call) -> None:
        path = self._path(call.args[0])
        if self._ours(path):
            self._made.add(path)
            self._entries((path, FOLDER))

    def _link(self, call: Call) -> None:
        old, new = map(self._path, call.args)
        if self._ours(old):
            self._entries((new, self._names[old]))

    def _linkat(self, call: Call) -> None:
        old, new = self._path(call.args[1], call.args[0]), self._path(call.args[3], call.args[2])
        if self._ours(old):
            self._entries((new, self._names[old]))

    def _unlink(self, call: Call) -> None:
        self._gone(self._path(call.args[0]))

    def _unlinkat(self, call: Call) -> None:
        self._gone(self._path(call.args[1], call.args[0]))

    def _gone(self, path: Path) -> None:
        if path in self._names:
            self._entries((path, None))
