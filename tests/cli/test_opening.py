"""Opening the screen and the practice mode: what the screen is given, with neither a terminal nor another process."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import pmm_tui.cli.open_screen as open_screen
import pmm_tui.tui as tui
from pmm_tui.cli.main import main
from pmm_tui.config import Config, LookConfig, ServerConfig, write_config
from pmm_tui.extras import install_command
from pmm_tui.locations import Locations
from pmm_tui.practice.loopback import MISSING
from pmm_tui.store import Store
from tests.cli.conftest import Run
from tests.cli.fake_child import ServerChild

URL = "http://127.0.0.1:4321"


class Screen:
    """Stands for the screen: notes what it is given, and answers with `chosen`, one after another."""

    def __init__(self) -> None:
        self.chosen: list[str] = []
        self.given: list[dict[str, Any]] = []

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
        }
        self.given.append(seen | {"practice": services.practice, "collecting": gc.isenabled(), "env": dict(os.environ)})
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
    assert (given["server"], given["practice"], given["first_run"]) == ("127.0.0.1:4321", True, False)
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
    """Why is one sentence, no screen opens, and no child stays."""
    child = ServerChild("", trouble)
    practice(monkeypatch, places, child)
    told = run("latihan")
    assert (told.code, told.err.splitlines()[-1]) == (code, sentence)
    assert screen.given == []
    assert child.stdin.closed


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
