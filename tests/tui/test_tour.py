"""The tour in practice: offered once, followed by doing, left at any key; it takes no key that does something already."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs
from textual.screen import ModalScreen

from pmm_tui.errors import StorageError
from pmm_tui.practice.school import school_teachers
from pmm_tui.services.printed import has_printed
from pmm_tui.services.tour import TITLES, read_memo
from pmm_tui.services.tour_words import ENDED, HINTS
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store
from pmm_tui.tui import tour_guide
from pmm_tui.tui.actions import ACTIONS, GUIDED
from pmm_tui.tui.keys import keys_in_force, keys_of, make_room
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.widgets import tour_line
from pmm_tui.tui.widgets.line_text import wrap
from pmm_tui.tui.widgets.tour_line import TourLine
from tests.tour_school import RETURNED, copy, fill, mended, submit, teacher, tour_school
from tests.tui.fake_services import MOMENT, FakeServices, accepted
from tests.tui.keyboard import screen_strips
from tests.tui.stage import Stage, stage_app
from tests.tui.test_random_keys import KEY

pytestmark = pytest.mark.anyio
OFFER = "10 menit untuk yang baru"
CLOSE = "Alt+Q tutup"


@pytest.fixture(autouse=True)
def downloads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is printed goes into a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))


@asynccontextmanager
async def practice(store: Store, *, tour: bool = True, **other: Any) -> AsyncIterator[Stage]:
    """The practice school on the screen; `tour` begins at once."""
    if not store.roster.names():
        tour_school(store, MOMENT)
    services = FakeServices(store)
    services.practice, services.tour, services.respond = True, tour, accepted
    async with stage_app(store, services=services, **other) as u:
        yield u


def told(u: Stage) -> str:
    """What the tour says, as one line; empty where it says nothing."""
    line = next(iter(next(s for s in reversed(u.app.screen_stack) if not isinstance(s, ModalScreen)).query(TourLine)), None)
    if line is None or not line.display:
        return ""
    return " ".join(" ".join(u.screen_text()[line.region.y : line.region.bottom]).split())


# ---- offered


async def test_it_is_offered_at_the_first_start_alone(store: Store) -> None:
    """A line above the status line, which holds nothing up; at the second start it is in the palette only."""
    async with practice(store, tour=False) as u:
        assert OFFER in told(u)
        assert u.cursor.startswith("Agus Salim")
        await u.press("down enter")
        assert "Ahmad Dhani" in u.title
        assert told(u) == ""
        await u.press("escape")
        assert OFFER in told(u)
        await u.press("alt+m")
        assert told(u) == ""
    async with practice(store, tour=False) as u:
        assert told(u) == ""
        await u.press("ctrl+a 'mulai tur' enter")
        assert told(u).startswith("Tur 1/")


@pytest.mark.parametrize("key", ["alt+q", "ctrl+f1"])
async def test_it_begins_and_is_closed_with_one_key(store: Store, key: str) -> None:
    """And goes on with it, also at the next start; closed, it stays closed then."""
    async with practice(store, tour=False) as u:
        await u.press(key)
        assert told(u).startswith("Tur 1/")
        assert CLOSE in told(u)
        await u.press("down enter")
        assert "Isi satu rencana" in told(u)
        await u.press(key)
        assert told(u) == ""
        assert "Tur ditutup; Alt+Q melanjutkannya." in u.status
        await u.press(f"{key} escape")
        assert "Isi satu rencana" in told(u)
    async with practice(store, tour=False) as u:
        assert "Isi satu rencana" in told(u)
        await u.press(key)
    async with practice(store, tour=False) as u:
        assert told(u) == ""


async def test_there_is_none_at_work(store: Store) -> None:
    """No line, no key, nothing in the palette, nothing remembered."""
    async with stage_app(store, teachers=school_teachers()) as u:
        assert not u.app.screen.query(TourLine)
        await u.press("alt+q alt+m")
        assert "Tur" not in u.text
        assert not set(u.app.screen.active_bindings) & {"alt+q", "alt+m", "ctrl+f1", "ctrl+f2"}
        await u.press("ctrl+a 'tur'")
        assert "Mulai tur" not in u.text
    assert read_memo(store).state == ""


# ---- followed


async def test_the_whole_tour_by_keys(store: Store) -> None:
    """Each step is followed by the next one as soon as it is done; the questions on the way are those of the program."""
    async with practice(store) as u:
        steps = [told(u)[4:].partition(".")[0]]

        async def do(script: str, until: str) -> None:
            await u.press(script)
            u.advance(0.5)
            await u.until(lambda: until in told(u))
            steps.append(told(u)[4:].partition(".")[0])

        await do("'wayan' enter", "Data sudah sesuai")
        await do("enter right enter", "Saya mengerti")
        await do("enter", "satu indikator")
        await do("enter", "satu RHK")
        await do("f4 enter '2' enter f6", "Tidak ada tugas tambahan")
        await do("enter", "Tujuh nilai")
        await u.press("enter*7")
        u.advance(0.5)
        if "salin" in {action.id for action in ACTIONS}:
            await do("escape escape", "lima guru")
            copy(store, 5, MOMENT)
            await u.app.refresh_all()
            await do("'wayan' enter", "Cetak")
        await do("alt+c down enter", "Lembar baca dan paraf")
        await do("f9", "lalu ajukan rencana Wayan Sudiarta")
        await do("escape", "Sudah dikonfirmasi guru")
        await do("space", "Lengkap.")
        await do("f9 right enter", "Yohanes Ndalu")
        await do("escape 'yohanes' enter", "Catatan kepala sekolah")
        await do("f7*3", "Target kuantitas")
        await do("up '8' enter", "Sudah diubah")
        await do("f6*3", "Guru setuju lagi")
        await do("f9 space f9 right enter", "Selesai")
        states = {line.pegawai.nama: line.state for line in u.app.screen_stack[1]._lines}  # type: ignore[attr-defined]
        assert states["Wayan Sudiarta, S.Pd., M.Pd."] is states[teacher(store, RETURNED).nama] is State.SENT
        assert "ketik pmm-tui" in told(u)
        await u.press("alt+q")
        assert told(u) == ""
    numbers = [step.split()[0] for step in steps[:-1]]
    assert numbers == sorted(numbers)
    assert {" ".join(step.split()[1:]) for step in steps[:-1]} == {TITLES[step] for step in read_memo(store).done}
    assert read_memo(store).state == "selesai"
    assert has_printed(store)


async def test_what_was_done_in_another_order_is_passed_over(store: Store) -> None:
    """Somebody who knows the program begins at the end: the tour asks only for what is left, and ends with it."""
    tour_school(store, MOMENT)
    submit(store, "Wayan", MOMENT)
    fill(store, "Rina", MOMENT)
    async with practice(store) as u:
        await u.press("alt+c down*4 enter f9")
        await u.until(lambda: "Cetak" not in told(u))
        await u.press("escape")
        copy(store, 5, MOMENT)
        await u.app.refresh_all()
        await u.until(lambda: "Perbaiki" in told(u))
        fill(store, RETURNED, MOMENT, mended())
        submit(store, RETURNED, MOMENT)
        await u.app.refresh_all()
        await u.until(lambda: "Selesai" in told(u))


async def test_a_step_is_skipped_and_the_last_words_claim_nothing(store: Store) -> None:
    """With a key or in the palette, to the end; when all was done already, that is said at once."""
    async with practice(store) as u:
        many = int(told(u)[6])
        await u.press("ctrl+a 'lewati' enter")
        assert told(u).startswith(f"Tur 2/{many} ")
        await u.press(f"alt+m*{many - 1}")
        assert "Sudah dicoba: belum ada." in told(u)
        await u.press("alt+q")
        submit(store, "Wayan", MOMENT)
        submit(store, RETURNED, MOMENT)
        copy(store, 5, MOMENT)
        await u.press("alt+c f9")
        await u.until(lambda: has_printed(store))
        await u.press("escape alt+q")
        assert "Selesai. Semua langkahnya sudah pernah dikerjakan di sini." in told(u)
        assert "Ctrl+Q, lalu pmm-tui latihan --ulang --tur." in told(u)
        await u.press("alt+q")
        assert told(u) == ""
    async with practice(store) as u:  # asked for at the start
        assert "Semua langkahnya sudah pernah dikerjakan" in told(u)


# ---- in nobody's way

_PLACES = {
    "list": "",
    "plan": "'wayan' enter",
    "rangkuman": "'yohanes' enter",
    "outbox": "f8",
    "printing": "alt+c",
    "settings": "f7",
    "import": "f4",
    "teacher": "alt+g",
}


@pytest.mark.parametrize("keys", _PLACES.values(), ids=_PLACES)
async def test_no_key_is_taken(tmp_path: Path, keys: str) -> None:
    """At every place the keys are those without the tour, besides its own four, and the same widget has them."""
    found = []
    for tour in (True, False):
        with Store.open(tmp_path / f"{tour}.db") as store:
            async with practice(store, tour=tour) as u:
                await u.press(keys if tour else f"alt+m {keys}")
                assert bool(told(u)) == tour
                bindings = {key: bound.binding.action for key, bound in u.app.screen.active_bindings.items()}
                focused = u.app.screen.focused
                found.append((bindings, type(focused), u.title, u.footer))
                await u.press("f1 escape ctrl+q")
    assert found[0] == found[1]
    own = {key for key, action in found[0][0].items() if action.endswith("_tur")}
    assert own == {"alt+q", "ctrl+f1", "alt+m", "ctrl+f2"}


async def test_its_keys_are_no_other_action_s(store: Store) -> None:
    """Neither of this program's as it comes nor under a keymap of one's own, to which they give way."""
    own = {key for action in ACTIONS if GUIDED in action.places for key in keys_in_force(action.id, {})}
    others = {key for action in ACTIONS if GUIDED not in action.places for key in keys_in_force(action.id, {})}
    assert len(own) == 4
    assert not own & others
    keymap = make_room({"saring": "alt+q", "ajukan": "alt+m"})
    async with practice(store, keymap=keymap) as u:
        assert "Ctrl+F2 lewati · Ctrl+F1 tutup" in told(u)
        await u.press("alt+q")
        assert told(u)
        await u.press("ctrl+f1")
        assert told(u) == ""


async def test_the_same_keys_fill_the_same_plan(tmp_path: Path) -> None:
    """Somebody who does not look at the tour gets what they would get without it."""
    plans = []
    for tour in (True, False):
        with Store.open(tmp_path / f"{tour}.db") as store:
            async with practice(store, tour=tour) as u:
                await u.press("'dhani' enter enter right enter enter enter f4 enter '3' enter f4 'coaching' enter enter")
                await u.press("f6 enter enter*3 f7 f6 ctrl+z ctrl+y")
                plans.append(await u.saved("Ahmad Dhani", lambda plan: len(plan.perilaku_kerja.indikator) == 3))
    assert plans[0] == plans[1]


async def test_the_help_tells_its_keys(store: Store) -> None:
    """In practice, of every place; the window of the thrifty look has no room for more."""
    async with practice(store) as u:
        for keys in ("", "'wayan' enter", "f8"):
            await u.press(f"{keys} f1")
            assert "Alt+Q" in u.dialog
            assert "Alt+M" in u.dialog
            await u.press("escape*2")


async def test_a_question_stays_a_question(store: Store) -> None:
    """While one is open the tour's keys do nothing, its line stays below, and the safe answer is under the cursor."""
    async with practice(store) as u:
        await u.press("'wayan' enter enter")
        before = told(u)
        assert 'panah ke "Ya, lanjut"' in before
        await u.press("alt+q alt+m")
        assert told(u) == before
        assert u.cursor == "Periksa lagi"
        await u.press("escape")
        assert told(u) == before


