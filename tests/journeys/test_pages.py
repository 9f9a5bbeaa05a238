"""Printing in the real program: keys make files, in practice marked and apart from one's own."""

from __future__ import annotations

import os

import pytest

from tests.journeys.machine import Machine
from tests.journeys.steps import inside


@pytest.mark.parametrize("keys", [("alt+c", "f9"), ("ctrl+x", "ctrl+s")])
def test_a_page_in_three_keys(machine: Machine, keys: tuple[str, str]) -> None:
    """From the list: the teacher under the cursor, as a page of one's own alone, in the folder that the status line names."""
    with machine.open("latihan", "--ulang") as t:
        t.wait("dari 40 selesai", inside(" Agus Salim"))
        t.press(keys[0])
        t.wait("Cetak dan ekspor", "Buat 1 berkas")
        t.press(keys[1])
        t.wait("1 berkas dibuat")
        t.press("f4")
        t.wait("Berkasnya ada di")  # no desktop here
        t.press("ctrl+q")
        assert t.exit_code() == 0
    (page,) = machine.home.rglob("*.html")
    assert page.is_relative_to(machine.home / "pmm" / "latihan" / "ekspor")
    assert page.name.startswith("latihan-")
    assert "LATIHAN" in page.read_text("utf-8")
    if os.name == "posix":
        assert page.stat().st_mode & 0o777 == 0o600
        assert page.parent.stat().st_mode & 0o777 == 0o700
