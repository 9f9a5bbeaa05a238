"""By USB stick: which file, the passphrase, and what came of it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from textual import events

from pmm_tui.errors import PmmError
from pmm_tui.services import transfer
from pmm_tui.services.print_choice import short_path
from pmm_tui.services.transfer_disk import newest_files, stick_folders
from pmm_tui.services.transfer_words import parcel_sentence, taken_sentence, write_sentence
from pmm_tui.sync.transfer_file import Parcel
from pmm_tui.tui.messages import SendFinished
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.line_text import fit
from pmm_tui.tui.widgets.rows import Button, Buttons, Field, Gap, Heading, Item, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

T = TypeVar("T")
Way = Literal["ke", "dari"]
_TITLES = {"ke": "Kirim lewat berkas di USB", "dari": "Berkas dari USB"}
_EXAMPLE_PLACE = "E:\\" if sys.platform == "win32" else "/media/usb"
_FOLDER = "berkas/folder"
"""The memo of the folder that was used last."""


class TransferSheet(Sheet):
    """The file, the passphrase (a new one twice), files that lie there, and what is wrong."""

    def __init__(self, way: Way, path: str, files: list[Path]) -> None:
        super().__init__()
        self._way, self._files = way, {str(path): path for path in files}
        self.path, self.passphrase, self.again = path, "", ""
        self.word = ""
        self._answered = False

    def on_mount(self) -> None:
        self.rebuild("sandi" if self.path else "berkas")

    def build_rows(self) -> tuple[Row, ...]:
        """Return the fields, the files, the buttons."""
        writes = self._way == "ke"
        rows: list[Row] = [Heading(_TITLES[self._way]), Gap()] if self.look.thrifty else [Gap()]
        hint = "folder USB, atau folder dan nama berkas" if writes else "letak berkas .pmm"
        rows += [
            Field("berkas", "Berkas", self.path, width=50, limit=1000, hint=hint),
            Field(
                "sandi", "Kata sandi", self.passphrase, width=30, limit=1024, secret=True, hint="minimal 8 huruf" if writes else ""
            ),
        ]
        if writes:
            rows.append(Field("ulang", "Sekali lagi", self.again, width=30, limit=1024, secret=True))
            rows.append(
                Text(
                    "Isinya terkunci kata sandi ini. Tanpa kata sandi tidak ada yang dapat membukanya; catat di tempat lain.", "dim"
                )
            )
        rows += [Gap(), Text(self.word, "warning")] if self.word else []
        yes = Button("ya", "Tulis berkas" if writes else "Buka berkas", main=True)
        rows += [Gap(), Buttons((yes, Button("batal", "Batal")))]
        others = {name: path for name, path in self._files.items() if name != self.path}
        rows += [Gap(), Heading("Berkas lain yang ada")] if others else []
        rows += [Item(name, path.name, right=fit(short_path(path.parent), 30)) for name, path in others.items()]
        return (*rows, *(() if self.look.thrifty else (Gap(),)))

    def typed(self, row_id: RowId, value: str) -> None:
        """Keep what was typed."""
        match row_id:
            case "berkas":
                self.path = value
            case "sandi":
                self.passphrase = value
            case _:
                self.again = value

    def press(self, row_id: RowId, advance: bool) -> None:
        """Take a file of the list, or answer."""
        if row_id in self._files:
            self.path = str(row_id)
            self.rebuild("sandi")
        elif isinstance(self.screen, TransferBand):
            self.screen.answered(row_id == "ya")

    def edge(self, direction: int) -> None:
        """Stay: it is left by a button or by Esc."""

    def complain(self, word: str, row_id: RowId) -> None:
        """Say what is wrong, at its field; a passphrase that was wrong is typed anew, as nobody sees what to mend in it."""
        self.word = word
        if row_id == "sandi":
            self.passphrase = self.again = ""
        elif row_id == "ulang":
            self.again = ""
        self.rebuild(row_id)
        self.refresh(layout=True)
        if isinstance(self.screen, Band):
            self.screen.place()


class TransferBand(Band[tuple[str, bool]]):
    """Asks, does it, and answers with the sentence of what came of it and whether all is well; with "" when it was given up."""

    KEYS = (("Enter", "Berikut"), ("Tab", "Pindah"), ("Esc", "Batal"))
    HELP = (
        "Tanpa jaringan: tulis yang menunggu ke berkas di USB, kirim dari komputer lain yang terhubung (Dari berkas di sana, atau "
        "pmm-tui kirim --dari-berkas), lalu bawa pulang berkasnya. Yang menunggu tetap aman di sini. Mengulang langkah mana pun "
        "tidak membuat rangkap. Di USB siapa pun dapat menyalin berkasnya, tetapi isinya terkunci kata sandi."
    )
    EXAMPLE = "Pasang USB, F6, kata sandi dua kali, Enter: berkasnya tertulis. Sesudah dikirim dari komputer lain: F7 di sini."

    def __init__(self, way: Way, path: str, files: list[Path]) -> None:
        self._fields = TransferSheet(way, path, files)
        super().__init__(_TITLES[way], self._fields)
        self._way = way
        self._busy = False

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w"):
            event.stop()
            self.answered(False)
        else:
            super().on_key(event)

    def answered(self, yes: bool) -> None:
        """Do it, or give it up."""
        if self._busy:
            return
        if not yes:
            self.dismiss(("", True))
            return
        fields = self._fields
        fault = transfer.passphrase_fault(fields.passphrase) if self._way == "ke" else ""
        if not _is_whole(fields.path):  # a passphrase that got into this field must not become a file's name somewhere
            fields.complain(f"Tulis letak berkasnya lengkap, misalnya {_EXAMPLE_PLACE}.", "berkas")
        elif fault or not fields.passphrase:
            fields.complain(fault or "Ketik kata sandi yang dipakai saat berkasnya ditulis.", "sandi")
        elif self._way == "ke" and fields.passphrase != fields.again:
            fields.complain("Kedua kata sandi tidak sama; ketik lagi.", "ulang")
        else:
            self._begin()

    def _begin(self, *, replace: bool = False) -> None:
        self._busy = True
        self.run_worker(self._write(replace) if self._way == "ke" else self._take(), group="berkas", exit_on_error=False)

    async def _write(self, replace: bool) -> None:
        """Write what waits; where another file would be lost, ask first."""
        shell, fields = self.shell, self._fields
        setup, now = shell.in_force, shell.services.now()
        try:
            free = partial(transfer.free_path, shell.store, fields.path.strip().strip('"'), shell.services.today())
            path = await asyncio.to_thread(free, fields.passphrase, setup.sekolah.npsn)
            write = partial(transfer.write_file, shell.store, path, fields.passphrase, setup.sekolah.npsn, setup.periode, now)
            report = await asyncio.to_thread(partial(write, replace=replace))
        except transfer.WouldReplaceError as error:
            self._ask("Ganti berkas itu?", error.sentence, "Ya, ganti", lambda: self._begin(replace=True))
            return
        except PmmError as error:
            self._fail(error.sentence)
            return
        self._remember(path)
        self.dismiss((write_sentence(report), not report.held_back))

    async def _take(self) -> None:
        """Take what the file brought; where something in it still waits and there is a server, ask whether to send that."""
        shell, fields = self.shell, self._fields
        path = Path(fields.path.strip().strip('"')).expanduser()
        try:
            parcel, _ = await asyncio.to_thread(transfer.open_file, path, fields.passphrase)
            sentence, ok = await self._taken(path, parcel)
        except PmmError as error:
            self._fail(error.sentence)
            return
        self._remember(path)
        if any(parcel.waiting) and shell.services.server():
            question = parcel_sentence(parcel)
            send = partial(self.run_worker, group="berkas", exit_on_error=False)
            self._ask("Kirim isi berkas ini sekarang?", question, "Ya, kirim", lambda: send(self._send(path)), (sentence, ok))
        else:
            self.dismiss((sentence, ok))

    async def _send(self, path: Path) -> None:
        fields = self._fields
        try:
            outcome = await self.shell.services.send_file(path, fields.passphrase, lambda: False, lambda *_: None)
            parcel, _ = await asyncio.to_thread(transfer.open_file, path, fields.passphrase)
            sentence, _ = await self._taken(path, parcel)
        except PmmError as error:
            self._fail(error.sentence)
            return
        self.dismiss((" ".join(part for part in (outcome.sentence, sentence) if part), outcome.ok))

    async def _taken(self, path: Path, parcel: Parcel) -> tuple[str, bool]:
        """Take in what is of these records; nothing is said of a file that has nothing of them but is to be sent."""
        store, npsn = self.shell.store, self.shell.in_force.sekolah.npsn
        taken = await asyncio.to_thread(transfer.take_parcel, store, path, parcel, npsn)
        if taken.foreign == len(parcel.plans) + len(parcel.decisions) and any(parcel.waiting):
            return "", True
        return taken_sentence(taken), not (taken.foreign or taken.doubtful)

    def _ask(
        self, heading: str, words: str, yes: str, then: Callable[[], object], otherwise: tuple[str, bool] | None = None
    ) -> None:
        def heard(button: str | None) -> None:
            if button == "ya":
                then()
            elif otherwise and otherwise[0]:
                self.dismiss(otherwise)
            else:
                self._busy = False

        self.app.push_screen(Dialog(heading, [(words, "")], [("tidak", "Tidak"), ("ya", yes)]), heard)

    def _fail(self, sentence: str) -> None:
        self._busy = False
        self._fields.complain(sentence, "sandi" if "kata sandi" in sentence else "berkas")

    def _remember(self, path: Path) -> None:
        memo, folder = self.shell.store.reference, str(path.parent)
        if memo.memo(_FOLDER) != folder:
            memo.set_memo(_FOLDER, folder)


def _is_whole(text: str) -> bool:
    """Whether a path says where it begins."""
    try:
        return Path(text.strip().strip('"')).expanduser().is_absolute()
    except (ValueError, RuntimeError):
        return False


def open_transfer(screen: PmmScreen, way: Way) -> None:
    """Ask over a screen for a file to write or to take; the screen then says what came of it."""
    shell = screen.shell
    last = shell.store.reference.memo(_FOLDER) or ""
    files = newest_files(last) if way == "dari" else []
    folder = next((str(one) for one in stick_folders()), last)

    def done(answer: tuple[str, bool] | None) -> None:
        screen.app.post_message(SendFinished(*(answer or ("", True))))  # every screen reads again, also after a fault halfway

    path = (str(files[0]) if files else "") if way == "dari" else folder
    screen.app.push_screen(TransferBand(way, path, files), done)
