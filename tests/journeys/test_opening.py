"""Before the first screen: a second copy, and terminals that cannot show the program."""

from __future__ import annotations

import pytest

from tests.journeys.machine import Machine
from tests.journeys.steps import AHMAD, downloads, inside, open_plan, start

OPEN = "Program sudah terbuka di jendela lain"


def test_second_copy_is_refused(machine: Machine) -> None:
    """A second copy says in one sentence that the program is open, with exit code 3; the first one goes on."""
    machine.skip_wizard()
    with machine.open() as first:
        first.wait("Belum ada guru")
        with machine.open() as second:
            assert second.exit_code() == 3
            assert second.screen().strip().splitlines()[-1].startswith(OPEN)
        told = machine.run("ajukan", "--semua-lengkap", "--json")
        assert told.code == told.json["kode"] == 3
        assert told.json["galat"].startswith(OPEN)
        first.press("f1")
        first.wait("Bantuan", "Tombol di sini")
        first.press("f1")
        first.wait("Belum ada guru")
        first.press("ctrl+q")
        assert first.exit_code() == 0
    assert machine.run("daftar").code == 0


def test_reading_commands_work_while_the_screen_is_open(machine: Machine) -> None:
    """List, check, places and diagnosis answer beside the screen, with what it has saved, and the screen goes on saving."""
    machine.skip_wizard()
    assert machine.run("impor", downloads(machine.home)).code == 0
    with machine.open() as t:
        t.wait("Semua 12 ")
        told = machine.run("daftar", "--json")
        assert (told.code, len(told.json["guru"])) == (0, 12)
        open_plan(t, "ahmad", AHMAD)
        start(t)
        t.wait("Tersimpan")
        listed = machine.run("daftar", "--json").json["guru"]
        assert [one["nama"].startswith(AHMAD) for one in listed if one["keadaan"] == "draf"] == [True]
        assert machine.run("periksa", "--json").json["belum_dimulai"] == 11
        assert str(machine.database) in machine.run("lokasi").out
        checked = machine.run("diagnosa", "--json").json["basis_data"]
        assert (checked["baik"], checked["guru"], checked["terbuka_di_jendela_lain"]) == (True, 12, True)
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert len(machine.run("daftar", "--json").json["guru"]) == 12


@pytest.mark.parametrize("arguments", [(), ("latihan",)], ids=["layar", "latihan"])
def test_dumb_terminal(machine: Machine, arguments: tuple[str, ...]) -> None:
    """With TERM=dumb one sentence points to the command line, with exit code 2 and not one control character."""
    with machine.open(*arguments, term="dumb") as t:
        assert t.exit_code() == 2
        written = b"".join(chunk.content for chunk in t.chunks).decode()
    assert written.count("\n") == 1
    assert "TERM=dumb" in written
    assert "pmm-tui daftar" in written
    assert "\x1b" not in written


@pytest.mark.parametrize("arguments", [(), ("layar",), ("latihan",)], ids=["bare", "layar", "latihan"])
def test_no_terminal(machine: Machine, arguments: tuple[str, ...]) -> None:
    """Without a terminal one sentence points to the command line, with exit code 2 and nothing on stdout."""
    told = machine.run(*arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert "pmm-tui daftar" in told.err
    assert not machine.database.exists()


def test_small_terminal(machine: Machine) -> None:
    """At 59x18 there is a notice and nothing else; the window made larger shows the list, made smaller again the notice."""
    assert machine.run("impor", downloads(machine.home)).code == 0
    machine.skip_wizard()
    with machine.open(size=(59, 18)) as t:
        screen = t.wait("Jendela terlalu kecil.", "59x18", "60x18")
        assert "Daftar Guru" not in screen
        t.resize(60, 18)
        t.wait("Daftar Guru", "Semua 12 ", without="terlalu kecil")
        t.resize(80, 17)
        t.wait("Jendela terlalu kecil.", without="Daftar Guru")
        t.resize(120, 40)
        t.wait("Daftar Guru", inside(" Ahmad Ma'ruf Hidayat, S.Pd."), without="terlalu kecil")
        t.press("ctrl+q")
        assert t.exit_code() == 0
