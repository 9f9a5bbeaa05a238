"""Data Diri: who the plan is for, what may be corrected here, and 'Data sudah sesuai' (facts 2)."""

from __future__ import annotations

import msgspec

from pmm_tui.skp.model import DataDiri
from pmm_tui.skp.nip import grouped
from pmm_tui.skp.rangkuman import golongan_berlaku, jenjang_berlaku, pangkat_golongan
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Baris, isian, jeda, judul, pasangan, pilihan, teks, tombol


class DataDiriPane(SectionPane):
    """Shows the data diri; golongan and jenjang can be changed here, the rest only in Dapodik."""

    BAGIAN = "data_diri"
    LABEL = "Data Diri"
    PENDEK = "Data Diri"
    BANTUAN = (
        "Nama, NIP dan satuan pendidikan hanya dapat diperbaiki di Dapodik. Golongan dan jenjang jabatan dapat diperbaiki di sini. "
        "Jenjang yang keliru memengaruhi rencana, jadi periksalah."
    )

    def kursor_awal(self) -> str:
        """The confirmation: most data are right."""
        return "sesuai"

    def susun_baris(self) -> tuple[Baris, ...]:
        """Rows of the data diri."""
        k, s = self.konteks, self._section
        rencana = msgspec.structs.replace(k.rencana, data_diri=s)
        golongan = golongan_berlaku(rencana, k.pegawai)
        jenjang, usulan = jenjang_berlaku(rencana, k.pegawai, k.katalog)
        pangkat = k.katalog.cari_golongan(golongan)
        catatan = (
            (f"Pangkat: {pangkat.pangkat}" if pangkat.pangkat else "Golongan PPPK")
            if pangkat
            else "Tulis misalnya III/c, atau IX untuk PPPK."
        )
        rows = [
            judul("Data Diri", kanan="perbaikan nama, NIP dan sekolah lewat Dapodik"),
            pasangan("Nama", k.pegawai.nama),
            pasangan("NIP", grouped(k.pegawai.nip) or "belum ada", *self._ragu("nip")),
            pasangan("NUPTK", k.pegawai.nuptk or "belum ada", *self._ragu("nuptk")),
            pasangan("Status kepegawaian", k.pegawai.status_kepegawaian or "belum ada", *self._ragu("status_kepegawaian")),
            pasangan("Jenis PTK", k.pegawai.jenis_ptk or "belum ada", *self._ragu("jenis_ptk")),
            pasangan("Satuan pendidikan", " · ".join(t for t in (k.sekolah.nama, k.sekolah.npsn) if t) or "belum diatur"),
            pasangan("Pejabat penilai", self._kepala()),
            jeda(),
            isian("golongan", "Golongan", s.golongan or k.pegawai.golongan, lebar=12, maks=8, catatan=catatan),
            teks("Jenjang jabatan" + (" (usulan menurut golongan, pilih yang benar)" if usulan else ""), inden=0),
        ]
        rows += [
            pilihan(f"jenjang_jabatan/{j.id}", j.label, j.id == jenjang, kanan="usulan" if usulan and j.id == jenjang else "")
            for j in k.katalog.jenjang_jabatan
        ]
        rows += [jeda(), tombol("sesuai", "Data sudah sesuai", kanan="sudah dinyatakan" if s.sesuai else "")]
        return tuple(rows)

    def _ragu(self, bidang: str) -> tuple[str, StyleName]:
        found = [m for m in self.konteks.masalah if m.pointer == f"/data_diri/{bidang}"]
        return ("  ".join(m.pesan for m in found), "error" if any(m.halang for m in found) else "warning")

    def _kepala(self) -> str:
        kepala = self.konteks.sekolah.kepala_sekolah
        if not kepala.nama:
            return "belum diatur"
        return kepala.nama + (" (Plt.)" if kepala.plt else "")

    def kursor_pointer(self, pointer: str) -> str:
        """Jenjang problems lead to the first choice."""
        bidang = pointer.removeprefix("/data_diri/")
        if bidang == "jenjang_jabatan":
            return next((b.id for b in self.baris if b.id.startswith("jenjang_jabatan/")), "")
        return bidang

    def ketik(self, id: str, nilai: str) -> None:
        """Golongan is typed; the code is normalised where the catalogue knows it."""
        found = self.konteks.katalog.cari_golongan(nilai)
        golongan = found.kode if found else nilai.strip()
        if golongan == self.konteks.pegawai.golongan:
            golongan = ""
        self.terketik(msgspec.structs.replace(self._section, golongan=golongan, sesuai=False))

    def tekan(self, id: str, lanjut: bool) -> None:
        """Choose a jenjang, or confirm."""
        if id == "sesuai":
            self.minta("data_sesuai")
            return
        jenjang = id.removeprefix("jenjang_jabatan/")
        own = "" if jenjang == self.konteks.pegawai.jenjang_jabatan else jenjang
        if own == self._section.jenjang_jabatan:
            section = self._section
        else:
            section = msgspec.structs.replace(self._section, jenjang_jabatan=own, sesuai=False)
        self.ganti(section, "sesuai" if lanjut else id)

    def dinyatakan(self) -> DataDiri:
        """Return the section as confirmed: what was only suggested or taken from the roster is written down."""
        k = self.konteks
        rencana = msgspec.structs.replace(k.rencana, data_diri=self._section)
        jenjang, _ = jenjang_berlaku(rencana, k.pegawai, k.katalog)
        return DataDiri(golongan=golongan_berlaku(rencana, k.pegawai), jenjang_jabatan=jenjang, sesuai=True)

    def ringkasan(self) -> str:
        """One sentence for the confirmation."""
        k, d = self.konteks, self.dinyatakan()
        jenjang = k.katalog.cari_jenjang(d.jenjang_jabatan)
        return " · ".join(
            t for t in (k.pegawai.nama, pangkat_golongan(d.golongan, k.katalog), jenjang.label if jenjang else "") if t
        )
