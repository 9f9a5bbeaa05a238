"""Two operators of one school on two laptops, and one operator with two schools, over the real server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.dapodik import teachers, write_dapodik
from tests.journeys.machine import CommandResult, Machine
from tests.journeys.real_server import NPSN, RealServer
from tests.journeys.test_commands import _CONTENT

P = ("--periode", "2026")
N, OTHER_NPSN = 12, "20598765"
THREE = [str(t["NIP"]) for t in teachers(N) if t["NIP"] and not t["Tugas Tambahan"]][:3]
ONE, TWO, LAST = THREE
PRAKTIK = ("aktivitas-interaktif", "umpan-balik-konstruktif", "keteraturan-suasana-kelas")


@pytest.fixture
def laptops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: RealServer) -> tuple[Machine, Machine]:
    """Two computers of one school, each with a token of its own; the first has the list of teachers from Dapodik."""
    monkeypatch.chdir(tmp_path)
    found = []
    for name in ("satu", "dua"):
        (tmp_path / name).mkdir()
        machine = Machine(tmp_path / name)
        machine.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token_of("operator")}
        found.append(machine)
    assert found[0].run("impor", write_dapodik(tmp_path / "guru.xlsx", teachers(N))).code == 0
    return found[0], found[1]


def fill(machine: Machine, nip: str, choice: str = PRAKTIK[0]) -> None:
    """Fill a teacher's plan in, as somebody does in a text editor; over what stands there."""
    folder = machine.home / "isi"
    assert machine.run("rencana", "ekspor", nip, *P, "--ke", folder, "--timpa").code == 0
    (path,) = folder.glob("*.toml")
    text = path.read_text("utf-8")
    for was, now in _CONTENT if "sesuai = false" in text else ():
        text = text.replace(was, now)
    text = re.sub(rf'^([^#\n]*)"(?:{"|".join(PRAKTIK)})"', rf'\1"{choice}"', text, flags=re.MULTILINE)
    assert f'"{choice}"' in text
    said = f'dikonfirmasi_guru = true\ncara = "kertas"\ntanggal = "2026-01-{PRAKTIK.index(choice) + 5:02}"\n'
    text = re.sub(r"^dikonfirmasi_guru = .*\n(cara = .*\n)?(tanggal = .*\n)?", said, text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    taken = machine.run("rencana", "impor", path)
    assert taken.code == 0, taken.out
    path.unlink()


def hand_in(machine: Machine, *nips: str, over: int = 0) -> CommandResult:
    """Submit and send; `over` is the other computer's revision that was looked at."""
    if over:
        (nip,) = nips
        assert machine.run("ajukan", nip, *P).code == 1
        assert machine.run("beda", nip, *P).code == 0
    sealed = machine.run("ajukan", *nips, *P, *(["--gantikan", str(over)] if over else []))
    assert sealed.code == 0, sealed.err + sealed.out
    return machine.run("kirim", "--json")


def rows(machine: Machine) -> dict[str, Any]:
    """The list, by NIP or name."""
    return {row["nip"] or row["nama"]: row for row in machine.run("daftar", *P, "--json").json["guru"]}


def choice_at(machine: Machine, nip: str) -> str:
    """What a plan of that computer has chosen for Praktik Pembelajaran."""
    folder = machine.home / "baca"
    assert machine.run("rencana", "ekspor", nip, *P, "--ke", folder, "--timpa").code == 0
    (path,) = folder.glob("*.toml")
    text = path.read_text("utf-8")
    path.unlink()
    return next(one for one in PRAKTIK if re.search(rf'^[^#\n]*"{one}"', text, re.MULTILINE))


def takes(machine: Machine, nip: str, before: str, after: str) -> None:
    """A plan that was sent from here, and is newer at the server: a fetch says so and replaces nothing; a look takes it."""
    fetched = machine.run("tarik")
    assert (fetched.code, "lebih baru di server" in fetched.err, "tidak ikut" in fetched.err) == (1, True, False)
    assert (choice_at(machine, nip), rows(machine)[nip]["keadaan"]) == (before, "lebih baru di server")
    assert machine.run("beda", nip, *P, "--ambil").code == 0
    assert (choice_at(machine, nip), rows(machine)[nip]["keadaan"]) == (after, "terkirim")


def test_a_second_laptop_fetches_and_goes_on(laptops: tuple[Machine, Machine], server: RealServer) -> None:
    """What one submitted the other has with its content, mends and submits as revision 2; the first is told and takes it.

    Where both changed one at once, the second to send is stopped, is shown both, and decides; nothing is replaced unseen.
    """
    first, second = laptops
    server.start()
    for nip in THREE:
        fill(first, nip)
    assert hand_in(first, *THREE).json["terkirim"] == 3

    fetched = second.run("tarik", "--json")
    assert (fetched.code, fetched.json["pegawai_baru"], fetched.json["perubahan"]) == (0, 3, 3)
    told = " ".join(fetched.json["catatan"])
    assert "3 rencana dari komputer lain diambil" in told
    assert "Draf yang belum diajukan di komputer lain tidak ikut" in told
    assert {nip: rows(second)[nip]["keadaan"] for nip in THREE} == dict.fromkeys(THREE, "terkirim")
    assert [choice_at(second, nip) for nip in THREE] == [PRAKTIK[0]] * 3
    assert "tidak ikut" not in second.run("tarik").err

    fill(second, ONE, PRAKTIK[1])
    assert hand_in(second, ONE, over=1).json["terkirim"] == 1
    held = server.plan_of(ONE, "2026")
    assert (held["amplop"]["revisi"], held["amplop"]["dasar"]) == (2, 1)
    takes(first, ONE, PRAKTIK[0], PRAKTIK[1])

    _both_at_once(first, second, server)


def _both_at_once(first: Machine, second: Machine, server: RealServer) -> None:
    fill(first, TWO, PRAKTIK[1])
    fill(second, TWO, PRAKTIK[2])
    assert hand_in(first, TWO).json["terkirim"] == 1
    late = hand_in(second, TWO, over=1)
    assert (late.code, late.json["bentrok"]) == (1, 1)
    assert rows(second)[TWO]["keadaan"] == "bentrok"
    assert server.plan_of(TWO, "2026")["amplop"]["rencana"]["praktik_pembelajaran"] == {"indikator": [PRAKTIK[1]]}
    second.run("tarik")
    assert second.run("ajukan", TWO, *P).code == 1
    shown = second.run("beda", TWO, *P, "--json").json
    assert shown["server"]["revisi"] == 2
    assert {one["bagian"] for one in shown["server"]["beda"]} >= {"praktik_pembelajaran"}
    assert second.run("ajukan", TWO, *P, "--gantikan", "2").code == 0
    assert second.run("kirim", "--json").json["terkirim"] == 1
    takes(first, TWO, PRAKTIK[1], PRAKTIK[2])
    assert server.plan_of(TWO, "2026")["amplop"]["revisi"] == 3


def test_a_plan_that_was_sent_back_is_mended_on_the_other_laptop(
    laptops: tuple[Machine, Machine], server: RealServer, tmp_path: Path
) -> None:
    """The head's word reaches the laptop that did not send it; what it mends is newer for the one that did."""
    first, second = laptops
    server.start()
    fill(first, ONE)
    hand_in(first, ONE)
    (tmp_path / "kepala").mkdir()
    head = Machine(tmp_path / "kepala")
    head.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token_of("kepala_sekolah")}
    assert head.run("tarik").code == 0
    assert "tidak ikut" not in head.run("tarik").err
    assert head.run("antrean", ONE, *P).code == 0
    assert head.run("putuskan", ONE, *P, "--kembalikan", "--catatan", "Ganti indikatornya").code == 0
    assert head.run("kirim", "--json").code == 0

    assert second.run("tarik").code == 0
    assert rows(second)[ONE]["keadaan"] == "dikembalikan"
    fill(second, ONE, PRAKTIK[2])
    assert hand_in(second, ONE, over=1).json["terkirim"] == 1
    takes(first, ONE, PRAKTIK[0], PRAKTIK[2])


