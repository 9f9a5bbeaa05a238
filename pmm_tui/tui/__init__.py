"""The screens. Everything below them runs without a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from pmm_tui.errors import ConfigError, PmmError
from pmm_tui.tui.app import PmmApp
from pmm_tui.tui.keys import bentrokan
from pmm_tui.tui.ports import Layanan, PetaTombol, Tampilan

__all__ = ["LATIHAN", "mulai", "tampilan_dari"]

LATIHAN = "latihan"
"""What `mulai` returns when the operator chose to practise."""


def mulai(layanan: Layanan, tampilan: Tampilan, peta: PetaTombol, *, atur: bool = False, developer: bool = False) -> str:
    """Draw the screens until they are left; returns `LATIHAN` or an empty string.

    `atur` opens the first-run wizard, `developer` lets Textual's tools in. Raises ConfigError for a keymap that cannot be used,
    PmmError after a fault of our own: the drafts are saved, and a report lies where it says.
    """
    if faults := bentrokan(peta):
        raise ConfigError(f"{faults[0]} Perbaiki konfigurasi; daftar id ada di README.", "tombol")
    app = _app_class(developer=developer)(layanan, tampilan, peta, atur=atur)
    chosen = app.run(mouse=tampilan.mouse)
    if app.galat:
        raise PmmError(_kalimat_galat(app))
    return chosen or ""


def _app_class(*, developer: bool) -> type[PmmApp]:
    if not developer:
        return PmmApp
    from pmm_tui.tui.developer import DeveloperApp  # lazy: only for those who work on the program

    return DeveloperApp


def _kalimat_galat(app: PmmApp) -> str:
    isian = "isian terakhir sudah disimpan"
    if app.darurat:
        isian = f"isian terakhir ada di {app.darurat}"
    if app.hilang:
        isian = "isian terakhir tidak dapat disimpan"
    lanjut = f"Kirim laporan ini kepada pembuat program: {app.laporan}." if app.laporan else "Buka lagi, dan coba sekali lagi."
    return f"Program keliru dan ditutup; {isian}. {lanjut}"


def tampilan_dari(tampilan: Tampilan, env: Mapping[str, str]) -> Tampilan:
    """Fit the look to the terminal: no colour under NO_COLOR, plain signs and 16 colours on the Linux console."""
    warna = not env.get("NO_COLOR")
    if env.get("TERM", "") in ("linux", "vt100", "vt220", "ansi"):
        return structs.replace(tampilan, tema="ansi", ascii=True, warna=warna)
    return structs.replace(tampilan, warna=warna)
