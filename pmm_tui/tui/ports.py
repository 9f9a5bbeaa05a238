"""What the screens are handed: plain values, the few things that only the command line can do, and what the app does for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from msgspec import Struct
from textual.worker import Worker

from pmm_tui.services.in_force import InForce
from pmm_tui.services.surroundings import Surroundings
from pmm_tui.services.worked import Worked
from pmm_tui.skp.katalog_tables import Periode
from pmm_tui.skp.model import Rangkuman
from pmm_tui.store import Store
from pmm_tui.tui.dapodik_port import DapodikServices
from pmm_tui.tui.guide import Guide
from pmm_tui.tui.last_place import LastPlace
from pmm_tui.tui.look_values import LookChoice, LookOptions
from pmm_tui.tui.school_port import Schools
from pmm_tui.tui.widgets.look import Look

if TYPE_CHECKING:
    from pmm_tui.services.roster_import import RosterRead


class SendOutcome(Struct, frozen=True, kw_only=True):
    """How a run of sending ended: a sentence, whether nothing is in the way, and seconds until a retry makes sense.

    `asked_to_wait`: nothing was tried, as the server asked to wait.
    """

    sentence: str
    ok: bool
    retry_in: float | None = None
    asked_to_wait: bool = False


class FetchOutcome(Struct, frozen=True, kw_only=True):
    """How fetching reference data ended, or a try; `key` is that of the setting which it is about, where one is."""

    sentence: str
    ok: bool
    key: str = ""


class Settings(Struct, frozen=True, kw_only=True):
    """What the first-run wizard asks for; `token` is empty when the stored one stays."""

    url: str = ""
    token: str = ""
    npsn: str = ""
    school_name: str = ""
    jenjang: str = ""
    kepala: str = ""
    kepala_nip: str = ""
    plt: bool = False
    atasan: str = ""
    atasan_nip: str = ""


class Folders(Protocol):
    """Where files go, and how they are shown."""

    @property
    def export_folder(self) -> Path:
        """Where what is printed goes, unless another folder is named."""

    @property
    def messages_file(self) -> Path:
        """The school's own messages of e-Kinerja, which may not be there."""

    def open_folder(self, path: Path) -> bool:
        """Show a folder in the desktop's file manager; false where there is none, as on another computer."""


class Periods(Protocol):
    """What is in force, now and in the other periods."""

    def in_force(self) -> InForce:
        """Read the reference data in force anew."""

    def in_force_of(self, periode: str) -> InForce:
        """Read the reference data of another period; raises ConfigError for one that no catalogue has."""

    def switch_period(self, periode: str) -> None:
        """Work on another period from now on."""

    def periods(self) -> tuple[tuple[Periode, str], ...]:
        """All periods that can be worked on, each with its scheme's label."""


class Services(Surroundings, Folders, Periods, DapodikServices, Schools, Protocol):
    """What the screens ask of the outside; `send` and `pull` import the network only when they are called."""

    practice: bool
    """Whether this is the practice mode, which the title says."""
    tour: bool
    """Whether the tour of the practice mode was asked for."""

    async def check_records(self) -> str:
        """Check the records and make today's copy; a sentence when something is damaged. Raises StorageError."""

    def fetch_due(self) -> bool:
        """Whether a server is set and its reference data are missing or old."""

    async def send(
        self, stop: Callable[[], bool], on_progress: Callable[[int, int], None], forced: bool, insist: bool = False
    ) -> SendOutcome:
        """Send what waits. `on_progress(done, total)` is called as answers come; `forced`: the operator pressed it.

        `insist`: pressed once more after the answer that the server asked to wait.
        """

    async def send_file(
        self, path: Path, passphrase: str, stop: Callable[[], bool], on_progress: Callable[[int, int], None]
    ) -> SendOutcome:
        """Send what a transfer file holds; what came of it goes into the file, and nothing into these records. Raises PmmError."""

    async def pull(self) -> FetchOutcome:
        """Fetch reference data from the server."""

    def settings(self) -> Settings:
        """The settings in force, without the token."""

    def look(self) -> LookChoice:
        """The look that the configuration asks for."""

    def save_look(self, choice: LookChoice) -> LookOptions:
        """Write another look into the configuration, and return what it comes to on this terminal; raises PmmError.

        In practice nothing is written: the look is that of work, and practice changes nothing of it.
        """

    async def try_connection(self, settings: Settings) -> FetchOutcome:
        """Try a connection with these settings, and say in words what is wrong."""

    def save(self, settings: Settings) -> None:
        """Write the configuration, and the token to its own file; raises PmmError."""

    def read_roster(self, path: Path, sheets: Sequence[str] = (), columns: Mapping[str, str] | None = None) -> RosterRead:
        """Read a roster file, or those of its sheets, against what is stored; runs outside the loop. Raises PmmError.

        `columns` is what the operator says that headings mean.
        """

    def report_bug(self, error: BaseException) -> Path | None:
        """Write a report without values or locals; its path, or None when that fails too."""


Keymap = Mapping[str, str]
"""The keys of each action that the configuration names."""

PRACTISE = "latihan"
"""What the app returns when the operator chose to practise."""


@runtime_checkable
class Unsaved(Protocol):
    """A screen that may hold what is not on the disk yet."""

    async def save_all(self) -> bool:
        """Save at once; false when it could not be saved."""

    def force_save(self) -> Path | None:
        """Save without the event loop, at the very end; the path of the file that took it where the records could not."""


@runtime_checkable
class FollowsLook(Protocol):
    """What has texts that depend on the look or the width."""

    is_mounted: bool

    def look_changed(self) -> None:
        """Make them anew."""


class BackgroundWork(Protocol):
    """What a screen may start or ask of what runs behind it."""

    next_try: datetime | None
    """When what waits is sent again by itself; None while nothing is planned."""

    def send(self, *, forced: bool) -> None:
        """Send what waits; `forced`: the operator asked."""

    def cancel(self) -> bool:
        """Stop sending; false when nothing is being sent."""

    def fetch(self) -> None:
        """Fetch reference data."""

    def outbox_sentence(self) -> str:
        """Return what the status line says about the outbox."""


class Shell(Protocol):
    """What a screen may ask of the app that it stands in.

    `listed` are the teachers of the list in the order in which it shows them.
    `last_opened` is the teacher whose plan was opened last, until the list has taken notice; `worked` whose plans were edited.
    `last_word` is how and when a teacher was said last to have confirmed, and the day on which that was said.
    `tour` is None outside of practice.
    """

    services: Services
    store: Store
    in_force: InForce
    keymap: Keymap
    look: Look
    thrifty: bool
    last_place: LastPlace
    last_opened: int | None
    listed: tuple[int, ...]
    last_word: tuple[Rangkuman, date] | None
    worked: Worked
    tour: Guide | None

    @property
    def lean_previews(self) -> bool:
        """Whether the line to the terminal carries what nobody has asked for."""

    def change_look(self, choice: LookChoice) -> None:
        """Take another look at once, and keep it."""

    @property
    def background(self) -> BackgroundWork:
        """What runs behind the screens."""

    def announce(self, sentence: str, ok: bool) -> None:
        """Say a sentence in the status line of every screen; not `ok`: as a warning."""

    def check_worker(self, worker: Worker[Any]) -> None:
        """End with a report when a worker broke."""
