"""Settings, which are the wizard of the first run too: server, token and school; the connection is tried before they are saved."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.message import Message

from pmm_tui.errors import ConfigError, PmmError
from pmm_tui.text import clean
from pmm_tui.tui.messages import SettingsSaved
from pmm_tui.tui.ports import PRACTISE, Settings
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Button, Choice, Field, Gap, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

_FIELDS = {"server.url": "url", "sekolah.npsn": "npsn", "sekolah.kepala_sekolah.nip": "kepala_nip", "token": "token"}
JENJANG = ("TK", "SD", "SMP", "SMA", "SMK", "SLB")


class SettingsSheet(Sheet):
    """The fields of the settings."""

    class TryRequested(Message):
        """Try the connection."""

    class SaveRequested(Message):
        """Write what stands in the fields."""

    class PractiseRequested(Message):
        """Practise with the sample school."""

    class WithoutServerRequested(Message):
        """Begin without a server."""

    def __init__(self, start: Settings, first_run: bool) -> None:
        super().__init__(id="pengaturan")
        self.values = start
        self._first_run = first_run
        self.message = ""
        self.ok = False
        self.error = ""

    def on_mount(self) -> None:
        self.rebuild("latihan" if self._first_run else "url")

    def build_rows(self) -> tuple[Row, ...]:
        """Return the rows: on the first run the practice first, then server and school."""
        n = self.values
        rows: list[Row] = []
        if self._first_run:
            rows += [
                Heading("Selamat datang di pmm-tui"),
                Text("Coba dahulu dengan sekolah contoh, atau isi server sekolah atau dinas Anda.", "dim"),
                Gap(),
                Button("latihan", "Latihan dengan sekolah contoh", note="tanpa jaringan; data Anda sendiri tidak tersentuh"),
                Button("luring", "Mulai tanpa server", note="isi rencana dahulu; server dapat diatur kemudian"),
                Gap(),
            ]
        rows += [
            Heading("Server"),
            self._field("url", "Alamat server", n.url, 50, "misalnya https://pmm.dinas-contoh.go.id"),
            self._field("token", "Token", n.token, 50, "dari admin server; kosong = yang tersimpan", secret=True),
            Gap(),
            Heading("Sekolah"),
            self._field("npsn", "NPSN", n.npsn, 10, limit=8),
            Field("school_name", "Nama sekolah", n.school_name, width=50, limit=120),
            Text("Jenjang"),
            *(Choice(j, j, n.jenjang == j) for j in JENJANG),
            Field("kepala", "Kepala sekolah", n.kepala, width=50, limit=120),
            self._field("kepala_nip", "NIP kepala sekolah", n.kepala_nip, 22, limit=24),
            Choice("plt", "Kepala sekolah berstatus Plt.", n.plt, tick=True),
            Text("Data sekolah yang dikosongkan diambil dari server.", "dim"),
            Gap(),
        ]
        if self.message and not self.error:
            rows.append(Text(self.message, "good" if self.ok else "error"))
        rows += [Button("uji", "Uji sambungan"), Button("simpan", "Simpan")]
        return tuple(rows)

    def _field(
        self, row_id: str, label: str, value: str, width: int, note: str = "", *, limit: int = 300, secret: bool = False
    ) -> Field:
        """Return a field, with what is wrong with it below."""
        wrong = self.message if row_id == self.error else ""
        style: StyleName = "error" if wrong else "dim"
        return Field(row_id, label, value, width=width, limit=limit, secret=secret, note=wrong or note, note_style=style)

    def typed(self, row_id: RowId, value: str) -> None:
        """Take what was typed into a field."""
        self.values = msgspec.structs.replace(self.values, **{str(row_id): value})
        self.message = self.error = ""

    def press(self, row_id: RowId, advance: bool) -> None:
        """Take a choice, or ask for what a button says."""
        if row_id in JENJANG:
            self.values = msgspec.structs.replace(self.values, jenjang=str(row_id))
            self.rebuild("kepala" if advance else None)
        elif row_id == "plt":
            self.values = msgspec.structs.replace(self.values, plt=advance or not self.values.plt)
            self.rebuild("uji" if advance else None)
        else:
            self.post_message(_REQUESTS[str(row_id)]())

    def edge(self, direction: int) -> None:
        """Stay in the sheet: nothing comes before or after it."""

    def report(self, message: str, ok: bool, key: str = "") -> None:
        """Say how the try went, in one sentence: above the buttons, or under the field that is wrong."""
        self.message, self.ok, self.error = clean(message), ok, _FIELDS.get(key, "")
        self.rebuild(self.error or None)


_REQUESTS: dict[str, type[Message]] = {
    "uji": SettingsSheet.TryRequested,
    "simpan": SettingsSheet.SaveRequested,
    "latihan": SettingsSheet.PractiseRequested,
    "luring": SettingsSheet.WithoutServerRequested,
}
"""What each button asks for."""


class SettingsScreen(PmmScreen):
    """Settings, or the wizard of the first run."""

    PLACE = "atur"
    FOOTER: ClassVar = ("bantuan", "simpan_atur", "kembali", "keluar")
    HELP = "Alamat server harus https, kecuali komputer ini sendiri. Token disimpan di berkas yang hanya dapat dibaca oleh Anda."

    def __init__(self, first_run: bool = False) -> None:
        super().__init__()
        self._first_run = first_run
        self._accepted: Settings | None = None  # what is saved although the try failed, when Simpan is pressed again

    def compose_body(self) -> ComposeResult:
        """Yield the fields."""
        yield SettingsSheet(self.shell.services.settings(), self._first_run)

    async def on_mount(self) -> None:
        await super().on_mount()
        self.set_title("Mulai" if self._first_run else "Pengaturan")

    @on(SettingsSheet.PractiseRequested)
    def _practise(self) -> None:
        self.app.exit(PRACTISE)

    @on(SettingsSheet.WithoutServerRequested)
    def _begin_without_server(self) -> None:
        """Do not ask again at the next start."""
        try:
            self.shell.services.save(Settings())
        except PmmError as error:
            self._complain(error)
            return
        self.app.pop_screen()

    @on(SettingsSheet.TryRequested)
    def _try_connection(self) -> None:
        self.query_one(SettingsSheet).report("Menghubungi server …", True)
        self.run_worker(self._tried(), group="uji", exclusive=True, exit_on_error=False)

    async def _tried(self) -> bool:
        sheet = self.query_one(SettingsSheet)
        try:
            result = await self.shell.services.try_connection(sheet.values)
        except PmmError as error:
            self._complain(error)
            return False
        sheet.report(result.sentence, result.ok)
        return result.ok

    def _complain(self, error: PmmError) -> None:
        key = error.key if isinstance(error, ConfigError) else ""
        sentence = error.sentence.removeprefix(f"{key}: ")
        self.query_one(SettingsSheet).report(sentence, False, key)
        self.set_status(sentence, style="error")

    @on(SettingsSheet.SaveRequested)
    def action_simpan_atur(self) -> None:
        """Write the configuration; what cannot be right is refused with a sentence."""
        self.run_worker(self._save(), group="uji", exclusive=True, exit_on_error=False)

    async def _save(self) -> None:
        sheet = self.query_one(SettingsSheet)
        if sheet.values.url.strip() and self._accepted != sheet.values:
            sheet.report("Menghubungi server …", True)
            if not await self._tried():
                if not sheet.error:
                    self._accepted = sheet.values
                    self.set_status("Simpan sekali lagi untuk menyimpan walau sambungan belum berhasil", style="warning")
                return
        try:
            self.shell.services.save(sheet.values)
        except PmmError as error:
            self._complain(error)
            return
        self.app.post_message(SettingsSaved())  # not by way of this screen, which closes
        self.app.pop_screen()