def test_drafts_go_over_in_two_commands(laptops: tuple[Machine, Machine], server: RealServer, tmp_path: Path) -> None:
    """The whole school's drafts by a folder; what the other laptop has of its own stays until it is said to go."""
    first, second = laptops
    server.start()
    fill(first, ONE)
    hand_in(first, ONE)
    fill(first, TWO, PRAKTIK[1])
    fill(first, LAST, PRAKTIK[1])
    assert second.run("impor", tmp_path / "guru.xlsx").code == 0
    assert second.run("tarik").code == 0
    fill(second, LAST, PRAKTIK[2])

    out = first.run("rencana", "ekspor", "--semua", *P, "--ke", tmp_path / "usb", "--json")
    assert (out.code, len(out.json["rencana"])) == (0, N)
    tried = second.run("rencana", "impor", tmp_path / "usb", "--uji-coba", "--json")
    assert rows(second)[TWO]["keadaan"] == "belum dimulai"
    taken = second.run("rencana", "impor", tmp_path / "usb", "--json")
    assert taken.json["berkas"] == tried.json["berkas"]
    results = [one["hasil"] for one in taken.json["berkas"]]
    assert {word: results.count(word) for word in set(results)} == {"baru": 1, "sama": N - 2, "ditolak": 1}
    (kept,) = [one for one in taken.json["berkas"] if one["hasil"] == "ditolak"]
    assert "sudah ada isi lain" in kept["sebab"]
    assert [choice_at(second, nip) for nip in THREE] == [PRAKTIK[0], PRAKTIK[1], PRAKTIK[2]]
    assert rows(second)[TWO]["keadaan"] == "lengkap"
    assert second.run("rencana", "impor", tmp_path / "usb", "--timpa").code == 0
    assert choice_at(second, LAST) == PRAKTIK[1]


