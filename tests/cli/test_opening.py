"""Opening the screen and the practice mode: what the screen is given, with neither a terminal nor another process."""

from __future__ import annotations

import asyncio
import gc
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import pmm_tui.cli.open_screen as open_screen
import pmm_tui.tui as tui
from pmm_tui.cli.context import RunContext
from pmm_tui.cli.main import main
from pmm_tui.cli.output import console
from pmm_tui.cli.practice_services import PracticeServices
from pmm_tui.cli.screen_services import ScreenServices
from pmm_tui.config import Config, LookConfig, ServerConfig, write_config
from pmm_tui.errors import PmmError, ServerError
from pmm_tui.extras import install_command
from pmm_tui.locations import Locations
from pmm_tui.practice import process
from pmm_tui.practice.loopback import MISSING
from pmm_tui.practice.process import PracticeServer
from pmm_tui.store import Store
from pmm_tui.tui.app import PmmApp
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.ports import FetchOutcome
from tests.cli.conftest import Run
from tests.cli.fake_child import ServerChild
from tests.tui.keyboard import press, screen_text, settled

URL = "http://127.0.0.1:4321"


class Screen:
    """Stands for the screen: notes what it is given, and answers with `chosen`, one after another.

    In practice it asks for the server once, as a first fetch does, unless it is left `at_once`; `told` is what came of that.
    """

    def __init__(self) -> None:
        self.chosen: list[str] = []
        self.given: list[dict[str, Any]] = []
        self.at_once = False
        self.told: list[str] = []

    def __call__(self, services: Any, look: Any, keymap: Any, *, first_run: bool = False, developer: bool = False) -> str:
        """Be drawn and left."""
        database = services.store.database.path
        seen = {
            "look": look,
            "keymap": dict(keymap),
            "first_run": first_run,
            "developer": developer,
            "database": database,
            "server": services.server(),
            "tour": services.tour,
        }
        self.given.append(seen | {"practice": services.practice, "collecting": gc.isenabled(), "env": dict(os.environ)})
        if isinstance(services, PracticeServices) and not self.at_once:
            try:
                asyncio.run(services.reach())
                self.told.append(services.server())
            except PmmError as error:
                self.told.append(error.sentence)
        return self.chosen.pop(0) if self.chosen else ""


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    """A screen on a terminal that takes everything."""
    made = Screen()
    monkeypatch.setattr(tui, tui.run.__name__, made)
    monkeypatch.setattr(open_screen, "is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    yield made
    gc.enable()


class Starting(ServerChild):
    """A practice server that says nothing until it is told to, or is killed."""

    def __init__(self) -> None:
        super().__init__("")
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.stdout.readline = self._said.get  # type: ignore[method-assign]

    def answer(self, url: str) -> None:
        """Say where it answers."""
        self._said.put(f"{url}\n")

    def kill(self) -> None:
        """End it."""
        super().kill()
        self._said.put("")


def practice(monkeypatch: pytest.MonkeyPatch, places: Locations, child: ServerChild) -> Path:
    """Let a child be the practice server, whose token lies where it puts it; the practice folder."""
    folder = places.for_practice().data_folder
    monkeypatch.setattr(subprocess, "Popen", child)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "token").write_text("token-latihan\n")
    return folder


