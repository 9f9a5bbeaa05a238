"""By USB stick through real programs: a laptop without a network, a machine with one, a head, and the reference server."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.machine import Machine
from tests.journeys.real_server import NPSN, RealServer
from tests.journeys.steps import NIP_SITI, SITI, downloads
from tests.journeys.test_commands import edit_a_plan, state

P = ("--periode", "2026")
PASSPHRASE = "kuda hijau melompat pagar"
NOTE = "Tambah satu RHK."


def _computer(folder: Path, server: RealServer | None = None, role: str = "operator") -> Machine:
    """A computer; with a `server` it has a network, and a token of that role."""
    folder.mkdir()
    made = Machine(folder)
    made.env["PMM_TUI_SANDI"] = PASSPHRASE
    if server is not None:
        made.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token_of(role)}
    return made


def test_there_and_back(tmp_path: Path, server: RealServer) -> None:
    """A plan leaves a laptop without a network, is received, and returned by the head; the laptop hears of both by the stick."""
    server.start()
    away, near, head = (
        _computer(tmp_path / "a"),
        _computer(tmp_path / "b", server),
        _computer(tmp_path / "k", server, "kepala_sekolah"),
    )
    config = away.home / "config" / "pmm-tui" / "config.toml"
    config.parent.mkdir(mode=0o700, parents=True)
    config.write_text(f'[sekolah]\nnpsn = "{NPSN}"\n', "utf-8")
    stick = tmp_path / "usb"
    stick.mkdir()

    assert away.run("impor", downloads(away.home)).code == 0
    edit_a_plan(away)
    assert away.run("ajukan", NIP_SITI, *P).code == 0
    told = away.run("kirim", "--ke-berkas", stick, "--json")
    assert (told.code, told.json["rencana"], told.json["tertulis"]) == (0, 1, True)
    (file,) = stick.iterdir()
    content = file.read_bytes()
    assert not any(word.encode() in content for word in (SITI, NIP_SITI, NPSN))

    told = near.run("kirim", "--dari-berkas", file, "--json")
    assert (told.code, told.json["terkirim"]) == (0, 1), told.err
    receipt = told.json["rencana"][0]["tanda_terima"]
    assert not near.database.exists()
    told = away.run("terima", file, "--json")
    assert (told.code, told.json["terkirim"], told.json["rencana"][0]["tanda_terima"]) == (0, 1, receipt)
    assert away.run("terima", file, "--json").json["sudah_tercatat"] == 1

    assert head.run("tarik").code == 0
    (number,) = (one["id"] for one in head.run("antrean", *P, "--json").json["rencana"])
    assert head.run("antrean", str(number), *P).code == 0
    assert head.run("putuskan", str(number), "--kembalikan", "--catatan", NOTE, *P).code == 0
    decided = stick / "keputusan.pmm"
    assert head.run("kirim", "--ke-berkas", decided, "--json").json["keputusan"] == 1
    assert near.run("kirim", "--dari-berkas", decided).code == 2  # an operator's token decides nothing
    assert head.run("kirim", "--dari-berkas", decided, "--json").json["keputusan_terkirim"] == 1
    assert head.run("terima", decided, "--json").json["keputusan_terkirim"] == 1

    assert away.run("kirim", "--ke-berkas", file, "--json").json["ditanyakan"] == 1
    assert near.run("kirim", "--dari-berkas", file, "--json").json["kabar"] == 1
    told = away.run("terima", file)
    assert told.code == 0
    assert NOTE in told.out
    assert state(away) == "dikembalikan"
    server.stop()
    assert [held[0] for held in server.held()] == [1]
