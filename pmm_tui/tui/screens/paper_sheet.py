"""What is to be printed: the kind of document, of whom, in which form, where to; each group is answered by Enter and leads on."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from textual.message import Message

from pmm_tui.cetak.making import Format
from pmm_tui.errors import PmmError
from pmm_tui.services.cloud_folder import cloud_warning
from pmm_tui.services.print_choice import files_of, folder_of
from pmm_tui.services.print_request import KINDS, PrintRequest, missing_for
from pmm_tui.tui.key_runs import is_deliberate
from pmm_tui.tui.widgets.line_text import fit
from pmm_tui.tui.widgets.row_layout import LABEL_WIDTH
from pmm_tui.tui.widgets.rows import Button, Choice, Field, Gap, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

_FORMS: dict[Format, str] = {
    "html": "HTML, dicetak dari peramban",
    "pdf": "PDF",
    "teks": "Teks biasa",
    "xlsx": "XLSX, lembar kerja",
    "csv": "CSV, tabel biasa",
}
_SIZES = {"skp": "1–2 halaman", "paraf": "1 halaman", "isian": "dan teks salin"}
"""What is said of a kind; of the others how many rows or sheets there are."""
_COUNTED = {"tanda-terima": "lembar", "belum-dikonfirmasi": "guru", "daftar": "guru", "paraf-rapat": "guru"}
_OPTIONS = (
    ("together", "Satu berkas untuk semua guru", ("skp", "paraf", "isian", "tanda-terima")),
    ("qualitative", "Pendekatan kualitatif", ("skp", "isian")),
    ("landscape", "Kertas mendatar", ("skp",)),
)
_ROOMY = 66
"""Cells from which on something is said beside a kind of document."""
HELD = "Tombol yang ditahan tidak membuat berkas. Lepaskan, lalu tekan sekali lagi."


class PrintChoice(Struct, frozen=True, kw_only=True):
    """What is chosen. `whom` is a word of the sheet's `whoms`, `folder` what stands in the field."""

    what: str
    whom: str
    form: Format = "html"
    folder: str = ""
    together: bool = False
    qualitative: bool = False
    landscape: bool = False

    def request(self) -> PrintRequest:
        """What is asked of the service; raises UsageError for a folder that cannot be."""
        fits = {name: getattr(self, name) and self.what in kinds for name, _, kinds in _OPTIONS}
        return PrintRequest(what=self.what, form=self.form, folder=folder_of(self.folder), **fits)


class Whom(Struct, frozen=True):
    """Teachers that may be chosen: their ids, how they are called, and what is said beside it."""

    ids: tuple[int, ...]
    label: str
    right: str


