"""Data Diri: who the plan is for, what may be corrected here, and `Data sudah sesuai`."""

from __future__ import annotations

import msgspec
from textual.message import Message

from pmm_tui.skp.model import DataDiri
from pmm_tui.skp.nip import grouped
from pmm_tui.skp.rangkuman import golongan_berlaku, jenjang_berlaku, pangkat_golongan
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Button, Choice, Field, Gap, Heading, Pair, Row, RowId, Text


class JenjangRow(msgspec.Struct, frozen=True):
    """The choice of a jenjang jabatan."""

    jenjang: str

    def __str__(self) -> str:
        return f"jenjang_jabatan/{self.jenjang}"


class DataDiriPane(SectionPane[DataDiri]):
    """Shows the data diri; golongan and jenjang can be changed here, the rest only in Dapodik."""

    BAGIAN = "data_diri"
    LABEL = "Data Diri"
    PENDEK = "Data Diri"
    BANTUAN = (
        "Nama, NIP dan satuan pendidikan hanya dapat diperbaiki di Dapodik. Golongan dan jenjang jabatan dapat diperbaiki di sini. "
        "Jenjang yang keliru memengaruhi rencana, jadi periksalah."
    )

    class ConfirmRequested(Message):
        """The operator says that the data are right."""

    def kursor_awal(self) -> RowId:
        """Begin at the confirmation, as most data are right."""
        return "sesuai"

    def susun_baris(self) -> tuple[Row, ...]:
        """Return the data, the two that can be changed, and the confirmation."""
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
        rows: list[Row] = [
            Heading("Data Diri", "perbaikan nama, NIP dan sekolah lewat Dapodik"),
            Pair("Nama", k.pegawai.nama),
            Pair("NIP", grouped(k.pegawai.nip) or "belum ada", *self._ragu("nip")),
            Pair("NUPTK", k.pegawai.nuptk or "belum ada", *self._ragu("nuptk")),
            Pair("Status kepegawaian", k.pegawai.status_kepegawaian or "belum ada", *self._ragu("status_kepegawaian")),
            Pair("Jenis PTK", k.pegawai.jenis_ptk or "belum ada", *self._ragu("jenis_ptk")),
            Pair("Satuan pendidikan", " · ".join(t for t in (k.sekolah.nama, k.sekolah.npsn) if t) or "belum diatur"),
            Pair("Pejabat penilai", self._kepala()),
            Gap(),
            Field("golongan", "Golongan", s.golongan or k.pegawai.golongan, width=12, limit=8, note=catatan),
            Text("Jenjang jabatan" + (" (usulan menurut golongan, pilih yang benar)" if usulan else "")),
        ]
        rows += [
            Choice(JenjangRow(j.id), j.label, j.id == jenjang, right="usulan" if usulan and j.id == jenjang else "")
            for j in k.katalog.jenjang_jabatan
        ]
        rows += [Gap(), Button("sesuai", "Data sudah sesuai", right="sudah dinyatakan" if s.sesuai else "")]
        return tuple(rows)

    def _ragu(self, bidang: str) -> tuple[str, StyleName]:
        found = [m for m in self.konteks.masalah if m.pointer == f"/data_diri/{bidang}"]
        return ("  ".join(m.pesan for m in found), "error" if any(m.halang for m in found) else "warning")

    def _kepala(self) -> str:
        kepala = self.konteks.sekolah.kepala_sekolah
        if not kepala.nama:
            return "belum diatur"
        return kepala.nama + (" (Plt.)" if kepala.plt else "")

    def kursor_pointer(self, pointer: str) -> RowId:
        """Lead from a problem with the jenjang to the first choice of it, from any other to its field."""
        bidang = pointer.removeprefix("/data_diri/")
        if bidang == "jenjang_jabatan":
            return next((row_id for row_id in self._row_ids() if isinstance(row_id, JenjangRow)), "")
        return bidang

    def ketik(self, row_id: RowId, nilai: str) -> None:
        """Take a typed golongan, in the catalogue's spelling where the catalogue knows it."""
        found = self.konteks.katalog.cari_golongan(nilai)
        golongan = found.kode if found else nilai.strip()
        if golongan == self.konteks.pegawai.golongan:
            golongan = ""
        self.terketik(msgspec.structs.replace(self._section, golongan=golongan, sesuai=False))

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """Choose a jenjang, or ask for the confirmation."""
        if not isinstance(row_id, JenjangRow):
            self.post_message(self.ConfirmRequested())
            return
        jenjang = row_id.jenjang
        own = "" if jenjang == self.konteks.pegawai.jenjang_jabatan else jenjang
        if own == self._section.jenjang_jabatan:
            section = self._section
        else:
            section = msgspec.structs.replace(self._section, jenjang_jabatan=own, sesuai=False)
        self.ganti(section, "sesuai" if lanjut else row_id)

    def dinyatakan(self) -> DataDiri:
        """Return the section as confirmed: what was only suggested or taken from the roster is written down."""
        k = self.konteks
        rencana = msgspec.structs.replace(k.rencana, data_diri=self._section)
        jenjang, _ = jenjang_berlaku(rencana, k.pegawai, k.katalog)
        return DataDiri(golongan=golongan_berlaku(rencana, k.pegawai), jenjang_jabatan=jenjang, sesuai=True)

    def ringkasan(self) -> str:
        """Return one sentence for the confirmation."""
        k, d = self.konteks, self.dinyatakan()
        jenjang = k.katalog.cari_jenjang(d.jenjang_jabatan)
        return " · ".join(
            t for t in (k.pegawai.nama, pangkat_golongan(d.golongan, k.katalog), jenjang.label if jenjang else "") if t
        )
