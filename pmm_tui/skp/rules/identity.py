"""The rules about the teacher's own data and the two steps before the form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmm_tui.skp.katalog_sasaran import own_sasaran
from pmm_tui.skp.model import Masalah
from pmm_tui.skp.nip import is_placeholder, nip_doubts, nip_early, nip_faults, nuptk_fault
from pmm_tui.skp.rangkuman import golongan_in_force, jenjang_in_force
from pmm_tui.skp.rules.case import Case
from pmm_tui.text import quoted


def _identity(k: Case) -> Iterator[Masalah]:
    p = k.pegawai
    if not p.nama.strip():
        yield Masalah("nama-kosong", "Nama belum ada; perbaiki di Dapodik lalu impor lagi.", "/data_diri/nama")
    if not (p.id_server or p.nip or (p.nuptk and not is_placeholder(p.nuptk))):
        message = "NIP dan NUPTK belum ada; server tidak dapat mengenali guru ini. Perbaiki di Dapodik lalu impor lagi."
        yield Masalah("tanpa-nomor", message, "/data_diri/nip")


def _nip(k: Case) -> Iterator[Masalah]:
    p = k.pegawai
    status = k.katalog.find_status(p.status_kepegawaian)
    if not p.nip:
        if status and status.asn:
            yield Masalah("nip-kosong", f"NIP belum ada padahal status {status.label}.", "/data_diri/nip")
        return
    for fault in nip_faults(p.nip, k.today or date.max):
        yield Masalah("nip-salah", f"NIP {fault}.", "/data_diri/nip")
    if k.today and (early := nip_early(p.nip, k.today)):
        yield Masalah("nip-dini", f"NIP: {early}.", "/data_diri/nip", halang=False)
    for doubt in nip_doubts(p.nip, p.tanggal_lahir, p.jk):
        yield Masalah("nip-beda", f"Periksa di Dapodik: {doubt}.", "/data_diri/nip", halang=False)


def _nuptk(k: Case) -> Iterator[Masalah]:
    if k.pegawai.nuptk and (fault := nuptk_fault(k.pegawai.nuptk)):
        yield Masalah("nuptk-salah", f"NUPTK {fault}.", "/data_diri/nuptk", halang=False)
    elif k.pegawai.nuptk and is_placeholder(k.pegawai.nuptk):
        message = f"NUPTK {k.pegawai.nuptk} hanya pengisi kolom, bukan nomor; kosongkan di Dapodik lalu impor lagi."
        yield Masalah("nuptk-salah", message, "/data_diri/nuptk", halang=False)


def _status(k: Case) -> Iterator[Masalah]:
    label = k.pegawai.status_kepegawaian
    status = k.katalog.find_status(label)
    if label and status is None:
        message = f"Status kepegawaian {quoted(label)} tidak dikenal."
        yield Masalah("status-asing", message, "/data_diri/status_kepegawaian", halang=False)
    elif status and not status.asn:
        message = f"Guru non-ASN ({status.label}) tidak diharuskan menyusun rencana di sini."
        yield Masalah("non-asn", message, "/data_diri/status_kepegawaian", halang=False)


def _jenis_ptk(k: Case) -> Iterator[Masalah]:
    entitled = {jenis.casefold() for jenis in k.katalog.jenis_ptk.berhak}
    jenis = k.pegawai.jenis_ptk
    if jenis and entitled and jenis.casefold() not in entitled:
        message = f"Jenis PTK {quoted(jenis)} tidak mendapat akses; perbaiki di Dapodik bila keliru."
        yield Masalah("jenis-ptk", message, "/data_diri/jenis_ptk", halang=False)


def _kepala(k: Case) -> Iterator[Masalah]:
    own = own_sasaran(k.katalog)
    if own and own.atasan and k.atasan == "":
        message = f"Atasan kepala sekolah ({own.atasan}) belum diisi; isi sekali di Pengaturan."
        yield Masalah("atasan-kosong", message, "/data_diri/jenis_ptk", halang=False)
    elif own is None and k.pegawai.jenis_ptk.casefold() == "kepala sekolah":
        message = "Rencana kepala sekolah dinilai kepala dinas, bukan dirinya; pastikan sebelum mengajukan."
        yield Masalah("kepala-sekolah", message, "/data_diri/jenis_ptk", halang=False)


def _golongan(k: Case) -> Iterator[Masalah]:
    code = golongan_in_force(k.rencana, k.pegawai)
    status = k.katalog.find_status(k.pegawai.status_kepegawaian)
    if code and k.katalog.find_golongan(code) is None:
        message = f"Golongan {quoted(code, 20)} tidak dikenal."
        yield Masalah("golongan-asing", message, "/data_diri/golongan", halang=False)
    elif not code and status and status.asn:
        yield Masalah("golongan-kosong", "Pangkat dan golongan belum diisi.", "/data_diri/golongan", halang=False)


def _jenjang(k: Case) -> Iterator[Masalah]:
    jenjang, _ = jenjang_in_force(k.rencana, k.pegawai, k.katalog)
    status = k.katalog.find_status(k.pegawai.status_kepegawaian)
    if not jenjang and status and status.asn:
        message = "Jenjang jabatan belum dipilih; jenjang yang keliru memengaruhi rencana."
        yield Masalah("jenjang-kosong", message, "/data_diri/jenjang_jabatan", halang=False)
    elif jenjang and k.katalog.find_jenjang(jenjang) is None:
        message = f"Jenjang jabatan {quoted(jenjang)} tidak ada di katalog."
        yield Masalah("jenjang-asing", message, "/data_diri/jenjang_jabatan")


def _confirmed(k: Case) -> Iterator[Masalah]:
    if not k.rencana.data_diri.sesuai:
        yield Masalah("belum-sesuai", "Data diri belum dinyatakan sesuai.", "/data_diri/sesuai")


def _rapor(k: Case) -> Iterator[Masalah]:
    if not k.rencana.rapor_pendidikan.dimengerti:
        yield Masalah("rapor-belum", "Rapor Pendidikan belum dibaca.", "/rapor_pendidikan/dimengerti")


RULES = (_identity, _nip, _nuptk, _status, _jenis_ptk, _kepala, _golongan, _jenjang, _confirmed, _rapor)
