"""Runs cases of bad input through the real command line in a process of its own, and prints a JSON line for each.

Run as `python -m tests.faults.input.runner FOLDER PART OF` on a folder that `siapkan` made. The process is the measure of its own
memory, so that all of a part together stay under the bound of one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from tests.faults.input.cases import Kasus, Komputer
from tests.faults.input.in_process import aliran, lingkungan, teks
from tests.roster.measure import memory

NOBODY = 65_534
SABAR = 15
"""Seconds after which a case is called hung."""
_TABEL = ("pegawai", "draf", "kiriman")


class Macet(BaseException):
    """Nothing in the program may catch it."""


class Hasil(Struct, frozen=True, kw_only=True):
    """What one case came to. `hilang` are rows or bytes that were there before; `sisa` are half-made files that stayed."""

    nama: str
    kode: int
    out: str
    err: str
    detik: float
    memori: int
    jejak: str = ""
    hilang: tuple[str, ...] = ()
    sisa: tuple[str, ...] = ()


class Siap(Struct, frozen=True):
    """A case made ready: its command line and its environment."""

    nama: str
    argv: tuple[str, ...]
    env: dict[str, str]


def siapkan(folder: Path, kasus: Iterable[Kasus]) -> None:
    """Make the files of the cases; another process than the measured one does this, as some files are bombs."""
    pola = Komputer(folder / "pola")
    pola.isi()
    siap = []
    for number, satu in enumerate(kasus):
        home = folder / str(number)
        shutil.copytree(pola.home, home)
        k = Komputer(home)
        argv = tuple(str(part) for part in satu.siap(k))
        siap.append(Siap(satu.nama, tuple(map(_di_luar, argv)), {nama: _di_luar(isi) for nama, isi in k.env.items()}))
    (folder / "siap.json").write_bytes(msgspec.json.encode(siap))


def main(folder: Path, bagian: int, dari: int) -> None:
    """Run every `dari`-th case of a folder that was made ready, from `bagian` on."""
    from tests.faults.input.case_table import tabel

    kasus = tabel()
    for number, siap in enumerate(msgspec.json.decode((folder / "siap.json").read_bytes(), type=list[Siap])):
        if number % dari == bagian:
            hasil = jalankan(kasus[siap.nama], siap, folder / str(number))
            print(msgspec.json.encode(hasil).decode(), flush=True)


def jalankan(kasus: Kasus, siap: Siap, home: Path) -> Hasil:
    """Run one case."""
    from pmm_tui.cli.main import main as pmm_tui

    k = Komputer(home)
    k.env = {nama: _di_dalam(isi) for nama, isi in siap.env.items()}
    argv = [_di_dalam(part) for part in siap.argv]
    rows = _rows(k.basis)
    asli = (home / kasus.asli).read_bytes() if kasus.asli else b""
    out, err = aliran(), aliran()
    jejak, kode = "", -1
    begun = time.perf_counter()
    signal.signal(signal.SIGALRM, _macet)
    signal.alarm(SABAR)
    with lingkungan(k), _sebagai(kasus, k), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            kode = pmm_tui(argv)
        except BaseException:
            jejak = traceback.format_exc()
        finally:
            signal.alarm(0)
    return Hasil(
        nama=kasus.nama,
        kode=kode,
        out=teks(out),
        err=teks(err),
        detik=time.perf_counter() - begun,
        memori=memory(),
        jejak=jejak,
        hilang=_hilang(k, asli) if kasus.asli else tuple(sorted(rows - _rows(k.basis))) if kasus.utuh else (),
        sisa=tuple(str(path.relative_to(home)) for path in home.rglob(".*.*-*") if path.is_file()),
    )


def _di_luar(text: str) -> str:
    """Bytes of no encoding, which a command line may hold, as JSON can carry them."""
    return os.fsencode(text).decode("latin-1")


def _di_dalam(text: str) -> str:
    return os.fsdecode(text.encode("latin-1"))


def _macet(*_: object) -> None:
    raise Macet


@contextlib.contextmanager
def _sebagai(kasus: Kasus, k: Komputer) -> Iterator[None]:
    """As somebody whom file modes stop."""
    if not kasus.bukan_root or os.geteuid() != 0:
        yield
        return
    for path in (k.home, *k.home.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _rows(basis: Path) -> set[str]:
    """Every row of the records."""
    if not basis.is_file():
        return set()
    try:
        with contextlib.closing(sqlite3.connect(basis)) as connection:
            return {f"{tabel} {row!r}" for tabel in _TABEL for row in connection.execute(f"SELECT * FROM {tabel}")}
    except sqlite3.Error:
        return set()


def _hilang(k: Komputer, asli: bytes) -> tuple[str, ...]:
    """The file that stood in the database's place, unless its bytes are still somewhere."""
    here = (path for path in k.home.rglob("*") if path.is_file() and path.stat().st_size == len(asli))
    return () if any(path.read_bytes() == asli for path in here) else ("berkas asli",)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