class PrintSheet(Sheet):
    """The choices, and the button that counts. `counts` are of the teachers chosen, None while they are read."""

    class Changed(Message):
        """Something else is chosen."""

    class Requested(Message):
        """The button was pressed."""

    class StopRequested(Message):
        """The run is to end."""

    def __init__(self, choice: PrintChoice, whoms: dict[str, Whom], keys: tuple[str, str]) -> None:
        super().__init__(id="cetak")
        self.choice, self.whoms = choice, whoms
        self._print_key, self._stop_key = keys
        self.counts: dict[str, int] | None = None
        self.running = False
        self.notes: tuple[str, ...] = ()
        self._cloud = ""
        self._said_whom = False

    @property
    def rests(self) -> bool:
        """Whether what it shows is true now."""
        return self.counts is not None and not self.running

    def on_mount(self) -> None:
        self._look_at_folder()
        self.rebuild(f"apa:{self.choice.what}")

    # ---- rows

    def build_rows(self) -> tuple[Row, ...]:
        """Return the groups, the folder and the button; blank lines part them where there is room."""
        choice = self.choice
        groups: list[list[Row]] = [
            [self._kind(word, n) for n, word in enumerate(KINDS)],
            [self._whom(word, n) for n, word in enumerate(self.whoms)],
            [self._form(form, n) for n, form in enumerate(KINDS[choice.what].formats)],
            [
                Choice(f"pilihan:{name}", label, getattr(choice, name), tick=True, group="" if n else "Pilihan")
                for n, (name, label) in enumerate(self._options())
            ],
            [
                Field("ke", "Ke folder", choice.folder, width=50, limit=400, note=self._cloud, note_style="warning"),
            ],
            [*self._button(), *(Text(note, "warning") for note in self.notes)],
        ]
        full = [group for group in groups if group]
        gap: list[Row] = [Gap()] if sum(map(len, full)) + len(full) + bool(self._cloud) < self.app.size.height - 3 else []
        return tuple(row for group in full for row in (*gap, *group))

    def _kind(self, word: str, n: int) -> Choice:
        kind = KINDS[word]
        right = _SIZES.get(word, "")
        if not right and self.counts is not None:
            right = f"{self.counts[word]} {_COUNTED.get(word, 'baris')}"
        right = right if self._cells >= _ROOMY else ""
        return Choice(f"apa:{word}", kind.label, word == self.choice.what, right=right, right_style="dim", group="" if n else "Apa")

    def _whom(self, word: str, n: int) -> Choice:
        whom = self.whoms[word]
        room = self._cells - LABEL_WIDTH - cell_len(whom.label) - 10
        right = fit(whom.right, max(room, 0), self.look.signs.ellipsis)
        group = "" if n else "Untuk siapa"
        return Choice(f"siapa:{word}", whom.label, word == self.choice.whom, right=right, right_style="dim", group=group)

    def _form(self, form: Format, n: int) -> Choice:
        missing = "perlu paket tambahan" if missing_for(form) else ""
        group = "" if n else "Bentuk"
        return Choice(f"bentuk:{form}", _FORMS[form], form == self.choice.form, right=missing, right_style="dim", group=group)

    def _options(self) -> list[tuple[str, str]]:
        several = len(self.whoms[self.choice.whom].ids) > 1
        return [(name, label) for name, label, kinds in _OPTIONS if self.choice.what in kinds and (several or name != "together")]

    def _button(self) -> list[Row]:
        if self.running:
            return [Button("henti", "Hentikan", right=self._stop_key, main=True)]
        return [Button("buat", self._label(), right=self._print_key, main=True)]

    def _label(self) -> str:
        counts = self.counts
        if counts is None:
            return "Buat berkas"
        try:
            count = files_of(self.choice.request(), counts[self.choice.what])
        except PmmError:
            return "Buat berkas"
        return f"Buat {count} berkas" if count else "Tidak ada yang dicetak"

    @property
    def _cells(self) -> int:
        return self.size.width or self.app.size.width

    # ---- what the operator does

    def press(self, row_id: RowId, advance: bool) -> None:
        """Take a choice and go on to the next group, or ask for what a button says."""
        group, _, word = str(row_id).partition(":")
        if group == "buat":
            if is_deliberate(self.app):
                self.post_message(self.Requested())
            else:
                self.tell((HELD,))
        elif group == "henti":
            self.post_message(self.StopRequested())
        elif group == "pilihan":
            self._choose(**{word: advance or not getattr(self.choice, word)})
            if advance:
                self.step(1)
        else:
            self._said_whom |= group == "siapa"
            also = {"whom": self._usual(word)} if group == "apa" and not self._said_whom else {}
            self._choose(**{_FIELDS[group]: word}, **also)
            if advance:
                self._next_group(group)

    def _usual(self, what: str) -> str:
        """Of whom a document is unless something else is said: the marked ones, else a list of all, and the rest of one."""
        words = list(self.whoms)
        return "bertanda" if "bertanda" in words else words[0 if KINDS[what].of_each else -1]

    def asks(self, key: str) -> bool:
        """A held key makes no files."""
        return self.cursor == "buat" and key in ("enter", "space")

    def _choose(self, **changes: Any) -> None:
        choice = replace(self.choice, **changes)
        if choice.form not in KINDS[choice.what].formats:
            choice = replace(choice, form="html")
        if choice == self.choice:
            return
        self.choice, self.notes = choice, ()
        self.rebuild()
        self.post_message(self.Changed())

    def _next_group(self, group: str) -> None:
        """Go to what is chosen in the group after."""
        choice = self.choice
        to = {"apa": f"siapa:{choice.whom}", "siapa": f"bentuk:{choice.form}"}.get(group, "")
        if not to:
            to = next((f"pilihan:{name}" for name, _ in self._options()), "ke")
        self.go_to(to)

    def typed(self, row_id: RowId, value: str) -> None:
        """Take what was typed as the folder."""
        self.choice = replace(self.choice, folder=value)
        self._cloud = ""

    def moved(self, origin: RowId, to: RowId) -> None:
        """Look at the folder once it is written: on a far drive that takes a while."""
        if origin == "ke":
            self._look_at_folder()
            self.rebuild()

    def _look_at_folder(self) -> None:
        try:
            self._cloud = cloud_warning(folder_of(self.choice.folder))
        except PmmError as error:
            self._cloud = error.sentence

    def edge(self, direction: int) -> None:
        """Stay: nothing comes before or after."""

    def tell(self, notes: tuple[str, ...]) -> None:
        """Say what is worth knowing below the button; what the folder's row says already is not said again."""
        self.notes = tuple(note for note in notes if note != self._cloud)
        self.rebuild()

    def run_changed(self, running: bool) -> None:
        """Show the button that stops a run, or the one that starts it; the cursor stays on it."""
        on_button = self.cursor in ("buat", "henti")
        self.running = running
        self.rebuild(("henti" if running else "buat") if on_button else None)


_FIELDS: dict[str, str] = {"apa": "what", "siapa": "whom", "bentuk": "form"}
"""What each group of choices says."""
