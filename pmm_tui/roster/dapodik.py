"""From the cells of a row to a teacher, with what must be refused and what the operator should look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pmm_tui.roster import cell_values
from pmm_tui.roster.cell_values import Sel
from pmm_tui.roster.headings import KOLOM
from pmm_tui.roster.model import BarisGuru, Catatan
from pmm_tui.roster.table import MAKS_SEL
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import StatusKepegawaian
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.nip import nip_doubts, parse_nip
from pmm_tui.text import shorten

MAKS_NAMA = 150
"""Characters of a name with its degrees; Dapodik takes 100 without."""


def baca_baris(
    baris: Iterable[tuple[int, Mapping[str, Sel]]], kolom: Mapping[str, str], katalog: Katalog, hari_ini: date
) -> tuple[BarisGuru, ...]:
    """Judge every row (its number, and its cells by field); `kolom` gives the file's heading of each field.

    Of two rows with the same NIP, NUPTK or person the second is refused. Raises nothing.
    """
    ganda = _Ganda(kolom)
    return tuple(ganda.periksa(_Pembaca(sel, kolom, katalog, hari_ini).baca(nomor)) for nomor, sel in baris)


class _Pembaca:
    """Reads one row, collecting the reasons to refuse it and the warnings."""

    def __init__(self, sel: Mapping[str, Sel], kolom: Mapping[str, str], katalog: Katalog, hari_ini: date) -> None:
        self._sel, self._kolom, self._katalog, self._hari_ini = sel, kolom, katalog, hari_ini
        self._alasan: list[Catatan] = []
        self._peringatan: list[Catatan] = []

    def baca(self, nomor: int) -> BarisGuru:
        for field, sel in self._sel.items():
            if isinstance(sel, str) and len(sel) > MAKS_SEL:
                self._tolak(field, f"Isinya lebih dari {MAKS_SEL} karakter; perbaiki sel ini.")
        pegawai = self._pegawai()
        self._kenal(pegawai)
        self._cocok(pegawai)
        return BarisGuru(
            baris=nomor,
            nama=shorten(pegawai.nama, MAKS_NAMA),
            pegawai=None if self._alasan else pegawai,
            alasan=tuple(self._alasan),
            peringatan=tuple(self._peringatan),
        )

    def _pegawai(self) -> Pegawai:
        ambil, katalog = self._sel.get, self._katalog
        nip, salah_nip = cell_values.nip(ambil("nip"), self._hari_ini)
        self._tolak("nip", salah_nip)
        nuptk, salah_nuptk, menolak = cell_values.nuptk(ambil("nuptk"))
        (self._tolak if menolak else self._ingat)("nuptk", salah_nuptk)
        lahir, ragu_lahir = cell_values.tanggal_lahir(ambil("tanggal_lahir"), self._hari_ini)
        self._ingat("tanggal_lahir", ragu_lahir)
        jk, ragu_jk = cell_values.jk(ambil("jk"))
        self._ingat("jk", ragu_jk)
        golongan, ragu_golongan = cell_values.golongan(ambil("golongan"), katalog)
        self._ingat("golongan", ragu_golongan)
        status = cell_values.teks(ambil("status_kepegawaian"))
        dikenal = katalog.cari_status(status)
        return Pegawai(
            nama=cell_values.nama(ambil("nama"), ambil("gelar_depan"), ambil("gelar_belakang")),
            nip=nip,
            nuptk=nuptk,
            jk="L" if jk == "L" else "P" if jk else "",
            tanggal_lahir=lahir,
            status_kepegawaian=dikenal.label if dikenal else status,
            jenis_ptk=self._jenis_ptk(cell_values.teks(ambil("jenis_ptk"))),
            tugas_tambahan=cell_values.teks(ambil("tugas_tambahan")),
            golongan=golongan,
        )

    def _jenis_ptk(self, isi: str) -> str:
        berhak = {jenis.casefold(): jenis for jenis in self._katalog.jenis_ptk.berhak}
        if isi and berhak and isi.casefold() not in berhak:
            self._ingat("jenis_ptk", f'Jenis PTK "{shorten(isi, 40)}" tidak mendapat akses; perbaiki di Dapodik bila keliru.')
        return berhak.get(isi.casefold(), isi)

    def _kenal(self, pegawai: Pegawai) -> None:
        """Refuse a row that no later import could recognise again."""
        if not any(map(str.isalpha, pegawai.nama)):
            self._tolak("nama", "Nama kosong atau tanpa huruf; isi nama guru ini.")
        elif len(pegawai.nama) > MAKS_NAMA:
            self._tolak("nama", f"Nama lebih dari {MAKS_NAMA} karakter; perbaiki sel ini.")
        if not (self._alasan or pegawai.nip or pegawai.nuptk or pegawai.tanggal_lahir):
            self._tolak("nip", "NIP, NUPTK dan tanggal lahir kosong semua, jadi guru ini tidak dapat dikenali; isi salah satunya.")

    def _cocok(self, pegawai: Pegawai) -> None:
        """Warn where columns disagree; none of it refuses, as numbers converted from the old NIP may be inconsistent."""
        for ragu in nip_doubts(pegawai.nip, pegawai.tanggal_lahir, pegawai.jk):
            self._ingat("nip", f"Periksa di Dapodik: {ragu}.")
        label = pegawai.status_kepegawaian
        status = self._katalog.cari_status(label)
        if label and status is None:
            self._ingat("status_kepegawaian", f'Status kepegawaian "{shorten(label, 40)}" tidak dikenal; dipakai apa adanya.')
        if status and not self._alasan:
            self._ingat("nip", _status_dan_nip(status, pegawai.nip))
        kelas = {golongan.kode for golongan in self._katalog.golongan.pppk}
        if status and _jenis_asn(status) == "PNS" and pegawai.golongan in kelas:
            self._ingat("golongan", f"Golongan {pegawai.golongan} milik PPPK, padahal status {status.label}; periksa di Dapodik.")

    def _tolak(self, field: str, pesan: str) -> None:
        if pesan:
            self._alasan.append(_catatan(field, pesan, self._kolom))

    def _ingat(self, field: str, pesan: str) -> None:
        if pesan:
            self._peringatan.append(_catatan(field, pesan, self._kolom))


def _catatan(field: str, pesan: str, kolom: Mapping[str, str]) -> Catatan:
    return Catatan(kolom.get(field, KOLOM[field][0]), pesan)


def _jenis_asn(status: StatusKepegawaian) -> str:
    """`PNS` or `PPPK` for civil servants, by the id; empty for the rest."""
    if not status.asn:
        return ""
    return "PPPK" if "pppk" in status.id else "PNS"


def _status_dan_nip(status: StatusKepegawaian, nip: str) -> str:
    """Where an employment status and the shape of a NIP disagree, as a sentence."""
    isi, jenis = parse_nip(nip), _jenis_asn(status)
    if isi is None:
        return f"NIP kosong padahal status {status.label}; periksa di Dapodik." if jenis else ""
    if not jenis:
        return f"Ada NIP padahal status {status.label}; periksa statusnya di Dapodik."
    if jenis == "PNS" and isi.pppk:
        return f"NIP berpola PPPK (angka ke-13 dan 14: {isi.bulan}), padahal status {status.label}; periksa di Dapodik."
    if jenis == "PPPK" and not isi.pppk:
        return f"NIP berpola PNS (angka ke-13 dan 14: {isi.bulan:02}), padahal status {status.label}; periksa di Dapodik."
    return ""


class _Ganda:
    """Remembers the accepted rows, and refuses a later one with the number or the person of an earlier."""

    def __init__(self, kolom: Mapping[str, str]) -> None:
        self._kolom = kolom
        self._nomor: dict[tuple[str, str], int] = {}
        self._orang: dict[tuple[str, str], list[tuple[int, Pegawai]]] = {}

    def periksa(self, baris: BarisGuru) -> BarisGuru:
        if baris.pegawai is None:
            return baris
        alasan = tuple(self._alasan(baris.pegawai))
        if alasan:
            return BarisGuru(baris=baris.baris, nama=baris.nama, alasan=alasan, peringatan=baris.peringatan)
        for field in ("nip", "nuptk"):
            self._nomor[field, getattr(baris.pegawai, field)] = baris.baris
        self._orang.setdefault(_orang(baris.pegawai), []).append((baris.baris, baris.pegawai))
        return baris

    def _alasan(self, pegawai: Pegawai) -> Iterator[Catatan]:
        for field in ("nip", "nuptk"):
            nomor = getattr(pegawai, field)
            if nomor and (pertama := self._nomor.get((field, nomor))):
                pesan = f"{field.upper()} {nomor} sudah dipakai baris {pertama}; perbaiki salah satunya di Dapodik."
                yield _catatan(field, pesan, self._kolom)
                return
        for pertama, lain in self._orang.get(_orang(pegawai), ()):
            if pegawai.tanggal_lahir and not _terbedakan(pegawai, lain):
                yield _catatan("nama", f"Nama dan tanggal lahirnya sama dengan baris {pertama}; hapus salah satunya.", self._kolom)
                return


def _orang(pegawai: Pegawai) -> tuple[str, str]:
    return cell_values.kunci_nama(pegawai.nama), pegawai.tanggal_lahir


def _terbedakan(satu: Pegawai, dua: Pegawai) -> bool:
    """Whether numbers tell two teachers of one name and birth date apart."""
    return bool((satu.nip and dua.nip and satu.nip != dua.nip) or (satu.nuptk and dua.nuptk and satu.nuptk != dua.nuptk))
