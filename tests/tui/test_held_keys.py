"""Keys that are held, come in a burst or are pasted: they submit nothing and confirm nothing, and the program says so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.app import App
from textual.events import Key

from pmm_tui.skp.model import Rangkuman, RencanaKinerja
from pmm_tui.tui.key_queue import KeyQueue
from pmm_tui.tui.key_runs import PAUSE, SILENCE, KeyRuns
from pmm_tui.tui.panes.registry import ORDER
from pmm_tui.tui.screens.dialog import HELD, LETTERS, Dialog
from pmm_tui.tui.widgets.look import choose_look
from tests.tui.conftest import Open
from tests.tui.keyboard import key_of, press_at, settled
from tests.tui.samples import ANI, BUDI, full_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
THIRTY_A_SECOND = 1 / 30
TEN_SECONDS = 300
"""Keys."""
UNCONFIRMED = full_plan(confirmation=False)
PLAN = {
    "data diri": "enter down enter",
    "rapor": "enter",
    "praktik": "enter",
    "kompetensi": "enter*3 f6",
    "tugas": "enter",
    "perilaku": "enter*7",
    "rangkuman": "space f9 down enter",
}
"""The keys of a whole plan, pane by pane."""
SEED = (UNCONFIRMED, full_plan())


# ---- what a run of keys is


def test_what_a_person_has_pressed() -> None:
    """A key by itself counts; one that is held, or came together with another, does not."""
    runs = KeyRuns()
    script: Sequence[tuple[str, float, bool]] = (
        ("enter", 10.0, True),  # the first of all
        ("enter", 10.0 + SILENCE / 2, False),  # held
        ("enter", 10.0 + SILENCE, False),
        ("down", 10.0 + SILENCE + PAUSE / 2, False),  # in one burst with the one before
        ("enter", 12.0, True),  # another key came between
        ("enter", 12.0 + SILENCE, True),  # silent for long enough
        ("", 20.0, True),  # a paste
        ("enter", 20.0, False),  # right behind it
        ("down", 20.0 + PAUSE, False),  # and the next read of it
        ("enter", 19.0, False),  # a clock that goes back
    )
    assert [runs.arrived(key, at).deliberate for key, at, _ in script] == [wanted for _, _, wanted in script]


class Asking(KeyQueue, App[None]):
    """Asks one question."""

    def __init__(self) -> None:
        super().__init__()
        self.look = choose_look("gelap", plain_signs=False, colour=True)
        self.keymap: dict[str, str] = {}
        self.answers: list[str | None] = []
        self.dialog = Dialog("Hapus?", [("Semua hilang.", "")], [("tidak", "Batal"), ("ya", "Ya, hapus")])

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.answers.append)

    @property
    def shown(self) -> str:
        rows = self.dialog._sheet.rows
        return " ".join(getattr(row, "text", "") or getattr(row, "label", "") for row in rows)


async def ask(*keys: tuple[str, float]) -> tuple[list[str | None], str, str]:
    """What keys answer that come so many seconds after the question stood there; where the cursor is, and what is shown."""
    app = Asking()
    async with app.run_test():
        await settled(app)
        start = app.dialog._sheet._drawn_at
        for key, after in keys:
            event = Key(key, key if len(key) == 1 else " " if key == "space" else None)
            event.time = start + after
            app.post_message(event)
            await settled(app)
        return app.answers, str(app.dialog._sheet.cursor), app.shown


async def test_a_question_opens_on_the_safe_answer() -> None:
    """Enter alone changes nothing; the other answer takes a step, and then Enter."""
    assert (await ask(("enter", 1.0)))[0] == ["tidak"]
    assert (await ask(("down", 1.0), ("enter", 2.0)))[0] == ["ya"]
    assert (await ask(("down", 1.0), ("space", 2.0)))[0] == ["ya"]


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_no_key_from_before_answers(key: str) -> None:
    """What was pressed before the question stood on the screen answers nothing."""
    answers, cursor, shown = await ask((key, -0.001))
    assert (answers, cursor) == ([], "tidak")
    assert HELD in shown


@pytest.mark.parametrize("gap", [0.0, PAUSE / 2])
async def test_no_burst_answers(gap: float) -> None:
    """A step and an Enter that come together answer nothing; the same Enter by itself does."""
    burst = (("down", 1.0), ("enter", 1.0 + gap))
    assert (await ask(*burst))[:2] == ([], "ya")
    assert (await ask(*burst, ("enter", 2.0 + SILENCE)))[0] == ["ya"]


@pytest.mark.parametrize("text", ["y", "Budi"])
async def test_letters_lead_back_to_the_safe_answer(text: str) -> None:
    """Letters are no answer, whatever the cursor was on: an Enter behind them, as in pasted lines, changes nothing."""
    letters = tuple((letter, 2.0 + number) for number, letter in enumerate(text))
    answers, cursor, shown = await ask(("down", 1.0), *letters)
    assert (answers, cursor) == ([], "tidak")
    assert LETTERS in shown
    assert (await ask(("down", 1.0), *letters, ("enter", 9.0)))[0] == ["tidak"]


# ---- on the screen


def untouched(u: Stage, before: dict[str, RencanaKinerja | None]) -> None:
    """Nothing was submitted, and no plan was confirmed that was not."""
    assert u.store.outbox.all() == ()
    for name, plan in before.items():
        now = u.draft(name)
        confirmed = plan.rangkuman if plan else Rangkuman()
        assert now is None or now.rangkuman in (Rangkuman(), confirmed), name


@pytest.mark.parametrize("gap", [THIRTY_A_SECOND, 0.0], ids=["held", "burst"])
@pytest.mark.parametrize("plan", SEED, ids=["unconfirmed", "confirmed"])
@pytest.mark.parametrize("section", ["", *ORDER])
async def test_holding_enter_submits_and_confirms_nothing(stage_app: Open, section: str, plan: RencanaKinerja, gap: float) -> None:
    """From the list and from every pane, for ten seconds at thirty a second, and as one burst of as many."""
    async with stage_app(teachers=(ANI, BUDI), draft={ANI.nama: plan}, place=(ANI.nama, section, "") if section else None) as u:
        await press_at(u.pilot, "enter", TEN_SECONDS, gap)
        untouched(u, {"Ani": plan, "Budi": None})
        assert not u.app.crashed


@pytest.mark.parametrize("row", ["", "dikonfirmasi_guru", "lanjut"])
async def test_holding_space_confirms_nothing(stage_app: Open, row: str) -> None:
    """Wherever the cursor of the Rangkuman stands, a held Space marks at most once, and says that it marks no more."""
    async with stage_app(draft={ANI.nama: UNCONFIRMED}, place=(ANI.nama, "rangkuman", row)) as u:
        await u.press("down")
        await press_at(u.pilot, "space", 30, 0.0)
        untouched(u, {"Ani": UNCONFIRMED})


@pytest.mark.parametrize("text", ["Budi Santoso\r19900303 2015\t2\r" * 20, "a b c\r \r" * 40, " \r\t\r" * 60])
@pytest.mark.parametrize("section", ["", "data_diri", "rangkuman"])
@pytest.mark.parametrize("plan", SEED, ids=["unconfirmed", "confirmed"])
async def test_lines_pasted_as_plain_keys(stage_app: Open, section: str, plan: RencanaKinerja, text: str) -> None:
    """A console without bracketed paste sends lines as keys: they neither confirm nor submit."""
    names = {"\r": "enter", "\t": "tab", " ": "space"}
    async with stage_app(teachers=(ANI, BUDI), draft={ANI.nama: plan}, place=(ANI.nama, section, "") if section else None) as u:
        for part in (text[at : at + 40] for at in range(0, len(text), 40)):  # read by read
            await press_at(u.pilot, [names.get(letter, letter) for letter in part], 1, 0.0)
        untouched(u, {"Ani": plan, "Budi": None})


async def test_a_bracketed_paste_answers_nothing(stage_app: Open) -> None:
    """Nor does what is pasted over a question, which goes back to its safe answer."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("enter f9 down")
        assert u.cursor == "Ajukan"
        await u.paste("ya\rya\r")
        assert u.cursor == "Batal"
        assert LETTERS in u.dialog
        assert u.store.outbox.all() == ()


async def test_a_held_enter_is_told_why_it_does_not_answer(stage_app: Open) -> None:
    """The question stays, says what to do, and then takes a deliberate answer."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("enter enter")  # Lanjut, now Ajukan
        await press_at(u.pilot, "enter", 30, THIRTY_A_SECOND)
        assert "Ajukan Perencanaan Kinerja" in u.dialog
        assert HELD in u.dialog
        await u.press("down enter")
        await u.until(lambda: len(u.store.outbox.all()) == 1)


async def test_the_keys_of_a_whole_plan(stage_app: Open) -> None:
    """From the list to the sealed envelope, where what is proposed is right: two more than before, one for each question."""
    keys = " ".join(("enter", *PLAN.values()))
    async with stage_app(teachers=(ANI,)) as u:
        await u.press(keys)
        await u.until(lambda: len(u.store.outbox.all()) == 1)
    assert len(key_of(keys)) == 22
