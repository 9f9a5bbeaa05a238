"""Killed, full, read-only: what was called saved is there afterwards."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmm_tui.errors import DiskFullError, ReadOnlyError
from pmm_tui.store import Store
from tests.store.samples import MORNING, PERIODE, python, rencana, with_teachers

pytestmark = pytest.mark.process

_WRITE = """
import sys
from pathlib import Path
from pmm_tui.store import Store
from tests.store.samples import PERIODE, MORNING, rencana, seal, with_teachers
store = Store.open(Path(sys.argv[1]))
pegawai = store.roster.all() or with_teachers(store, 5)
n = int(sys.argv[2])
print("ready", flush=True)
while True:
    n += 1
    one = pegawai[n % 5]
    store.drafts.save(one.id, PERIODE, rencana(n), n, MORNING)
    print("draft", one.id, n, flush=True)
    entry = seal(store, one, n, n)
    print("sealed", entry.id, entry.sha256, flush=True)
    store.outbox.mark_sending([entry.id])
"""

_FULL = """
import resource, sys
from pathlib import Path
from pmm_tui.errors import DiskFullError
from pmm_tui.store import Store
from tests.store.samples import MORNING, PERIODE, rencana, with_teachers
path = Path(sys.argv[1])
store = Store.open(path)
one = with_teachers(store, 1)[0]
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), hard))
saved = 0
try:
    for n in range(1, 500):
        store.drafts.save(one.id, PERIODE, rencana("x" * 2000), n, MORNING)
        saved = n
except DiskFullError as error:
    print("full", saved, store.drafts.get(one.id, PERIODE).edit if saved else 0, str(path.parent) in error.sentence)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
again = store.drafts.save(one.id, PERIODE, rencana("y"), 1000, MORNING)
print("again", again.edit, store.database.check(True).good)
"""

_READ_ONLY = """
import os, sys
from pathlib import Path
from pmm_tui.errors import StorageError
from pmm_tui.store import Store
if os.geteuid() == 0:  # the superuser may write anywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    Store.open(Path(sys.argv[1])).reference.set_memo("a", "b")
except StorageError as error:
    print(type(error).__name__, error.exit_code, error.sentence)
"""


def test_kill_at_any_moment_loses_nothing_that_was_told(path: Path) -> None:
    """After SIGKILL at random moments every draft and envelope that was told saved is there, whole, and none is left sending."""
    chance = random.Random(20260108)
    drafts: dict[int, int] = {}
    sealed: dict[int, str] = {}
    last = 0
    for _ in range(6):
        child = python(_WRITE, path, str(last))
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        told = [child.stdout.readline() for _ in range(chance.randrange(1, 120))]
        child.kill()
        rest, error = child.communicate()
        assert error == b""
        last += 1000
        with Store.open(path) as store:
            assert store.database.check().good
            kept = {entry.id: entry for entry in store.outbox.all()}
            for line in b"".join([*told, rest]).splitlines(keepends=True):
                match line.decode().split(" "):
                    case ["draft", id, n] if n.endswith("\n"):
                        drafts[int(id)] = int(n)
                    case ["sealed", id, sha256] if sha256.endswith("\n"):
                        sealed[int(id)] = sha256.strip()
            assert all(kept[id].sha256 == sha256 for id, sha256 in sealed.items())
            assert {entry.keadaan for entry in kept.values()} <= {"queued", "unknown", "superseded"}
            for id, n in drafts.items():
                draft = store.drafts.get(id, PERIODE)
                assert draft is not None
                assert draft.edit >= n
    assert len(sealed) > 10


def test_killed_first_starts_leave_an_empty_folder_or_a_whole_database(tmp_path: Path) -> None:
    """A first start that is killed anywhere never leaves a file that the next start refuses."""
    code = "import sys; from pathlib import Path; from pmm_tui.store import Store; print(flush=True); Store.open(Path(sys.argv[1]))"
    chance = random.Random(8)
    for number in range(12):
        path = tmp_path / str(number) / "pmm-tui.db"
        child = python(code, path)
        assert child.stdout is not None
        child.stdout.readline()
        try:
            child.wait(chance.random() * 0.03)
        except subprocess.TimeoutExpired:
            child.kill()
        child.communicate()

        Store.open(path).close()


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE")
@pytest.mark.parametrize("limit", [30_000, 60_000, 100_000, 200_000])
def test_a_full_disk_is_told_and_overcome(path: Path, limit: int) -> None:
    """With no room left the error says so, what was saved stays readable, and with room again saving works."""
    out, error = python(_FULL, path, str(limit)).communicate()

    assert error == b""
    full, again = out.decode().splitlines()
    _, saved, kept, named = full.split()
    assert saved == kept
    assert named == "True"
    assert again == "again 1000 True"


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE")
@pytest.mark.parametrize("limit", [0, 4096, 20_000])
def test_a_first_start_without_room_leaves_nothing_behind(path: Path, limit: int) -> None:
    """A disk that has no room for the empty database is told as full, and no half-made file stays."""
    code = f"""
import resource, sys
from pathlib import Path
from pmm_tui.errors import DiskFullError
from pmm_tui.store import Store
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
try:
    Store.open(Path(sys.argv[1]))
except DiskFullError:
    print("full")
"""
    out, error = python(code, path).communicate()

    assert (out, error) == (b"full\n", b"")
    assert list(path.parent.iterdir()) == []


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach, as pytest's own is not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.name != "posix", reason="mode bits")
@pytest.mark.parametrize("existing", [True, False])
def test_a_folder_that_cannot_be_written_is_named(open_folder: Path, existing: bool) -> None:
    """In a read-only folder the sentence names the file and the exit code is 4, whether a database is there or not."""
    path = open_folder / "baca" / "pmm-tui.db"
    path.parent.mkdir()
    if existing:
        Store.open(path).close()
        path.chmod(0o444)
    path.parent.chmod(0o555)

    out, error = python(_READ_ONLY, path).communicate()
    path.parent.chmod(0o755)

    assert error == b""
    assert out.decode().startswith("ReadOnlyError 4 ")
    assert str(path) in out.decode()


def test_a_path_that_cannot_be_a_database_is_named(tmp_path: Path) -> None:
    """A folder in the file's place, and a file in the folder's, are refused with a sentence."""
    (tmp_path / "berkas").write_text("bukan folder")
    for path in (tmp_path, tmp_path / "berkas" / "pmm-tui.db"):
        with pytest.raises(ReadOnlyError, match="tidak dapat dibuka"):
            Store.open(path)


def test_a_folder_that_is_gone_while_running_is_told(path: Path) -> None:
    """When the whole folder disappears the next save says so instead of writing into nothing."""
    store = Store.open(path)
    (one,) = with_teachers(store, 1)
    shutil.rmtree(path.parent)

    with pytest.raises((ReadOnlyError, DiskFullError)):
        store.drafts.save(one.id, PERIODE, rencana(1), 1, MORNING)

    store.close()