# ---- on the screen


@pytest.mark.parametrize("look", [LookOptions(), LookOptions(thrifty=True), LookOptions(ascii=True), LookOptions(colour=False)])
@pytest.mark.parametrize(("size", "lines"), [((80, 24), 2), ((60, 18), 1), ((60, 24), 3), ((120, 40), 2)])
async def test_it_covers_nothing(store: Store, look: LookOptions, size: tuple[int, int], lines: int) -> None:
    """It stands between the page and the status line in so many lines, at every size and in every look."""
    async with practice(store, look=look, size=size) as u:
        for keys in ("", "'yohanes' enter", "f7*3"):
            await u.press(keys)
            line = u.app.screen.query_one(TourLine)
            assert line.region.height == lines
            assert line.region.bottom == u.app.screen.query_one("#status").region.y
            page = u.app.screen.focused
            assert page is not None
            assert page.region.bottom <= line.region.y
            assert page.region.height >= 8
            assert "tutup" in told(u)
            assert "…" not in told(u) or lines == 1
            if look.thrifty or look.ascii:
                assert told(u).isascii() or not look.ascii


async def test_it_follows_the_size_and_the_look(store: Store) -> None:
    """A smaller window has a shorter line at once, a larger one the sentence again; another look keeps it."""
    async with practice(store) as u:
        whole = told(u)
        await u.size(60, 18)
        assert told(u) == "Tur 1/5 Cari guru Alt+M lewati · Alt+Q tutup".replace("1/5", whole.split()[1])
        await u.size(80, 24)
        assert told(u) == whole
        await u.press("ctrl+p")
        assert told(u).replace(" - ", " · ") == whole
        await u.press("ctrl+p")
        assert told(u) == whole


