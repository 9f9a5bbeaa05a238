"""The app at its edges: what runs behind it, what it says and where, which keys act, where plans open."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from msgspec import structs
from textual import on
from textual.app import App

from pmm_tui.errors import PmmError, ServerError
from pmm_tui.skp.model import PraktikPembelajaran
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from pmm_tui.tui import _app_class, messages
from pmm_tui.tui.app import PmmApp
from pmm_tui.tui.background import Background
from pmm_tui.tui.developer import DeveloperApp
from pmm_tui.tui.key_queue import KeyQueue
from pmm_tui.tui.keys import keymap_faults
from pmm_tui.tui.last_place import Place
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.ports import SendOutcome
from pmm_tui.tui.screens.rencana import RencanaScreen
from pmm_tui.tui.screens.roster import RosterScreen
from pmm_tui.tui.textual_private import mismatch, wrap_output
from pmm_tui.tui.widgets.bars import StatusBar
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT, FakeServices, rejected
from tests.tui.keyboard import LIMIT, settled
from tests.tui.samples import ANI, BUDI, CITRA, full_plan, started_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio


# ---- behind the screens


class Host(App[None]):
    """Keeps what is posted to it, and the timers that are set."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Any] = []
        self.timers: list[tuple[float, Any]] = []

    @on(messages.StatusChanged)
    @on(messages.SendFinished)
    @on(messages.SendProgressed)
    def _keep(self, event: Any) -> None:
        self.told.append(event)

    def set_timer(self, delay: float, callback: Any = None, **other: Any) -> Any:
        """Note it instead of setting it, unless Textual itself asks."""
        if getattr(callback, "__module__", "").startswith("pmm_tui"):
            self.timers.append((delay, callback))
            return None
        return super().set_timer(delay, callback, **other)


async def done(host: Host) -> None:
    """Wait for what runs, and until what it posted has been heard."""
    await host.workers.wait_for_complete()
    heard = asyncio.Event()
    host.call_later(heard.set)
    await heard.wait()


async def test_what_is_said_of_the_outbox(store: Store) -> None:
    """What waits and what needs somebody, each only when there is some; nothing at all, or that no server is set."""
    services = FakeServices(store)
    background = Background(Host(), services)
    assert background.outbox_sentence() == ""
    services.address = ""
    assert background.outbox_sentence() == "server belum diatur"
    store.roster.write([ANI, BUDI, CITRA])
    for teacher in store.roster.all():
        store.outbox.seal(teacher, "2026", full_plan(), 1, MOMENT)
    assert background.outbox_sentence() == "3 antre"
    first, second, _ = store.outbox.due(9)
    store.outbox.mark_sending([first.id, second.id])
    store.outbox.record_all({first.id: rejected("/rangkuman")(first)})
    assert background.outbox_sentence() == "2 antre · 1 perlu perbaikan"
    store.outbox.record_all({second.id: Sent(receipt="T", at=MOMENT.isoformat(), status="diajukan")})
    assert background.outbox_sentence() == "1 antre · 1 perlu perbaikan"


async def test_one_sending_at_a_time(store: Store) -> None:
    """A second while the first runs starts nothing and says nothing; after it another may run."""
    services, host = FakeServices(store, gate=True), Host()
    async with host.run_test():
        background = Background(host, services)
        background.send(forced=True)
        async with asyncio.timeout(LIMIT):
            while not services.called("send"):
                await asyncio.sleep(0)
        background.send(forced=True)
        services.gate.set()  # type: ignore[union-attr]
        await done(host)
        assert services.called("send") == [True]
        assert [event.sentence for event in host.told] == ["Mengirim …", "Tidak ada lagi yang menunggu."]
        assert [event.ok for event in host.told] == [True, True]
        background.send(forced=False)
        await done(host)
        assert services.called("send") == [True, False]
        services.address = ""
        host.told.clear()
        background.send(forced=True)
        await done(host)
        assert [type(event) for event in host.told] == [messages.SendFinished]


@pytest.mark.parametrize(("wait", "delays"), [(None, []), (0.2, [1.0]), (1.0, [1.0]), (7.5, [7.5])])
async def test_what_waits_is_tried_again(store: Store, wait: float | None, delays: list[float]) -> None:
    """After as long as the run says, a second at least; that run was not asked for by anybody."""
    services, host = FakeServices(store), Host()
    services.send_result = SendOutcome(sentence="Nanti.", ok=False, retry_in=wait)
    async with host.run_test():
        background = Background(host, services)
        background.send(forced=True)
        await done(host)
        assert [delay for delay, _ in host.timers] == delays
        for _, again in host.timers[:1]:
            again()
            await done(host)
            assert services.called("send") == [True, False]


