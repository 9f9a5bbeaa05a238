"""The guard of XLSX files: inflates and counts what a workbook would cost before calamine builds any of it.

Calamine keeps a sheet as one dense grid and each shared string once per cell that shows it, so 4 kB can cost gigabytes. What passes
here is bounded: calamine gets a new archive that holds just the parts which were counted, so no other reading of the ZIP exists.
"""

from __future__ import annotations

import re
import zlib
from array import array
from io import BytesIO
from pyexpat import ExpatError, ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pmm_tui.errors import InputError
from pmm_tui.roster.file_kind import SIMPAN_ULANG, TERKUNCI

MAKS_ISI = 32_000_000
"""Bytes of all the parts that are read, inflated."""

_MAKS_BAGIAN = 1_000  # entries of the archive
_MAKS_KECIL = 4_000_000  # bytes of one part that is neither a sheet nor the shared strings
_RASIO = 100  # inflated to packed; real sheets reach 30
_MAKS_UNSUR = 1_500_000  # XML elements of all parts; 5,000 teachers in 51 columns have 770,000
_MAKS_DALAM = 64  # levels of XML
_MAKS_SEL_PADAT = 1_500_000  # cells of the rectangle around what is filled
_MAKS_BARIS_LEMBAR = 10_000  # the last filled row: room for blank rows between 5,000 teachers
_MAKS_KOLOM_LEMBAR = 16_384  # Excel has no more
_MAKS_HURUF = 12_000_000  # characters of all cells of a sheet that show shared strings
_SEL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_TANDA_PANJANG = re.compile(rb"<[^<>]{50000}")  # a tag whose attributes would cost a hundred times its bytes
_BARIS = re.compile(r"[1-9][0-9]{0,6}")

_PERLU = re.compile(r"\[content_types\]\.xml|_rels/\.rels|xl/[^/]+\.xml|xl/_rels/[^/]+\.rels|xl/worksheets/[^/]+\.xml")
_TAK_PERLU = ("xl/calcchain.xml", "xl/metadata.xml")
_TERLALU_BESAR = "isinya terlalu besar; salin tabel guru saja ke berkas baru, simpan sebagai .xlsx, lalu impor lagi."
_RUSAK = f"rusak atau terpotong; unduh ulang dari Dapodik, atau {SIMPAN_ULANG}"
_BUKAN_XLSX = (
    ("xl/workbook.bin", f"berformat Excel biner (.xlsb); {SIMPAN_ULANG}"),
    ("content.xml", f"berformat OpenDocument, bukan Excel; {SIMPAN_ULANG}"),
    ("word/", "berisi dokumen Word, bukan lembar kerja; impor berkas Daftar Guru unduhan Dapodik (.xlsx)."),
    ("ppt/", "berisi berkas PowerPoint, bukan lembar kerja; impor berkas Daftar Guru unduhan Dapodik (.xlsx)."),
)


def saring_xlsx(data: bytes) -> BytesIO:
    """Return a workbook of only the needed parts of `data`, each inflated, counted and found sound.

    Raises InputError for archives that are no XLSX, damaged, locked, or would cost too much; its sentence starts after the file's
    name.
    """
    if data.count(b"PK\x01\x02") > _MAKS_BAGIAN:  # before zipfile makes an object of each
        raise InputError(f"berisi lebih dari {_MAKS_BAGIAN} bagian; {SIMPAN_ULANG}")
    hasil = BytesIO()
    try:
        with ZipFile(BytesIO(data)) as asal, ZipFile(hasil, "w", ZIP_STORED) as bersih:
            _salin(asal, bersih)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, OverflowError, LookupError):
        raise InputError(_RUSAK) from None
    hasil.seek(0)
    return hasil


def _salin(asal: ZipFile, bersih: ZipFile) -> None:
    bagian = _bagian(asal)
    sisa, penghitung = MAKS_ISI, Penghitung()
    for nama in sorted(bagian, key=lambda nama: nama.startswith("xl/worksheets/")):  # the shared strings are counted before
        besar = nama.startswith("xl/worksheets/") or nama == "xl/sharedstrings.xml"
        isi = _kembangkan(asal, bagian[nama], sisa if besar else min(sisa, _MAKS_KECIL))
        sisa -= len(isi)
        penghitung.hitung(nama, isi)
        bersih.writestr(ZipInfo(bagian[nama].filename.replace("\\", "/")), isi)


def _bagian(asal: ZipFile) -> dict[str, ZipInfo]:
    bagian: dict[str, ZipInfo] = {}
    for info in asal.infolist():
        nama = info.filename.replace("\\", "/").casefold()
        if nama in bagian:
            raise InputError(_RUSAK)
        bagian[nama] = info
    if "xl/workbook.xml" not in bagian:
        for tanda, kalimat in _BUKAN_XLSX:
            if any(nama.startswith(tanda) for nama in bagian):
                raise InputError(kalimat)
        raise InputError("adalah arsip ZIP, bukan lembar kerja; buka arsipnya, lalu impor berkas Excel di dalamnya.")
    return {nama: info for nama, info in bagian.items() if _PERLU.fullmatch(nama) and nama not in _TAK_PERLU}


def _kembangkan(asal: ZipFile, info: ZipInfo, batas: int) -> bytes:
    if info.flag_bits & 0x1:
        raise InputError(TERKUNCI)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # the others inflate without bound
        raise InputError(_RUSAK)
    with asal.open(info) as aliran:
        isi = aliran.read(batas + 1)
    if len(isi) > batas or len(isi) > _RASIO * max(info.compress_size, 10_000):
        raise InputError(_TERLALU_BESAR)
    return isi


