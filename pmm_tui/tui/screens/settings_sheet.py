"""The fields of the settings: the look, the server, the school; on the first run without the look."""

from __future__ import annotations

from typing import Any

import msgspec
from textual import events
from textual.message import Message

from pmm_tui.text import clean
from pmm_tui.tui.look_values import LookChoice
from pmm_tui.tui.ports import Settings
from pmm_tui.tui.setting_words import JENJANG, LOOK_GROUPS, Group
from pmm_tui.tui.widgets.line_text import wrap
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.row_layout import LABEL_WIDTH
from pmm_tui.tui.widgets.rows import Button, Buttons, Choice, Field, Gap, Heading, Item, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

KEYS = {"server.url": "url", "sekolah.npsn": "npsn", "token": "token",
    "sekolah.kepala_sekolah.nip": "kepala_nip", "sekolah.atasan.nip": "atasan_nip"}  # fmt: skip
"""The field of each key of the configuration that a fault may name."""
_JENJANG = Group("jenjang", "Jenjang", tuple((j, j) for j in JENJANG))
_GROUPS = {group.name: group for group in (*LOOK_GROUPS, _JENJANG)}
_LOW = 20
"""Lines of the screen below which blank lines and explanations give way."""


class SettingsSheet(Sheet):
    """Settings, and on the first run the two ways to begin without a server."""

    class TryRequested(Message):
        """Try the connection."""

    class SaveRequested(Message):
        """Write what stands in the fields."""

    class PractiseRequested(Message):
        """Practise with the sample school."""

    class WithoutServerRequested(Message):
        """Begin without a server."""

    class LookChosen(Message):
        """Another look was chosen; it acts at once."""

        def __init__(self, choice: LookChoice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, start: Settings, look: LookChoice, first_run: bool, field: str = "", save_key: str = "F9") -> None:
        super().__init__(id="pengaturan")
        self.values, self.chosen = start, look
        self._first_run, self._start_at, self._save_key = first_run, field, save_key
        self.message = ""
        self.ok = False
        self.error = ""

    def on_mount(self) -> None:
        self.rebuild(self._start_at or ("latihan" if self._first_run else "url"))

    def build_rows(self) -> tuple[Row, ...]:
        """Return the rows of the look in force."""
        return self._thrifty_rows() if self.look.thrifty else self._full_rows()

    # ---- the full look

    def _full_rows(self) -> tuple[Row, ...]:
        n = self.values
        gap: list[Row] = [] if self.app.size.height < _LOW else [Gap()]
        rows: list[Row] = [*gap] if self._first_run else []
        if self._first_run and gap:
            rows += [Text("Mengisi Perencanaan Kinerja guru dengan papan tik, juga tanpa jaringan."), Gap()]
        if self.message:
            rows += [*self._told(), *gap]
        if not self._first_run:
            rows += [Heading("Tampilan", "berlaku seketika"), *(self._group(g, self.chosen) for g in LOOK_GROUPS), *gap]
        stored = "tetap di komputer ini" if self._first_run else "kosong: yang tersimpan"
        rows += [
            Heading("Server"),
            self._field("url", "Alamat server", n.url, 50, hint="misalnya https://pmm.dinas-contoh.go.id"),
            self._field("token", "Token", n.token, 50, hint=f"dari dinas atau sekolah; {stored}", secret=True),
            *gap,
            Heading("Sekolah", "yang kosong diambil dari server"),
            self._field("npsn", "NPSN", n.npsn, 10, limit=8),
            Field("school_name", "Nama sekolah", n.school_name, width=50, limit=120),
            self._group(_JENJANG, n),
            Field("kepala", "Kepala sekolah", n.kepala, width=50, limit=120, hint="nama lengkap dengan gelar"),
            self._field("kepala_nip", "NIP kepala sekolah", n.kepala_nip, 22, limit=24, hint="18 angka"),
            Choice("plt", "Kepala sekolah berstatus Plt.", n.plt, tick=True),
        ]
        if not self._first_run:
            rows += [Field("atasan", "Atasan kepala", n.atasan, width=50, limit=120, hint="menilai rencananya")]
            rows += [self._field("atasan_nip", "NIP atasan", n.atasan_nip, 22, limit=24, hint="18 angka")]
        if self._first_run:
            rows += gap
            save = Button("simpan", "Uji dan simpan", right=self._save_key, main=True)
            rows.append(Buttons((save, Button("latihan", "Berlatih dulu"), Button("luring", "Tanpa server"))))
        else:
            rows.append(Buttons((Button("uji", "Uji sambungan"), Button("simpan", "Simpan", right=self._save_key, main=True))))
        return tuple(rows)

    def _told(self) -> list[Row]:
        """What a try or a check said, first on the page, behind a bar in its colour."""
        style: StyleName = "good" if self.ok else "error"
        side, room = self.look.signs.side, max(self.app.size.width - 7, 20)
        return [Text(f"{side} {line}", style) for line in wrap(self.message, room)]

    def _group(self, group: Group, values: object) -> Item:
        """All values in one row, or where there is no room the one that is chosen."""
        signs, now = self.look.signs, getattr(values, group.name)
        label = f"{group.label:<{LABEL_WIDTH}}"
        every = "  ".join(f"{signs.radio[value == now]} {word}" for value, word in group.values)
        room = self.app.size.width - LABEL_WIDTH - 4
        if len(every) <= room:
            return Item(group.name, label + every)
        chosen = next((word for value, word in group.values if value == now), now or "belum dipilih")
        return Item(group.name, f"{label}{signs.previous} {chosen} {signs.next}")

    def turn(self, group: Group, step: int) -> None:
        """Choose the next value of a group, or the one before."""
        values = [value for value, _ in group.values]
        holder = self.values if group is _JENJANG else self.chosen
        now = getattr(holder, group.name)
        value: Any = values[(values.index(now) + step) % len(values)] if now in values else values[0 if step > 0 else -1]
        if group is _JENJANG:
            self.values = msgspec.structs.replace(self.values, jenjang=value)
        else:
            self.chosen = msgspec.structs.replace(self.chosen, **{group.name: value})
            self.post_message(self.LookChosen(self.chosen))
        self.rebuild()

    # ---- the thrifty look

    def _thrifty_rows(self) -> tuple[Row, ...]:
        """Without the look, which the palette finds: what stands here is paid for at each opening."""
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

    # ---- both

    def _field(
        self,
        row_id: str,
        label: str,
        value: str,
        width: int,
        note: str = "",
        *,
        limit: int = 300,
        secret: bool = False,
        hint: str = "",
    ) -> Field:
        """Return a field, with what is wrong with it beside or below."""
        told_above = row_id in ("url", "token") and not self.look.thrifty
        wrong = self.message if row_id == self.error and not told_above else ""
        style: StyleName = "error" if wrong else "dim"
        return Field(row_id, label, value, width=width, limit=limit, secret=secret, note=wrong or note, note_style=style, hint=hint)

    def typed(self, row_id: RowId, value: str) -> None:
        """Take what was typed into a field."""
        self.values = msgspec.structs.replace(self.values, **{str(row_id): value})
        self.message = self.error = ""

    def press(self, row_id: RowId, advance: bool) -> None:
        """Take a choice, or ask for what a button says."""
        if row_id in _GROUPS:
            if advance:
                self.step(1)
            else:
                self.turn(_GROUPS[str(row_id)], 1)
        elif row_id in JENJANG:
            self.values = msgspec.structs.replace(self.values, jenjang=str(row_id))
            self.rebuild("kepala" if advance else None)
        elif row_id == "plt":
            self.values = msgspec.structs.replace(self.values, plt=advance or not self.values.plt)
            after = "uji" if self.look.thrifty else "simpan" if self._first_run else "atasan"
            self.rebuild(after if advance else None)
        else:
            self.post_message(_REQUESTS[str(row_id)]())

    def on_key(self, event: events.Key) -> None:
        if event.key in ("left", "right") and self.cursor in _GROUPS:
            event.stop()
            event.prevent_default()
            self.turn(_GROUPS[str(self.cursor)], 1 if event.key == "right" else -1)
        elif event.is_printable and event.key != "space":
            self._type_into_address()

    def on_paste(self, event: events.Paste) -> None:
        self._type_into_address()

    def _type_into_address(self) -> None:
        """What is typed at the beginning, where the cursor is on a button, is meant for the first field; it gets it next."""
        if self._first_run and isinstance(self._row_of(self.cursor), Button):
            self.go_to("url")

    def on_click(self, event: events.Click) -> None:
        row = self.row_under(event)
        if isinstance(row, Item):  # a group: a click chooses, it does not go on
            event.prevent_default()
            self.go_to(row.id)
            self.press(row.id, advance=False)

    def edge(self, direction: int) -> None:
        """Stay in the sheet: nothing comes before or after it."""

    def report(self, message: str, ok: bool, key: str = "") -> None:
        """Say how the try went, in one sentence; the cursor goes into the field that is wrong."""
        self.message, self.ok, self.error = clean(message), ok, KEYS.get(key, "")
        self._top = 0  # what was said stands first; the cursor's row draws the page down where it has to
        self.rebuild(self.error or None)


_REQUESTS: dict[str, type[Message]] = {
    "uji": SettingsSheet.TryRequested,
    "simpan": SettingsSheet.SaveRequested,
    "latihan": SettingsSheet.PractiseRequested,
    "luring": SettingsSheet.WithoutServerRequested,
}
"""What each button asks for."""