async def test_a_second_press_goes_through(store: Store) -> None:
    """Told that the server asked to wait, the operator's next press insists, once; what runs by itself never does."""
    services, host = FakeServices(store), Host()
    asked: list[tuple[bool, bool]] = []

    async def send(stop: Any, on_progress: Any, forced: bool, insist: bool) -> SendOutcome:
        asked.append((forced, insist))
        return SendOutcome(sentence="Server minta jeda.", ok=False, asked_to_wait=not insist)

    services.send = send  # type: ignore[method-assign]
    async with host.run_test():
        background = Background(host, services)
        for forced in (False, True, True, True, False, True):
            background.send(forced=forced)
            await done(host)
    assert asked == [(False, False), (True, False), (True, True), (True, False), (False, False), (True, False)]


async def test_a_failure_is_remembered_until_it_is_over(store: Store) -> None:
    """After a run that failed, in whatever way, the next that succeeds says so, and the one after it does not."""
    services, host = FakeServices(store), Host()
    async with host.run_test():
        background = Background(host, services)
        services.send_result = ServerError("Server menolak.")
        background.send(forced=False)
        await done(host)
        services.send_result = None
        for _ in range(2):
            background.send(forced=False)
            await done(host)
        assert [(event.sentence, event.ok) for event in host.told] == [
            ("Server menolak.", False),
            ("Tidak ada lagi yang menunggu.", True),
            ("", True),
        ]


async def test_a_run_that_is_stopped_knows_it(store: Store) -> None:
    """What sends is told to stop; the next run begins unstopped."""
    services, host = FakeServices(store), Host()
    asked: list[bool] = []

    async def send(stop: Any, on_progress: Any, forced: bool, insist: bool) -> SendOutcome:
        asked.append(stop())
        on_progress(2, 5)
        background.cancel()
        asked.append(stop())
        await asyncio.sleep(0)
        return SendOutcome(sentence="", ok=True)

    services.send = send  # type: ignore[method-assign]
    async with host.run_test():
        background = Background(host, services)
        for _ in range(2):
            background.send(forced=False)
            async with asyncio.timeout(LIMIT):
                while background._busy:
                    await asyncio.sleep(0)
        assert asked == [False, True] * 2
        assert background.cancel() is False


# ---- what is said, and where


async def test_what_is_announced_is_said_on_every_screen(stage_app: Open) -> None:
    """In the status line of each, as a warning where something is wrong."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter f8")
        for ok, style in ((False, "warning"), (True, "")):
            u.app.announce("Begini.", ok)
            bars = [screen.query_one(StatusBar) for screen in u.app.screen_stack if screen.query(StatusBar)]
            assert [(bar._left, bar._style) for bar in bars] == [("Begini.", style)] * 3


@pytest.mark.parametrize(
    ("written", "refused", "sentence"),
    [
        (3, 0, "3 guru disimpan"),
        (0, 2, "0 guru disimpan; 2 baris ditolak, lihat lagi dengan mengimpor berkas yang sama"),
    ],
)
async def test_what_came_of_an_import_is_said(stage_app: Open, written: int, refused: int, sentence: str) -> None:
    """How many were kept, and what to do about those that were not, as a warning."""
    async with stage_app() as u:
        u.app.post_message(messages.RosterImported(written, refused))
        await settled(u.app)
        assert u.status.strip().startswith(sentence)
        assert u.app.screen.query_one(StatusBar)._style == ("warning" if refused else "")


async def test_what_a_fetch_brought_is_taken_before_it_is_said(stage_app: Open) -> None:
    """What is in force changes with it; only after one that went well is sent what waits."""
    async with stage_app() as u:
        before = len(u.services.called("send"))
        changed = structs.replace(u.app.in_force, sekolah=structs.replace(u.app.in_force.sekolah, nama="SMP Lain"))
        for ok, sent in ((False, 0), (True, 1)):
            u.app.post_message(messages.FetchFinished(changed, "Sudah.", ok))
            await settled(u.app)
            await u.app.workers.wait_for_complete()
            assert len(u.services.called("send")) == before + sent
            assert "SMP Lain" in u.title


async def test_trouble_with_what_was_fetched_is_said(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it cannot be shown the reason is, and nothing is sent."""
    async with stage_app() as u:
        before = len(u.services.called("send"))

        async def fails() -> None:
            raise PmmError("Rusak.")

        monkeypatch.setattr(u.app.screen, "refresh_data", fails)
        u.app.post_message(messages.FetchFinished(u.app.in_force, "Sudah.", True))
        await settled(u.app)
        assert u.status.strip().startswith("Rusak.")
        assert len(u.services.called("send")) == before


async def test_with_the_start_data_are_fetched_or_what_waits_is_sent(stage_app: Open) -> None:
    """Fetched where they are due, else sent where a server is set; without one neither."""
    async with stage_app() as u:
        assert [len(u.services.called(name)) for name in ("pull", "send", "check_records")] == [0, 1, 1]