def test_the_screen_is_given_what_is_configured(
    run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Look and keys of the configuration, fitted to the terminal; records of its own, which are closed afterwards."""
    write_config(
        places.config_file, Config(tampilan=LookConfig(tema="terang", hemat=True, selisih=False), tombol={"saring": "alt+s"})
    )
    monkeypatch.setenv("NO_COLOR", "1")
    assert run().code == 0
    (given,) = screen.given
    look = given["look"]
    assert (look.theme, look.ascii, look.thrifty) == ("terang", False, True)
    assert (look.lean, look.mouse, look.colour) == (False, False, False)
    assert given["keymap"] == {"saring": "alt+s"}
    assert (given["first_run"], given["practice"], given["database"]) == (False, False, places.database)
    Store.open(places.database).close()


def test_the_first_run_opens_the_wizard(run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a configuration the wizard comes first; with a server in the environment it does not."""
    run("layar")
    monkeypatch.setenv("PMM_TUI_SERVER", "https://a.sch.id")
    run("layar")
    assert [given["first_run"] for given in screen.given] == [True, False]
    assert [given["server"] for given in screen.given] == ["", "a.sch.id"]


def test_nothing_of_a_developer_writes_beside_the_screen(run: Run, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would make Textual write keys or pictures to files is taken out of the environment; nothing is collected meanwhile."""
    for name in ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT", "TEXTUAL_DEBUG"):
        monkeypatch.setenv(name, "x")
    run("layar")
    (given,) = screen.given
    assert not {name for name in given["env"] if name.startswith("TEXTUAL")}
    assert given["collecting"] is False


def test_the_plain_consoles_look(run: Run, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the Linux console the look is plain signs and its own colours."""
    monkeypatch.setenv("TERM", "linux")
    run("layar")
    look = screen.given[0]["look"]
    assert (look.theme, look.ascii, look.colour) == ("ansi", True, True)


# ---- practice


def test_practice_has_a_server_and_places_of_its_own(
    run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen talks to the child's server over records of its own, with the operator's own look; the child ends with it."""
    write_config(places.config_file, Config(server=ServerConfig(url="https://a.sch.id"), tampilan=LookConfig(ascii=True)))
    monkeypatch.setenv("PMM_TUI_TOKEN", "rahasia")
    child = ServerChild(f"{URL}\n")
    folder = practice(monkeypatch, places, child)
    told = run("latihan")
    assert told.code == 0
    assert told.err == "Menyiapkan sekolah latihan …\n"
    (given,) = screen.given
    assert (given["server"], given["practice"], given["first_run"]) == ("server latihan", True, False)
    assert screen.told == ["127.0.0.1:4321"]
    assert given["database"] == places.for_practice().database
    assert given["look"].ascii is True
    assert child.command[-2:] == ["pmm_tui.practice.loopback", str(folder)]
    assert not [name for name in child.env if name.startswith("PMM_TUI_")]
    assert all(Path(place).is_absolute() for place in child.env["PYTHONPATH"].split(os.pathsep))
    assert (child.stdin.closed, child.stdout.closed, child.stderr.closed, child.killed) == (True, True, True, False)
    assert not places.database.exists()


def test_practice_with_an_acting_head_from_the_beginning(
    run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--plt reaches the server, and --ulang throws away what was practised before."""
    child = ServerChild(f"{URL}\n")
    folder = practice(monkeypatch, places, child)
    (folder / "bekas").write_text("x")

    def started(command: list[str], **more: Any) -> ServerChild:
        assert not (folder / "bekas").exists()
        (folder / "token").write_text("token-latihan")
        return child(command, **more)

    monkeypatch.setattr(subprocess, "Popen", started)
    assert run("latihan", "--plt", "--ulang").code == 0
    assert child.command[-2:] == [str(folder), "plt"]


def test_practice_as_the_head(run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """--kepala has the head's token and records beside the operator's, and the server is told; --ulang throws both away."""
    child = ServerChild(f"{URL}\n")
    folder = practice(monkeypatch, places, child)
    (folder / "token-kepala").write_text("token-kepala-latihan\n")
    assert run("latihan", "--kepala").code == 0
    (given,) = screen.given
    assert given["database"] == places.for_practice(head=True).database
    assert given["database"].parent.parent == folder
    assert child.command[-2:] == [str(folder), "kepala"]
    with Store.open(given["database"]):
        assert run("latihan", "--ulang").code == 3


def test_the_tour_begins_where_it_is_asked_for(
    run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--tur reaches the screen, and without it, and at work, none begins; a head has none: exit code 2, and nothing is opened."""
    practice(monkeypatch, places, ServerChild(""))
    screen.at_once = True
    assert [run(*words).code for words in (("latihan", "--tur"), ("latihan",), ("layar",))] == [0, 0, 0]
    assert [given["tour"] for given in screen.given] == [True, False, False]
    told = run("latihan", "--tur", "--kepala")
    assert (told.code, told.err) == (2, "Tur ini untuk operator; pakai --tur tanpa --kepala.\n")
    assert len(screen.given) == 3


def test_practice_is_not_begun_anew_while_another_window_practises(
    run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--ulang deletes nothing that is open elsewhere: exit code 3."""
    folder = practice(monkeypatch, places, ServerChild(f"{URL}\n"))
    with Store.open(places.for_practice().database):
        assert run("latihan", "--ulang").code == 3
    assert (folder / "token").exists()
    assert screen.given == []


def test_a_broken_configuration_does_not_keep_from_practising(
    run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be read is told at work; practice has the usual look."""
    places.config_folder.mkdir(parents=True)
    places.config_file.write_text("= rusak")
    practice(monkeypatch, places, ServerChild(f"{URL}\n"))
    assert run("latihan").code == 0
    assert screen.given[0]["look"].theme == "gelap"


def test_practice_can_be_chosen_in_the_wizard(run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who chooses it on the screen gets it after the screen, over the practice records."""
    practice(monkeypatch, places, ServerChild(f"{URL}\n"))
    screen.chosen = [tui.PRACTISE]
    assert run().code == 0
    assert [given["practice"] for given in screen.given] == [False, True]


@pytest.mark.parametrize(
    ("trouble", "code", "sentence"),
    [
        (f"{MISSING} uvicorn\n", 2, f"Latihan butuh paket server; pasang dengan: {install_command('server')}"),
        ("satu\nPort dipakai.\n", 5, "Server latihan tidak dapat dijalankan: Port dipakai."),
        ("", 5, "Server latihan tidak dapat dijalankan: berhenti tanpa keterangan; coba lagi."),
    ],
)
def test_a_practice_server_that_does_not_start(
    run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch, trouble: str, code: int, sentence: str
) -> None:
    """Why is one sentence, on the screen and again when it is closed, and no child stays."""
    child = ServerChild("", trouble)
    practice(monkeypatch, places, child)
    told = run("latihan")
    assert screen.told == [sentence]
    assert (told.code, told.err.splitlines()[-1]) == (code, sentence)
    assert child.stdin.closed


def test_without_the_servers_packages_no_screen_opens(
    run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot work is told before anything else, and nothing is started."""
    monkeypatch.setattr(process, "find_spec", lambda name: None if name == "uvicorn" else name)
    monkeypatch.setattr(subprocess, "Popen", None)
    told = run("latihan")
    sentence = f"Latihan butuh paket server; pasang dengan: {install_command('server')}"
    assert (told.code, told.err.splitlines()[-1], screen.given) == (2, sentence, [])


def test_a_server_that_did_not_start_is_tried_again(places: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking again starts another one, and what was wrong with the first is forgotten."""
    children = [ServerChild("", "Port dipakai.\n"), ServerChild(f"{URL}\n")]
    folder = practice(monkeypatch, places, ServerChild(""))
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **more: children.pop(0)(*args, **more))
    with PracticeServer(folder, acting_head=False) as server:
        assert isinstance(server.reach().exception(), ServerError)
        assert server.trouble
        assert server.reach().result() == (URL, "token-latihan")
        assert server.reach() is server.reach()
        assert server.trouble is None


def test_practice_left_at_once_starts_no_server(
    run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody asked it for anything: the school is there without it."""
    practice(monkeypatch, places, ServerChild(""))
    monkeypatch.setattr(subprocess, "Popen", None)
    screen.at_once = True
    assert run("latihan").code == 0
    with Store.open(places.for_practice().database) as store:
        assert len(store.roster.names()) == 40


@pytest.mark.anyio
async def test_the_list_stands_while_the_server_starts(places: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search and a plan work meanwhile; what is fetched and sent waits; once the server is there it is fetched from."""
    child = Starting()
    folder = practice(monkeypatch, places, child)
    context = RunContext(env={}, locations=places.for_practice(), out=console())
    asked = []

    async def pull(services: Any) -> FetchOutcome:
        asked.append(services.server())
        return FetchOutcome(sentence="Sudah diambil.", ok=True)

    monkeypatch.setattr(ScreenServices, "pull", pull)
    with PracticeServer(folder, acting_head=False) as server, context.open_store(guard=False) as store:
        app = PmmApp(PracticeServices(context, store, server), LookOptions(), {})
        async with app.run_test(size=(100, 30)) as pilot:
            await settled(app)
            seen = "\n".join(screen_text(app))
            assert seen.startswith(" LATIHAN  Daftar Guru  SMP Negeri")
            assert "Agus Salim Nasution" in seen
            await press(pilot, "w o n a enter")
            assert "Fransiska Wona" in screen_text(app)[0]
            assert (asked, server.trouble) == ([], None)
            child.answer(URL)
            until = time.monotonic() + 20
            while not asked and time.monotonic() < until:
                await asyncio.sleep(0.01)
            assert asked == ["127.0.0.1:4321"]
            await app.action_quit()  # what fetching and sending tell must not come to screens that are being taken down


def test_a_server_that_is_still_starting_is_killed(places: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever leaves meanwhile waits for nothing, and neither child nor thread stays."""
    child = Starting()
    folder = practice(monkeypatch, places, child)
    with PracticeServer(folder, acting_head=False) as server:
        answer = server.reach()
    assert child.killed
    assert child.stdin.closed
    assert answer.done()
    assert not [thread for thread in threading.enumerate() if thread.name == "server-latihan"]


def test_a_practice_server_that_stays_is_killed(
    run: Run, screen: Screen, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that does not end with its input is ended."""
    child = ServerChild(f"{URL}\n", slow=True)
    practice(monkeypatch, places, child)
    assert run("latihan").code == 0
    assert child.killed


# ---- the sign of life


@pytest.mark.parametrize(
    ("arguments", "terminal", "term", "told"),
    [
        ([], True, "xterm", True),
        (["layar"], True, "xterm", True),
        (["latihan"], True, "xterm", True),
        (["layar", "--help"], True, "xterm", False),
        (["lokasi"], True, "xterm", False),
        ([], True, "dumb", False),
        ([], False, "xterm", False),
    ],
)
def test_a_sign_of_life_where_it_takes_a_moment(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    terminal: bool,
    term: str,
    told: bool,
) -> None:
    """Whoever opens the screen on a terminal is told at once; no other command and no script is."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    monkeypatch.setenv("TERM", term)
    main(arguments)
    assert capsys.readouterr().err.startswith("Membuka pmm-tui ...\n") is told