def test_one_operator_keeps_two_schools_apart(machine: Machine, server: RealServer) -> None:
    """Two tokens of one server: each plan reaches its own school, and a token in the wrong place sends nothing."""
    server.start()
    machine.env["PMM_TUI_SERVER"] = server.url
    other = server.school(OTHER_NPSN)
    assert machine.run("sekolah", "tambah", NPSN).code == 0
    assert machine.run("sekolah", "tambah", OTHER_NPSN).code == 0
    file = write_dapodik(machine.home / "guru.xlsx", teachers(2))
    assert machine.run("impor", file).code == 2
    for npsn, token in ((NPSN, server.token), (OTHER_NPSN, other)):
        machine.env["PMM_TUI_SEKOLAH"] = npsn
        assert machine.run("impor", file).code == 0
        fill(machine, ONE, PRAKTIK[npsn == OTHER_NPSN])
        assert machine.run("ajukan", ONE, *P).code == 0
        machine.env["PMM_TUI_TOKEN"] = server.token if npsn == OTHER_NPSN else other
        wrong = machine.run("kirim", "--json")
        assert (wrong.code, wrong.json["terkirim"]) == (2, 0)
        machine.env["PMM_TUI_TOKEN"] = token
        assert machine.run("kirim", "--json").json["terkirim"] == 1
    del machine.env["PMM_TUI_SEKOLAH"], machine.env["PMM_TUI_TOKEN"]
    told = machine.run("sekolah", "daftar", "--json").json["sekolah"]
    assert [(one["npsn"], one["guru"], one["selesai"]) for one in told] == [(NPSN, 2, 1), (OTHER_NPSN, 2, 1)]
    for npsn, choice in ((NPSN, PRAKTIK[0]), (OTHER_NPSN, PRAKTIK[1])):
        held = server.plan_of(ONE, "2026", other if npsn == OTHER_NPSN else server.token)
        assert held["amplop"]["npsn"] == npsn
        assert held["amplop"]["rencana"]["praktik_pembelajaran"] == {"indikator": [choice]}