async def test_with_the_start_due_data_are_fetched(stage_app: Open, store: Store) -> None:
    """What waits is sent behind the fetch, once."""
    services = FakeServices(store)
    services.is_due = True
    async with stage_app(services=services) as u:
        await u.until(lambda: services.called("send"))
        assert [len(services.called(name)) for name in ("pull", "send")] == [1, 1]


async def test_with_the_start_and_no_server_nothing_is_sent(stage_app: Open, store: Store) -> None:
    """There is nobody to send to."""
    services = FakeServices(store)
    services.address = ""
    async with stage_app(services=services):
        assert [len(services.called(name)) for name in ("pull", "send")] == [0, 0]


async def test_another_period_is_shown_and_fetched_where_due(stage_app: Open) -> None:
    """The list is that of the period; its data are fetched when they are not there."""
    async with stage_app() as u:
        for due, pulls in ((False, 0), (True, 1)):
            u.services.is_due = due
            u.app.post_message(messages.PeriodRequested("2024-1"))
            await settled(u.app)
            await u.app.workers.wait_for_complete()
            assert (u.app.in_force.periode, len(u.services.called("pull"))) == ("2024-1", pulls)
            assert "Jan–Jun 2024" in u.title


async def test_new_settings_are_in_force_and_their_server_is_asked(stage_app: Open) -> None:
    """What the server has is fetched, where one is set now."""
    async with stage_app() as u:
        for address, pulls in (("", 0), ("pmm.id", 1)):
            u.services.address = address
            u.services.sekolah = structs.replace(u.services.sekolah, nama=f"SMP {address}")
            u.app.post_message(messages.SettingsSaved())
            await settled(u.app)
            await u.app.workers.wait_for_complete()
            assert f"SMP {address}" in u.title
            assert len(u.services.called("pull")) == pulls


# ---- keys, look and end


@pytest.mark.parametrize(
    ("size", "key", "acts"),
    [((60, 18), "x", True), ((59, 18), "x", False), ((60, 17), "x", False), ((59, 18), "f12", True), ((59, 18), "ctrl+q", True)],
)
async def test_which_keys_act(stage_app: Open, size: tuple[int, int], key: str, acts: bool) -> None:
    """On a terminal that is too small only those that leave, by their usual keys."""
    async with stage_app() as u:
        await u.size(*size)
        assert u.app._may_act(type("Event", (), {"key": key})()) is acts  # type: ignore[arg-type]


async def test_keys_that_were_chosen_leave_a_small_terminal(stage_app: Open) -> None:
    """Those of the configuration take the place of the usual ones."""
    async with stage_app(keymap={"keluar": "alt+q, f9"}) as u:
        await u.size(50, 20)
        keys = ("alt+q", "f9", "ctrl+q", "x")
        assert [u.app._may_act(type("Event", (), {"key": key})()) for key in keys] == [True, True, False, False]  # type: ignore[arg-type]


def test_a_queue_lets_every_key_act() -> None:
    """Unless an app says otherwise."""
    assert KeyQueue()._may_act(None) is True  # type: ignore[arg-type]


async def test_thrift_is_switched_on_and_off(stage_app: Open) -> None:
    """The look changes at once on the screens below as well, and comes back as it was configured."""
    async with stage_app(look=LookOptions(theme="terang", ascii=False)) as u:
        usual = u.app.look
        assert (u.app.thrifty, u.app.has_class("-hemat"), u.app.has_class("-ascii")) == (False, False, False)
        await u.press("enter ctrl+p")
        assert (u.app.thrifty, u.app.look.thrifty, u.app.has_class("-hemat"), u.app.has_class("-ascii")) == (True,) * 4
        assert u.text.isascii()
        await u.press("escape")
        assert u.text.isascii()
        await u.press("ctrl+p")
        assert (u.app.thrifty, u.app.look) == (False, usual)
        assert not u.text.isascii()


async def test_the_end_comes_only_when_all_is_saved(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that cannot be saved keeps the program open; Ctrl+C alone only says how one leaves."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter ctrl+c")
        assert "Ctrl+Q menutup program; semua isian disimpan." in u.status
        screen = u.app.screen

        async def unsaved() -> bool:
            return False

        with monkeypatch.context() as broken:
            broken.setattr(screen, "save_all", unsaved)
            await u.app.action_quit()
            assert u.app.return_code is None
        await u.app.action_quit()
        assert (u.app.return_code, u.app.return_value) == (0, "")


