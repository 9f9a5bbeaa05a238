"""The screens. Everything below them runs without a terminal."""

from __future__ import annotations

from pmm_tui.errors import ConfigError, PmmError
from pmm_tui.tui.app import PmmApp
from pmm_tui.tui.keys import keymap_faults, make_room
from pmm_tui.tui.last_tier import read_tier
from pmm_tui.tui.look_choice import LookWish, is_remote, look_for_terminal
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.ports import PRACTISE, Keymap, Services
from pmm_tui.tui.school_port import SCHOOL
from pmm_tui.tui.textual_private import demand

__all__ = ["PRACTISE", "SCHOOL", "LookWish", "is_remote", "look_for_terminal", "read_tier", "run"]


def run(services: Services, look: LookOptions, keymap: Keymap, *, first_run: bool = False, developer: bool = False) -> str:
    """Draw the screens until they are left; returns `PRACTISE`, `SCHOOL` with an NPSN, or an empty string.

    `first_run` opens the settings as a wizard, `developer` lets Textual's tools in. Raises ConfigError for a keymap that cannot
    be used, and PmmError after a bug of our own, whose sentence tells what became of the drafts and where the report is.
    """
    keymap = make_room(keymap)
    if faults := keymap_faults(keymap):
        raise ConfigError(f"{faults[0]} Perbaiki konfigurasi; daftar id ada di layar Bantuan (F1) dan README.", "tombol")
    app = _app_class(developer=developer)(services, look, keymap, first_run=first_run)
    demand(app)
    chosen = app.run(mouse=look.mouse)
    if app.crashed:
        raise PmmError(_crash_sentence(app))
    return chosen or ""


def _app_class(*, developer: bool) -> type[PmmApp]:
    if not developer:
        return PmmApp
    from pmm_tui.tui.developer import DeveloperApp  # lazy: only for those who work on the program

    return DeveloperApp


def _crash_sentence(app: PmmApp) -> str:
    drafts = "isian terakhir sudah disimpan"
    if app.emergency_file:
        drafts = f"isian terakhir ada di {app.emergency_file}"
    if app.lost:
        drafts = "isian terakhir tidak dapat disimpan"
    report = app.report_path
    advice = f"Kirim laporan ini kepada pembuat program: {report}." if report else "Buka lagi, dan coba sekali lagi."
    return f"Program keliru dan ditutup; {drafts}. {advice}"
