"""What all screens share: bars, keys, help, the notice on a terminal that is too small."""

from __future__ import annotations

import logging
from typing import Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.worker import Worker

from pmm_tui.tui.keys import aksi_di, pengikat, tombol_aksi
from pmm_tui.tui.ports import Shell
from pmm_tui.tui.widgets.bars import BilahKepala, BilahStatus, BilahTombol
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.too_small import MIN_HEIGHT, MIN_WIDTH, TooSmall

_log = logging.getLogger("pmm_tui.tui")


class Layar(Screen[None]):
    """A screen with a title, a status line and a line of keys; a subclass gives the middle in `isi_layar`."""

    TEMPAT: ClassVar[str]
    TOMBOL: ClassVar[tuple[str, ...]]
    BANTUAN: ClassVar[str] = ""
    AUTO_FOCUS: ClassVar[str | None] = "Daftar, Lembar"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        cls.BINDINGS = [*pengikat(cls.TEMPAT)]
        super().__init_subclass__(**kwargs)

    @property
    def shell(self) -> Shell:
        """The app, as far as a screen knows it."""
        return cast(Shell, self.app)

    def compose(self) -> ComposeResult:
        _log.info("%s opens", type(self).__name__)
        yield BilahKepala(id="kepala")
        yield from self.isi_layar()
        yield BilahStatus(id="status")
        yield BilahTombol(id="tombol")
        yield TooSmall()

    def isi_layar(self) -> ComposeResult:
        """Yield the widgets between title and status line."""
        raise NotImplementedError

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < MIN_WIDTH or event.size.height < MIN_HEIGHT, "-kecil")

    async def on_mount(self) -> None:
        self.isi_tombol()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """End with a report when a worker of this screen broke."""
        self.shell.check_worker(event.worker)

    async def segarkan(self) -> None:
        """Read again what the store holds; called when a run of sending or fetching ended."""

    def rupa_baru(self) -> None:
        """Make texts anew that depend on the look or the width, which changed."""

    # ---- bars

    def kepala(self, kiri: str, kanan: str = "") -> None:
        """Set the title line."""
        self.query_one(BilahKepala).isi(f"LATIHAN · {kiri}" if self.shell.services.latihan else kiri, kanan)

    def status(self, kiri: str | None = None, kanan: str | None = None, gaya: StyleName = "") -> None:
        """Set the status line; None leaves a part as it is."""
        self.query_one(BilahStatus).isi(kiri, kanan, gaya)

    def isi_tombol(self, actions: tuple[str, ...] = ()) -> None:
        """Show the keys that matter here: of these actions, or of the screen's own."""
        labels = {a.id: a.label for a in aksi_di(self.TEMPAT)}
        pairs = tuple((tombol_aksi(action, self.shell.keymap)[0], labels[action]) for action in actions or self.TOMBOL)
        self.query_one(BilahTombol).isi(pairs)

    # ---- actions that every screen has

    def bantuan_tempat(self) -> str:
        """Return what the help says about the place where one is."""
        return self.BANTUAN

    def action_bantuan(self) -> None:
        """Open the help for this place."""
        from pmm_tui.tui.screens.help import BantuanScreen  # only when asked for

        self.app.push_screen(BantuanScreen(self.TEMPAT, self.bantuan_tempat(), self.shell.keymap))

    async def action_kembali(self) -> None:
        """Go back to the screen before."""
        self.app.pop_screen()
