"""Aksi: finds every action, teacher and setting by a few letters, and does it on the screen below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Literal

import msgspec
from textual.geometry import Size

from pmm_tui.errors import PmmError
from pmm_tui.store import Store
from pmm_tui.text import by_name
from pmm_tui.tui.actions import Action
from pmm_tui.tui.keys import actions_at, keys_of, method_of
from pmm_tui.tui.messages import RaporRequested, SyncHelpRequested
from pmm_tui.tui.palette_entry import Entry
from pmm_tui.tui.screens.choose import FilterSheet, SearchBand
from pmm_tui.tui.screens.role_choice import role_entries
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.setting_entries import setting_entries
from pmm_tui.tui.widgets.line_text import fit
from pmm_tui.tui.widgets.rows import Heading, Item, Row, RowId, Text

LAST_USED = "aksi"
"""The name of the memo of what was used last."""
_KEPT = 20
_LISTS = ("daftar", "kepala")
_SHOWN_LAST = 5  # of what was used last, while nothing is searched
_ROWS = 8
"""Lines of the list: more would cost more to open and to close."""
_MOST_TEACHERS = 50
_SCOPE_FROM = 72
"""Cells from which on it is said where an action belongs."""
_APART = str.maketrans(dict.fromkeys(" \t,.;:/()[]-_", " ") | dict.fromkeys("'’‘`´ʼ\"“”„", ""))


# ---- searching


def fold(text: str) -> str:
    """What two spellings share: small letters without accents and apostrophes; one blank between words."""
    return " ".join(by_name(text).translate(_APART).split())


def wanted(query: str) -> tuple[str, ...]:
    """The words of a query; the groups of a number are one."""
    words = fold(query).split()
    return ("".join(words),) if words and all(word.isdecimal() for word in words) else tuple(words)


def matches(text: str, words: Sequence[str]) -> bool:
    """Whether each of the words begins a word of a folded text."""
    spaced = f" {text}"
    return all(f" {word}" in spaced for word in words)


def text_of(entry: Entry) -> str:
    """What is searched of an entry; a name with a hyphen is found without it too."""
    joined = entry.label.replace("-", "") if "-" in entry.label else ""
    return fold(f"{entry.label} {joined} {entry.words}")


# ---- what is there


def entries_of(screen: PmmScreen) -> list[Entry]:
    """Return what can be done at a screen and everywhere, and the settings; the teachers are found by their names alone."""
    actions = [a for a in actions_at(screen.PLACE) if a.id != "palet"]
    return [
        *screen.palette_entries(),
        *role_entries(screen),
        *(screen.shell.tour.entries() if screen.shell.tour else ()),
        *(_action(screen, a) for a in actions),
        Entry(
            id="rapor_ketik",
            label="Ketik capaian Rapor Pendidikan",
            words="isi rapor tangan indikator",
            run=lambda: screen.app.post_message(RaporRequested()),
            scope="di mana saja",
        ),
        Entry(
            id="bantu_sinkron",
            label="Bantuan Sinkron: arti pesan e-Kinerja",
            words="pesan galat sinkron skp siasn dapodik cara memperbaiki",
            run=lambda: screen.app.post_message(SyncHelpRequested()),
            scope="di mana saja",
        ),
        *(_by_stick(screen) if screen.PLACE in _LISTS else ()),
        *setting_entries(screen.shell, screen.app.post_message),
    ]


def _by_stick(screen: PmmScreen) -> tuple[Entry, ...]:
    """The ways of Kotak Kirim by a file, from the lists too."""

    def opens(way: Literal["ke", "dari"]) -> Callable[[], object]:
        def run() -> None:
            from pmm_tui.tui.screens.transfer_band import open_transfer  # lazy: few go by file

            open_transfer(screen, way)

        return run

    words, scope = "usb flashdisk kirim terima berkas tanpa jaringan", "Kotak Kirim"
    return (
        Entry(id="usb_ke", label="Tulis yang menunggu ke berkas di USB", words=words, run=opens("ke"), scope=scope),
        Entry(id="usb_dari", label="Terima hasil dari berkas di USB, atau kirim", words=words, run=opens("dari"), scope=scope),
    )


def _action(screen: PmmScreen, action: Action) -> Entry:
    async def run() -> None:
        await screen.app.run_action(method_of(action.id), screen)

    return Entry(
        id=action.id,
        label=action.help,
        words=f"{action.label} {action.id}",
        run=run,
        scope="di mana saja" if "umum" in action.places else "di sini",
        key=keys_of(action.id, screen.shell.keymap)[0],
        refusal=screen.refusal_of(action.id),
    )


def teachers_of(screen: PmmScreen) -> list[Entry]:
    """Return an entry for each teacher, which opens the plan."""

    def opens(pegawai: Any) -> Callable[[], object]:
        return lambda: screen.app.post_message(screen.request_for(pegawai))

    return [
        Entry(id=f"guru:{p.id}", label=p.nama, words=f"{p.nip} {p.nuptk}", run=opens(p), scope="buka rencana")
        for p in screen.shell.store.roster.all()
    ]


class LastUsed:
    """The ids of what was used last, the newest first, as a memo."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> list[str]:
        """Return the ids; none where the memo cannot be read."""
        try:
            return msgspec.json.decode(self._store.reference.memo(LAST_USED) or "[]", type=list[str])[:_KEPT]
        except (msgspec.DecodeError, PmmError):
            return []

    def note(self, entry_id: str) -> None:
        """Put one before the others; nobody waits for it to be written."""
        ids = [entry_id, *(other for other in self.read() if other != entry_id)][:_KEPT]
        with suppress(PmmError):
            self._store.database.submit(self._store.reference.set_memo, LAST_USED, msgspec.json.encode(ids).decode())


