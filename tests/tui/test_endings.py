"""However the screens end: what `run` says afterwards, and what a bug leaves behind."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

import pmm_tui.tui as tui
from pmm_tui.errors import ConfigError, PmmError
from pmm_tui.services.autosave import DRAFT_NOT_SAVED
from pmm_tui.skp.model import RHK, PengembanganKompetensi
from pmm_tui.tui.look_values import LookOptions
from tests.tui.conftest import Open
from tests.tui.samples import ANI, started_plan

ALONE = {ANI.nama: started_plan().with_section(PengembanganKompetensi(rhk=(RHK(uraian="", target=1),)))}
DESCRIPTION = (ANI.nama, "pengembangan_kompetensi", "rhk/0/uraian")


class Ended:
    """An app that has been left, or was ended by a bug."""

    def __init__(self, **how: Any) -> None:
        self.crashed, self.lost = how.get("crashed", False), how.get("lost", False)
        self.emergency_file, self.report_path = how.get("emergency_file"), how.get("report_path")
        self.chosen, self.fault = how.get("chosen"), how.get("fault")
        self.asked: dict[str, Any] = {}

    def __call__(self, _services: Any, look: LookOptions, keymap: Any, *, first_run: bool) -> Ended:
        """Be made."""
        self.asked = {"look": look, "keymap": keymap, "first_run": first_run}
        return self

    def run(self, *, mouse: bool) -> str | None:
        """Be drawn and left."""
        self.asked["mouse"] = mouse
        if self.fault:
            raise self.fault
        return self.chosen


def start(monkeypatch: pytest.MonkeyPatch, app: Ended, keymap: dict[str, str] | None = None, **more: Any) -> str:
    monkeypatch.setattr(tui, "PmmApp", app)
    monkeypatch.setattr(tui, "demand", lambda _: None)
    return tui.run(None, LookOptions(mouse=True), keymap or {}, **more)  # type: ignore[arg-type]


def test_what_was_chosen_is_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Practice when it was chosen, nothing otherwise; the mouse is that of the look."""
    assert start(monkeypatch, Ended(chosen=tui.PRACTISE)) == tui.PRACTISE
    app = Ended()
    assert start(monkeypatch, app, {"saring": "alt+w"}, first_run=True) == ""
    assert app.asked == {"look": LookOptions(mouse=True), "keymap": {"saring": "alt+w"}, "first_run": True, "mouse": True}


def test_a_keymap_that_clashes_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clash is a fault of the configuration, told before anything is drawn."""
    app = Ended()
    with pytest.raises(ConfigError, match=r"Perbaiki konfigurasi; daftar id ada di layar Bantuan \(F1\) dan README\."):
        start(monkeypatch, app, {"saring": "f3"})
    assert app.asked == {}


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"report_path": Path("lap.txt")}, "isian terakhir sudah disimpan. Kirim laporan ini kepada pembuat program: lap.txt."),
        ({}, "isian terakhir sudah disimpan. Buka lagi, dan coba sekali lagi."),
        ({"emergency_file": Path("d.toml")}, "isian terakhir ada di d.toml. Buka lagi, dan coba sekali lagi."),
        ({"emergency_file": Path("d.toml"), "lost": True}, "isian terakhir tidak dapat disimpan. Buka lagi, dan coba sekali lagi."),
    ],
)
def test_after_a_bug_the_sentence_says_where_the_work_is(
    monkeypatch: pytest.MonkeyPatch, how: dict[str, Any], sentence: str
) -> None:
    """Saved, in a file, or lost; with the report where there is one."""
    with pytest.raises(PmmError) as error:
        start(monkeypatch, Ended(crashed=True, **how))
    assert error.value.sentence == f"Program keliru dan ditutup; {sentence}"


def boom() -> None:
    raise ZeroDivisionError


@pytest.mark.anyio
@pytest.mark.usefixtures("no_autosave")
async def test_a_bug_saves_reports_and_ends(stage_app: Open) -> None:
    """The last letters are in the records, the report is written, and nothing of the screen is printed."""

    async def scene() -> None:
        async with stage_app(draft=ALONE, place=DESCRIPTION) as u:
            await u.press("'Menulis'")
            u.app.call_later(boom)
            await u.until(lambda: not u.app.is_running)
            draft = u.draft("Ani")
            assert draft is not None
            assert draft.pengembangan_kompetensi.rhk[0].uraian == "Menulis"
            assert u.app.crashed
            assert [type(error) for error in u.services.report] == [ZeroDivisionError]
            assert (u.app.emergency_file, u.app.lost) == (None, False)

    with pytest.raises(ZeroDivisionError):
        await scene()


@pytest.mark.anyio
async def test_a_bug_of_the_loop_is_reported_once(stage_app: Open) -> None:
    """What nobody awaited is reported the first time and ends nothing; no error is no bug."""
    async with stage_app() as u:
        u.app.report_path = None
        loop = asyncio.get_running_loop()
        loop.call_exception_handler({"message": "hanya kata"})
        assert u.services.report == []
        first = ValueError("x")
        loop.call_exception_handler({"message": "tugas", "exception": first})
        assert u.services.report == [first]
        assert u.app.is_running
        assert not u.app.crashed
        u.app.report_path = Path("lap.txt")
        loop.call_exception_handler({"message": "tugas", "exception": ValueError("y")})
        assert u.services.report == [first]


@pytest.mark.anyio
async def test_a_draft_that_a_bug_kept_from_being_saved_ends_the_program(stage_app: Open) -> None:
    """A bug in saving is not worked on with: the program ends with a report."""
    fault = ValueError("x")

    async def scene() -> None:
        async with stage_app() as u:
            asyncio.get_running_loop().call_exception_handler({"message": DRAFT_NOT_SAVED, "exception": fault})
            await u.until(lambda: not u.app.is_running)
            assert u.app.crashed
            assert u.services.report == [fault]

    with pytest.raises(ValueError, match="x"):
        await scene()


@pytest.mark.anyio
async def test_no_picture_of_the_screen_leaves_the_program(stage_app: Open, tmp_path: Path) -> None:
    """Names and numbers stand on it: Textual's own pictures are empty and written nowhere."""
    async with stage_app() as u:
        before = sorted(tmp_path.rglob("*"))
        assert u.app.export_screenshot() == ""
        assert u.app.save_screenshot("x.svg") == ""
        assert u.app.deliver_screenshot() == ""
        assert sorted(tmp_path.rglob("*")) == before