async def test_work_behind_the_screens_that_breaks_is_a_bug(stage_app: Open) -> None:
    """It ends the program with a report; what was only stopped does not."""

    async def scene() -> None:
        async with stage_app() as u:

            async def breaks() -> None:
                raise ZeroDivisionError

            stopped = u.app.run_worker(asyncio.sleep(LIMIT), exit_on_error=False)
            await settled(u.app)
            stopped.cancel()
            await settled(u.app)
            assert not u.app.crashed
            u.app.run_worker(breaks(), exit_on_error=False)
            await u.until(lambda: not u.app.is_running)
            assert u.app.crashed
            assert [type(error) for error in u.services.report] == [ZeroDivisionError]

    with pytest.raises(ZeroDivisionError):
        await scene()


def test_an_action_that_is_unknown_has_a_hint() -> None:
    """The nearest that there is, when one is near."""
    assert keymap_faults({"kelur": "x"}) == ['[tombol] "kelur" tidak dikenal. Mungkin maksudnya "keluar"?']
    assert keymap_faults({"zzz": "x"}) == ['[tombol] "zzz" tidak dikenal.']


def test_only_developers_get_the_developers_app() -> None:
    """Its pictures show what others keep to themselves."""
    assert (_app_class(developer=False), _app_class(developer=True)) == (PmmApp, DeveloperApp)


def test_what_does_not_fit_is_said_with_its_version() -> None:
    """In one sentence, with what is missing; an output that is kept elsewhere stays as it is."""
    assert mismatch("x, y").sentence.endswith(" tidak cocok dengan program ini (x, y). Pasang lagi pmm-tui dari awal.")
    assert mismatch("x").sentence.startswith("Textual 8.")
    driver: Any = type("Driver", (), {})()
    wrap_output(driver, lambda _: 1)
    assert not hasattr(driver, "_file")
    driver._file = 0
    wrap_output(driver, lambda stream: stream + 1)
    assert driver._file == 1


# ---- where plans open


async def opened(u: Stage, **where: str) -> tuple[str, str]:
    """Open Ani's plan there; the pane that is open, and its row under the cursor."""
    await u.app.navigation.open_plan(u.pegawai("Ani"), **where)
    await settled(u.app)
    screen = u.app.screen
    assert isinstance(screen, RencanaScreen)
    return screen._section, str(screen._panes[screen._section].cursor)


async def test_where_a_plan_opens(stage_app: Open) -> None:
    """At a pointer before a section, at a row of one, at the Rangkuman for a pointer to nowhere, else where there is work."""
    rencana = full_plan().with_section(PraktikPembelajaran())
    async with stage_app(draft={ANI.nama: rencana}) as u:
        for where, section, row in (
            ({}, "praktik_pembelajaran", None),
            ({"section": "tugas_tambahan", "row": "lanjut"}, "tugas_tambahan", "lanjut"),
            ({"section": "lain"}, "praktik_pembelajaran", None),
            (
                {"section": "tugas_tambahan", "pointer": "/pengembangan_kompetensi/rhk/0/target"},
                "pengembangan_kompetensi",
                "rhk/0/target",
            ),
            ({"pointer": "/lain/0"}, "rangkuman", None),
        ):
            found = await opened(u, **where)
            assert found[0] == section, where
            assert row is None or found[1] == row
            assert [type(screen) for screen in u.app.screen_stack[1:]] == [RosterScreen, RencanaScreen]
        assert u.app.last_opened == u.pegawai("Ani").id


async def test_the_last_place_is_gone_back_to(stage_app: Open) -> None:
    """One of another period, or of somebody who is not there any more, is not."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        place = Place(pegawai=u.pegawai("Ani").id, periode="2026", section="tugas_tambahan", row="lanjut")
        for found, opens in (
            (None, False),
            (structs.replace(place, periode="2025"), False),
            (structs.replace(place, pegawai=999), False),
            (place, True),
        ):
            u.app.last_place.read = lambda found=found: found  # type: ignore[method-assign]
            await u.app.navigation._open_last_place()
            await settled(u.app)
            assert isinstance(u.app.screen, RencanaScreen) == opens
        assert u.tab == "3 Tugas"
        assert u.cursor == "Lanjut ke 4 Perilaku Kerja"


@pytest.mark.usefixtures("no_autosave")
async def test_going_to_another_plan_saves_the_one_that_is_open(stage_app: Open) -> None:
    """What lies over the list is closed, each plan saved first."""
    async with stage_app(draft={ANI.nama: started_plan(), BUDI.nama: started_plan()}) as u:
        await u.press("enter space")
        await u.app.navigation.open_plan(u.pegawai("Budi"), section="rangkuman")
        await settled(u.app)
        assert u.title.startswith(" ‹ Budi")
        assert [type(screen) for screen in u.app.screen_stack[1:]] == [RosterScreen, RencanaScreen]
        draft = u.draft("Ani")
        assert draft is not None
        assert len(draft.praktik_pembelajaran.indikator) == 1
