"""Data Diri: who the plan is for, what may be corrected here, and `Data sudah sesuai`."""

from __future__ import annotations

import msgspec
from textual.message import Message

from pmm_tui.skp.katalog_sasaran import own_sasaran
from pmm_tui.skp.model import DataDiri
from pmm_tui.skp.nip import grouped
from pmm_tui.skp.rangkuman import declared_data, golongan_in_force, jenjang_in_force, pangkat_golongan
from pmm_tui.tui.keys import keys_of
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

    SECTION = "data_diri"
    LABEL = "Data Diri"
    SHORT_LABEL = "Data Diri"
    NUMBERED = "page"
    HELP = (
        "Nama, NIP dan satuan pendidikan hanya dapat diperbaiki di Dapodik. Golongan dan jenjang jabatan dapat diperbaiki di sini. "
        "Jenjang yang keliru memengaruhi rencana, jadi periksalah."
    )

    class ConfirmRequested(Message):
        """The operator says that the data are right."""

    def first_row(self) -> RowId:
        """Begin at the confirmation, as most data are right."""
        return "sesuai"

    def section_rows(self) -> tuple[Row, ...]:
        """Return the data, the two that can be changed, and the confirmation."""
        view, s = self.context, self._section
        rencana = msgspec.structs.replace(view.rencana, data_diri=s)
        golongan = golongan_in_force(rencana, view.pegawai)
        jenjang, proposals = jenjang_in_force(rencana, view.pegawai, view.katalog)
        pangkat = view.katalog.find_golongan(golongan)
        note = (
            (f"Pangkat: {pangkat.pangkat}" if pangkat.pangkat else "Golongan PPPK")
            if pangkat
            else "Tulis misalnya III/c, atau IX untuk PPPK."
        )
        doubts = [m.pesan for m in view.masalah if m.kode == "golongan-beda-status"]
        rows: list[Row] = [
            Heading("Data Diri", "perbaikan nama, NIP dan sekolah lewat Dapodik"),
            Pair("Nama", view.pegawai.nama),
            Pair("NIP", grouped(view.pegawai.nip) or "belum ada", *self._doubts("nip")),
            Pair("NUPTK", view.pegawai.nuptk or "belum ada", *self._doubts("nuptk")),
            Pair("Status kepegawaian", view.pegawai.status_kepegawaian or "belum ada", *self._doubts("status_kepegawaian")),
            Pair("Jenis PTK", view.pegawai.jenis_ptk or "belum ada", *self._doubts("jenis_ptk")),
            Pair("Satuan pendidikan", " · ".join(t for t in (view.sekolah.nama, view.sekolah.npsn) if t) or "belum diatur"),
            Pair("Pejabat penilai", view.rater or self._no_rater()),
            Gap(),
            Field(
                "golongan",
                "Golongan",
                s.golongan or view.pegawai.golongan,
                width=12,
                limit=8,
                note=" ".join(doubts) or note,
                note_style="warning" if doubts else "dim",
            ),
            Text("Jenjang jabatan" + (" (usulan menurut golongan, pilih yang benar)" if proposals else "")),
        ]
        rows += [
            Choice(JenjangRow(j.id), j.label, j.id == jenjang, right="usulan" if proposals and j.id == jenjang else "")
            for j in view.katalog.jenjang_jabatan
        ]
        rows += [Gap(), Button("sesuai", "Data sudah sesuai", right="sudah dinyatakan" if s.sesuai else "", main=not s.sesuai)]
        return tuple(rows)

    def _doubts(self, field: str) -> tuple[str, StyleName]:
        found = [m for m in self.context.masalah if m.pointer == f"/data_diri/{field}"]
        return ("  ".join(m.pesan for m in found), "error" if any(m.halang for m in found) else "warning")

    def _no_rater(self) -> str:
        own = own_sasaran(self.context.katalog)
        key = keys_of("atur", getattr(self.app, "keymap", {}))[0]
        return f"{own.atasan or 'atasan'}, belum diatur ({key} di Daftar Guru)" if own else "belum diatur"

    def row_of(self, pointer: str) -> RowId:
        """Lead from a problem with the jenjang to the first choice of it, from any other to its field."""
        field = pointer.removeprefix("/data_diri/")
        if field == "jenjang_jabatan":
            return next((row_id for row_id in self._row_ids() if isinstance(row_id, JenjangRow)), "")
        return field

    def typed(self, row_id: RowId, value: str) -> None:
        """Take a typed golongan, in the catalogue's spelling where the catalogue knows it."""
        found = self.context.katalog.find_golongan(value)
        golongan = found.kode if found else value.strip()
        if golongan == self.context.pegawai.golongan:
            golongan = ""
        self.take_typed(msgspec.structs.replace(self._section, golongan=golongan, sesuai=False))

    def press(self, row_id: RowId, advance: bool) -> None:
        """Choose a jenjang, or ask for the confirmation."""
        if not isinstance(row_id, JenjangRow):
            self.post_message(self.ConfirmRequested())
            return
        jenjang = row_id.jenjang
        own = "" if jenjang == self.context.pegawai.jenjang_jabatan else jenjang
        if own == self._section.jenjang_jabatan:
            section = self._section
        else:
            section = msgspec.structs.replace(self._section, jenjang_jabatan=own, sesuai=False)
        self.replace(section, "sesuai" if advance else row_id)

    def declared(self) -> DataDiri:
        """Return the section as confirmed: what was only suggested or taken from the roster is written down."""
        view = self.context
        rencana = msgspec.structs.replace(view.rencana, data_diri=self._section)
        return declared_data(rencana, view.pegawai, view.katalog)

    def summary(self) -> str:
        """Return one sentence for the confirmation."""
        view, d = self.context, self.declared()
        jenjang = view.katalog.find_jenjang(d.jenjang_jabatan)
        return " · ".join(
            t for t in (view.pegawai.nama, pangkat_golongan(d.golongan, view.katalog), jenjang.label if jenjang else "") if t
        )
