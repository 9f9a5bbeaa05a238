"""Reading a roster file: opens it, has a bounded child process read it, and judges what the child hands back."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.private_file import NotAFileError, open_regular
from pmm_tui.roster.cell_values import Sel
from pmm_tui.roster.child import TERLALU_BERAT
from pmm_tui.roster.dapodik import baca_baris
from pmm_tui.roster.file_kind import MAKS_BERKAS, Jenis
from pmm_tui.roster.headings import Peta, peta_judul
from pmm_tui.roster.model import BacaanGuru, BarisDilewati
from pmm_tui.skp.katalog import Katalog
from pmm_tui.text import clean, shorten

DETIK = 4.0
"""Seconds that the child may take, its own start included (0.1 s; 1 s for 5,000 teachers)."""

_MAP = "ini map, bukan berkas; pilih berkas Daftar Guru di dalamnya."
_LINGKUNGAN = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME")


_log = logging.getLogger("pmm_tui.roster")


class _Hasil(Struct, frozen=True):
    """The child's document."""

    galat: str = ""
    jenis: Jenis = "csv"
    baris_judul: int = 0
    kolom: dict[str, str] = {}
    baris: tuple[tuple[int, dict[str, Sel]], ...] = ()
    dilewati: tuple[tuple[int, str], ...] = ()
    lembar: str = ""
    pengodean: str = ""
    pemisah: str = ""


def read_roster(path: Path, katalog: Katalog, hari_ini: date) -> BacaanGuru:
    """Read a Dapodik "Daftar Guru" (XLSX, XLS or CSV, by content); private columns stay in the process that reads it.

    Takes at most about 4.5 s and 300 MB whatever the file is. Raises InputError for a file that cannot be used at all; a row that
    cannot be used is in the result with its reason.
    """
    nama = shorten(clean(path.name), 80) or "Berkas"
    try:
        return susun(_baca_di_anak(path, peta_judul(katalog.impor_dapodik)), nama, katalog, hari_ini)
    except InputError as error:
        raise InputError(f"{nama}: {error.sentence}") from None


def susun(dokumen: bytes, berkas: str, katalog: Katalog, hari_ini: date) -> BacaanGuru:
    """Turn the child's JSON document into the reading of `berkas`; raises InputError with what the child complains of."""
    try:
        hasil = msgspec.json.decode(dokumen, type=_Hasil)
    except msgspec.DecodeError:
        raise InputError(TERLALU_BERAT) from None
    if hasil.galat:
        raise InputError(hasil.galat)
    if not hasil.baris:
        raise InputError(f"tidak berisi guru di bawah judul di baris {hasil.baris_judul}; unduh ulang Daftar Guru dari Dapodik.")
    _log.debug("%s with %d rows, %d skipped", hasil.jenis, len(hasil.baris), len(hasil.dilewati))
    return BacaanGuru(
        berkas=berkas,
        jenis=hasil.jenis,
        baris_judul=hasil.baris_judul,
        kolom=hasil.kolom,
        baris=baca_baris(hasil.baris, hasil.kolom, katalog, hari_ini),
        dilewati=tuple(BarisDilewati(baris, karena) for baris, karena in hasil.dilewati),
        lembar=hasil.lembar,
        pengodean=hasil.pengodean,
        pemisah=hasil.pemisah,
    )


def _baca_di_anak(path: Path, peta: Peta) -> bytes:
    fd = _buka(path)
    try:
        return _jalankan(fd, json.dumps(peta))
    finally:
        os.close(fd)


def _buka(path: Path) -> int:
    """Open a regular file of bearable size."""
    try:
        number = open_regular(path)
    except FileNotFoundError:
        raise InputError("berkas tidak ditemukan; periksa nama dan mapnya.") from None
    except PermissionError:
        if sys.platform == "win32" and path.is_dir():  # elsewhere a folder opens
            raise InputError(_MAP) from None
        raise InputError("berkas tidak boleh dibaca; tutup dulu di Excel bila sedang terbuka, atau periksa izinnya.") from None
    except IsADirectoryError:
        raise InputError(_MAP) from None
    except NotAFileError:
        raise InputError("bukan berkas biasa; impor berkas Daftar Guru unduhan Dapodik (.xlsx) atau CSV.") from None
    except (OSError, ValueError):
        raise InputError("berkas tidak dapat dibuka; periksa nama dan tempatnya, atau salin dulu ke map Dokumen.") from None
    if os.fstat(number).st_size > MAKS_BERKAS:
        os.close(number)
        raise InputError(f"lebih dari {MAKS_BERKAS // 1_000_000} MB; salin tabel guru saja ke berkas baru, lalu impor lagi.")
    return number


def _jalankan(fd: int, peta: str) -> bytes:
    """Run the child on an open file; neither the path nor anything personal is in its arguments or environment."""
    lingkungan = {nama: os.environ[nama] for nama in _LINGKUNGAN if nama in os.environ}
    lingkungan["PYTHONPATH"] = os.pathsep.join(str(Path(tempat).absolute()) for tempat in sys.path)  # also zipapps and checkouts
    try:
        anak = subprocess.Popen(  # noqa: S603  (our own module in our own interpreter)
            [sys.executable, "-P", "-X", "utf8", "-m", "pmm_tui.roster.child", peta],
            stdin=fd,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=lingkungan,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        raise InputError(
            "program pembaca tidak dapat dijalankan; tutup program lain untuk memberi ruang, lalu coba lagi."
        ) from None
    began = time.monotonic()
    with anak:
        try:
            answer = anak.communicate(timeout=DETIK)[0]
        except subprocess.TimeoutExpired:
            _log.info("child killed, too slow")
            raise InputError(TERLALU_BERAT) from None
        finally:
            anak.kill()
    _log.info("child ended with code %d after %d ms, %d bytes", anak.returncode, (time.monotonic() - began) * 1000, len(answer))
    return answer
