"""A developer sees one screen alone: `python -m tests.tui.show`."""

from __future__ import annotations

import sys

import pytest

from tests.tui.show import SCREENS, main

SHOWN = {
    "roster": "►  Ani Lestari, S.Pd.",
    "choose": "Ganti periode",
    "help": "Tombol di sini",
    "import": "Unduh Daftar Guru",
    "outbox": "Kepala sekolah belum ditetapkan.",
    "rencana": "► Data sudah sesuai",
    "data-diri": "perbaikan nama, NIP dan sekolah lewat Dapodik",
    "rapor": "Rapor Pendidikan · D.1 Kualitas pembelajaran",
    "praktik": "Pilih satu indikator Praktik Kinerja",
    "kompetensi": "RHK Pengembangan Kompetensi",
    "tugas": "Tugas tambahan menurut SK",
    "perilaku": "Membangun lingkungan kerja yang kondusif",
    "rangkuman": "Perencanaan Kinerja sudah diajukan ke kepala sekolah.",
    "settings": "Alamat server",
}
"""What stands on each."""


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_by_its_name(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Each name leads to its screen, whose text is printed whole."""
    monkeypatch.setattr(sys, "argv", ["show", name, "--text"])
    main()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 24
    assert any(SHOWN[name] in line for line in lines), "\n".join(lines)