class Penghitung:
    """Counts the elements of all parts, and the cells and text of each sheet; raises InputError at the first excess."""

    def __init__(self) -> None:
        self._unsur = self._dalam = 0
        self._panjang = array("L")  # characters of each shared string
        self._baris = self._kolom = self._maks_baris = self._maks_kolom = self._huruf = 0
        self._indeks: list[str] | None = None  # the pieces of the shared string's number that is being read
        self._berbagi = False

    def hitung(self, nama: str, isi: bytes) -> None:
        """Read one part, whose lower-case name in the archive is `nama`."""
        if b"\0" in isi or _TANDA_PANJANG.search(isi):
            raise InputError(_RUSAK)
        self._baca = ParserCreate()
        self._baca.buffer_text = True
        self._baca.XmlDeclHandler = self._kenali_pengodean
        self._baca.StartDoctypeDeclHandler = self._tolak_dtd
        self._baca.StartElementHandler = self._buka
        self._baca.EndElementHandler = self._tutup
        self._dalam = self._baris = self._kolom = self._maks_baris = self._maks_kolom = self._huruf = 0
        self._masuk = self._lain
        if nama.startswith("xl/worksheets/"):
            self._masuk = self._lembar
        elif nama == "xl/sharedstrings.xml":
            self._masuk = self._teks_bersama
        try:
            self._baca.Parse(isi, True)
        except (ExpatError, ValueError):
            raise InputError(_RUSAK) from None
        finally:
            del self._baca  # a parser and its handlers hold each other

    def _kenali_pengodean(self, versi: str, pengodean: str | None, mandiri: int) -> None:
        if (pengodean or "utf-8").casefold() not in ("utf-8", "utf8", "us-ascii"):  # another could hide tags from `_TANDA_PANJANG`
            raise InputError(_RUSAK)

    def _tolak_dtd(self, *_: object) -> None:
        raise InputError(f"berisi entitas XML yang tidak ada di berkas Dapodik dan bisa berbahaya; {SIMPAN_ULANG}")

    def _buka(self, nama: str, sifat: dict[str, str]) -> None:
        self._unsur += 1
        self._dalam += 1
        if self._unsur > _MAKS_UNSUR:
            raise InputError(_TERLALU_BESAR)
        if self._dalam > _MAKS_DALAM:
            raise InputError(_RUSAK)
        self._masuk(nama.rpartition(":")[2], sifat)

    def _tutup(self, nama: str) -> None:
        self._dalam -= 1
        if self._baca.CharacterDataHandler is not None and nama.endswith(("t", "v")):
            self._baca.CharacterDataHandler = None
            if self._indeks is not None:
                self._tambah_bersama()

    def _lain(self, nama: str, sifat: dict[str, str]) -> None:
        pass

    def _teks_bersama(self, nama: str, sifat: dict[str, str]) -> None:
        if nama == "si":
            self._panjang.append(0)
        elif nama == "t" and self._panjang:
            self._baca.CharacterDataHandler = self._tambah_panjang

    def _tambah_panjang(self, teks: str) -> None:
        self._panjang[-1] += len(teks)

    def _lembar(self, nama: str, sifat: dict[str, str]) -> None:
        if nama == "row":
            self._kolom = 0
            self._baris = self._nomor_baris(sifat.get("r"))
        elif nama == "c":
            self._kolom = self._nomor_kolom(sifat.get("r"))
            self._berbagi = sifat.get("t") == "s"
        elif nama == "v":
            self._isi()
            if self._berbagi:
                self._indeks = []
                self._baca.CharacterDataHandler = self._indeks.append
        elif nama == "is":
            self._isi()

    def _nomor_baris(self, r: str | None) -> int:
        if r is None:
            return self._baris + 1
        if not _BARIS.fullmatch(r):
            raise InputError(_RUSAK)
        return int(r)

    def _nomor_kolom(self, r: str | None) -> int:
        if r is None:
            return self._kolom + 1
        match = _SEL.fullmatch(r)
        if match is None or int(match[2]) != self._baris:
            raise InputError(_RUSAK)
        kolom = 0
        for huruf in match[1]:
            kolom = kolom * 26 + ord(huruf) - 64
        return kolom

    def _isi(self) -> None:
        """A cell with something in it: the grid grows to it."""
        self._maks_baris = max(self._maks_baris, self._baris)
        self._maks_kolom = max(self._maks_kolom, self._kolom)
        luas = self._maks_baris * self._maks_kolom
        if self._maks_baris > _MAKS_BARIS_LEMBAR or self._maks_kolom > _MAKS_KOLOM_LEMBAR or luas > _MAKS_SEL_PADAT:
            raise InputError(
                f"isinya sampai baris {self._maks_baris} dan kolom ke-{self._maks_kolom}, terlalu luas untuk daftar guru; "
                "hapus baris dan kolom yang tidak dipakai atau salin tabelnya saja ke berkas baru, lalu impor lagi."
            )

    def _tambah_bersama(self) -> None:
        nomor, self._indeks = "".join(self._indeks or ()).strip(), None
        if not nomor.isascii() or not nomor.isdigit() or len(nomor) > 8 or int(nomor) >= len(self._panjang):
            raise InputError(_RUSAK)
        self._huruf += self._panjang[int(nomor)]
        if self._huruf > _MAKS_HURUF:
            raise InputError(_TERLALU_BESAR)