async def test_nothing_is_painted_while_nothing_changes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said again is not sent again: a look that finds the same leaves the line as it is."""
    async with practice(store) as u:
        line = u.app.screen.query_one(TourLine)
        painted: list[Any] = []
        monkeypatch.setattr(line, "refresh", lambda *regions, **_: painted.append(regions))
        await u.press("down*3 up")
        assert u.app.tour is not None
        u.app.tour.follow()
        await u.press("down")
        assert painted == []


_NAMED = {"contoh", "cari_contoh", "terisi", "kembali_milik", "cari_kembali_milik"}
_COMING = {"salin": "Alt+S", "tinjau": "Alt+D", "jalankan_salin": "F9", "sudah_konfirmasi": "Spasi"}
"""Keys of actions that may not be there yet."""


def _with_keys(sentence: str) -> str:
    longest = max((p.nama.partition(",")[0] for p in school_teachers()), key=len)[:26]

    def put(hole: re.Match[str]) -> str:
        if hole[1] in _NAMED:
            return '"fransiska"' if hole[1].startswith("cari") else longest
        return _COMING.get(hole[1]) or keys_of(hole[1], {})[0]

    return re.sub(r"\{(\w+)\}", put, sentence)


@pytest.mark.parametrize(("width", "lines"), [(80, 2), (60, 3)])
async def test_every_sentence_has_room(width: int, lines: int) -> None:
    """Each in its lines beside the keys, with the longest names of the school; each hole is an action or a name."""
    for step, hints in HINTS.items():
        lead, tail = len(" Tur 6/6 "), "Alt+M lewati · Alt+Q tutup"
        for place, sentence in hints.items():
            title = TITLES[step] + (" (4 dari 5)" if step == "salin" else "")
            wrapped = wrap(f"{title}. {_with_keys(sentence)}", width - lead - 1)
            if len(wrapped[-1]) + 2 + len(tail) > width - lead - 1:
                wrapped = (*wrapped, "")
            assert len(wrapped) <= lines, (step, place, wrapped)
    tail = "Alt+Q tutup"
    ended = ENDED.replace("{dicoba}", "mencari, mengisi, menyalin, mencetak, mengajukan, memperbaiki")
    ended = ended.replace("{program}", ".venv\\Scripts\\pmm-tui")
    wrapped = wrap(f"Selesai. {_with_keys(ended)}", 80 - 6)
    assert len(wrapped) <= tour_line._MOST
    assert len(wrapped[-1]) + 2 + len(tail) <= 80 - 6


async def test_storage_that_cannot_be_read_is_no_matter_of_the_tour(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says nothing then, and nothing breaks; the program tells the trouble itself."""

    def broken(*_: object) -> None:
        raise StorageError("Disk rusak.")

    async with practice(store) as u:
        monkeypatch.setattr(tour_guide, "facts_of", broken)
        await u.press("down f8 escape alt+m alt+q")
        assert told(u) == ""


async def test_a_name_is_a_name(store: Store) -> None:
    """Neither braces nor brackets nor nothing at all in a name is anything else to the tour."""
    tour_school(store, MOMENT)
    names = ("{terbang} [b]Wayan[/b] {x}", "{cari_contoh}", "")
    store.roster.write([structs.replace(p, nama=name) for p, name in zip(store.roster.all()[-2:], names, strict=False)])
    fill(store, "{terbang}", MOMENT)
    async with practice(store) as u:
        while "Ajukan." not in told(u):
            await u.press("alt+m")
        assert "{terbang} [b]Wayan" in told(u)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(st.lists(st.one_of(KEY, st.sampled_from(("alt+q", "alt+m", "alt+c", "'wayan'", "'yohanes'"))), min_size=10, max_size=30))
async def test_whatever_is_pressed_nothing_breaks(script: list[str]) -> None:
    """With the tour opened and closed among any other keys, nothing fails and every line has its width."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "uji.db") as store:
        async with practice(store) as u:
            for keys in script:
                await u.press(keys)
                assert not u.app.crashed
            assert [strip.cell_length for strip in screen_strips(u.app)] == [80] * 24
