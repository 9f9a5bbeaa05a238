"""What reading a roster file and comparing it with the stored teachers yields."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from pmm_tui.roster.file_kind import Jenis
from pmm_tui.skp.model import Pegawai

Keadaan = Literal["baru", "diperbarui", "sama", "ditolak"]


class Catatan(Struct, frozen=True):
    """A remark on one row: the column's heading as the file has it, and a sentence."""

    kolom: str
    pesan: str


class BarisGuru(Struct, frozen=True, kw_only=True):
    """A row under the headings: a teacher, or refused.

    `baris` is the number that Excel shows. `pegawai` is None exactly when `alasan` says why; `nama` is for showing either way.
    """

    baris: int
    nama: str
    pegawai: Pegawai | None = None
    alasan: tuple[Catatan, ...] = ()
    peringatan: tuple[Catatan, ...] = ()


class BarisDilewati(Struct, frozen=True):
    """A row that is no teacher: headings again, column numbers, a totals row."""

    baris: int
    karena: str


class BacaanGuru(Struct, frozen=True, kw_only=True):
    """A roster file as read.

    `berkas` is its name without the folder. `pengodean` and `pemisah` are named for CSV, `lembar` for sheets. `kolom` gives the
    file's heading of each field that was found. Every row with something in a used column is in `baris` or in `dilewati`, once.
    """

    berkas: str
    jenis: Jenis
    baris_judul: int
    kolom: dict[str, str]
    baris: tuple[BarisGuru, ...]
    dilewati: tuple[BarisDilewati, ...] = ()
    lembar: str = ""
    pengodean: str = ""
    pemisah: str = ""

    @property
    def asal(self) -> str:
        """How the file was read, in words: `CSV UTF-8, pemisah titik koma, judul di baris 1`."""
        if self.jenis == "csv":
            return f"CSV {self.pengodean}, pemisah {self.pemisah}, judul di baris {self.baris_judul}"
        return f'{self.jenis.upper()}, lembar "{self.lembar}", judul di baris {self.baris_judul}'


class Ubahan(Struct, frozen=True):
    """One field that an import changes; `field` is that of `Pegawai`, `kolom` what to call it."""

    field: str
    kolom: str
    dari: str
    menjadi: str


class BarisBanding(Struct, frozen=True, kw_only=True):
    """What importing a row does.

    `pegawai` is the teacher to write, with the stored id and what the file leaves empty kept; None when `ditolak`. `lama` is the
    stored teacher; None when `baru` or `ditolak`. `ubahan` is empty but for `diperbarui`.
    """

    baris: int
    keadaan: Keadaan
    nama: str
    pegawai: Pegawai | None = None
    lama: Pegawai | None = None
    ubahan: tuple[Ubahan, ...] = ()
    alasan: tuple[Catatan, ...] = ()
    peringatan: tuple[Catatan, ...] = ()