# ---- the band


class PaletteSheet(FilterSheet):
    """The entries that pass what was typed, those that were used last before the others."""

    def __init__(self, entries: list[Entry], teachers: Callable[[], list[Entry]], last: list[str]) -> None:
        super().__init__("Aksi")
        self._entries, self._teachers_of, self._last = entries, teachers, last
        self._teachers: list[Entry] | None = None
        self._texts: dict[str, str] = {}
        self._passing: list[Entry] = []
        self._more = 0

    @property
    def _every_teacher(self) -> list[Entry]:
        if self._teachers is None:
            self._teachers = self._teachers_of()
        return self._teachers

    def find(self) -> None:
        """Find what passes, in the order in which it stands."""
        words, last = wanted(self.sought), self._last
        teachers = self._every_teacher if words or any(used.startswith("guru:") for used in last[:_SHOWN_LAST]) else []
        found = [entry for entry in (*self._entries, *teachers) if matches(self._text(entry), words)] if words else self._entries
        if not words:
            found = [*found, *(entry for entry in teachers if entry.id in last[:_SHOWN_LAST])]
        ranks = {used: rank for rank, used in enumerate(last if words else last[:_SHOWN_LAST])}
        found = sorted(found, key=lambda entry: (not entry.first, ranks.get(entry.id, len(last))))
        people = [entry for entry in found if entry.id.startswith("guru:")]
        left_out = {entry.id for entry in people[_MOST_TEACHERS:]}
        self._more = len(left_out)
        self._passing = [entry for entry in found if entry.id not in left_out]

    def _text(self, entry: Entry) -> str:
        if entry.id not in self._texts:
            self._texts[entry.id] = text_of(entry)
        return self._texts[entry.id]

    def count(self) -> str:
        """How many pass."""
        every = len(self._entries) + (len(self._every_teacher) if self.sought else 0)
        return f"{len(self._passing) + self._more} dari {every}"

    def first(self) -> str:
        """The first that passes."""
        return self._passing[0].id if self._passing else ""

    def build_rows(self) -> tuple[Row, ...]:
        """Return what passes; in the thrifty look the search stands above it."""
        rows: list[Row] = []
        if self.look.thrifty:
            rows = [Heading("Aksi", self.count()), Text(f"Cari: {self.sought}_", "accent")]
        rows += [self._item(entry) for entry in self._passing]
        if self._more:
            rows.append(Text(f"dan {self._more} guru lagi; ketik lebih banyak.", "dim"))
        if not self._passing:
            rows.append(Text(f'Tidak ada yang cocok dengan "{self.sought}". Hapus beberapa huruf; Esc menutup.', "dim"))
        return tuple(rows)

    def _item(self, entry: Entry) -> Item:
        width = self.app.size.width
        scope = entry.refusal or (entry.scope if width >= _SCOPE_FROM else "")
        right = f"{fit(scope, width // 2, self.look.signs.ellipsis)} {entry.key:>7}"
        label = fit(entry.label, max(width - len(right) - 5, 8), self.look.signs.ellipsis)
        return Item(entry.id, label, right=right, style="dim" if entry.refusal else "")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Always the same: a band that grew and shrank with the search would be painted anew."""
        return _ROWS

    def press(self, row_id: RowId, advance: bool) -> None:
        """Close with this entry; one that is not possible says why where it stands."""
        entry = next(entry for entry in self._passing if entry.id == row_id)
        if not entry.refusal:
            self.screen.dismiss(entry)


class PaletteScreen(SearchBand[Entry | None]):
    """Over any screen of a place."""

    KEYS = (("Enter", "Jalankan"), ("Panah", "Pindah"), ("Esc", "Tutup"))
    HELP = (
        "Semua aksi yang ada di sini dan di mana saja, semua guru, dan semua pengaturan. Ketik awal beberapa kata, juga tanpa "
        "tanda baca; Enter menjalankannya. Yang terakhir dipakai ada di atas, dan tombolnya ada di kanan. Yang redup belum dapat "
        "dilakukan; sebabnya di kanan."
    )
    EXAMPLE = 'Ketik "nur", lalu Enter: rencana Nur\'aini terbuka. Ketik "tema te", lalu Enter: warna terang.'
    NOTHING = None

    def __init__(self, entries: list[Entry], teachers: Callable[[], list[Entry]], last: list[str]) -> None:
        super().__init__("Aksi", PaletteSheet(entries, teachers, last))


def open_palette(screen: PmmScreen) -> None:
    """Open the palette over a screen; what is chosen there is done on it."""
    last = LastUsed(screen.shell.store)

    async def chosen(entry: Entry | None) -> None:
        if entry is None:
            return
        last.note(entry.id)
        result = entry.run()
        if result is not None and hasattr(result, "__await__"):
            await result

    screen.app.push_screen(PaletteScreen(entries_of(screen), lambda: teachers_of(screen), last.read()), chosen)
