"""What `antrean` and `putuskan` say, and what `kirim` and `daftar` say of decisions; against the reference server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from pmm_tui.cli.context import RunContext
from pmm_tui.locations import Locations
from pmm_tui.server.asgi import create_app
from pmm_tui.server.engine import Database
from pmm_tui.server.sekolah import load_school
from pmm_tui.server.tokens import create_token
from pmm_tui.skp.model import KepalaSekolah, Sekolah
from pmm_tui.store import Store
from pmm_tui.sync.http import client as http_client
from tests.cli.conftest import BUDI, COMPLETE, NOW, SITI, Run

NPSN = "20512345"
P = ("--periode", "2026")


class Desk:
    """The reference server in this process, and whose token the commands use."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch, self.path = monkeypatch, str(folder / "server.db")
        head = KepalaSekolah(nama="Dra. Ani", nip="196801011993032001")
        load_school(self.path, Sekolah(npsn=NPSN, nama="SMP Negeri 1", jenjang="SMP", kepala_sekolah=head), (SITI, BUDI))
        self.database = Database(self.path)
        app = create_app(self.database)
        client = http_client.Client
        monkeypatch.setattr(http_client, "Client", lambda settings: client(settings, transport=httpx.ASGITransport(app)))
        monkeypatch.setenv("PMM_TUI_SERVER", "https://pmm.sekolah.sch.id")
        self._folder, self._tokens = folder, {role: create_token(self.path, NPSN, role) for role in ("operator", "kepala_sekolah")}

    def become(self, role: str) -> None:
        """Sit down at that role's computer."""
        self._patch.setenv("PMM_TUI_TOKEN", self._tokens[role])
        self._patch.setenv("PMM_TUI_DATA", str(self._folder / role))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Iterator[Desk]:
    """A school whose operator has handed in both plans, and the head's computer, which has fetched them."""
    monkeypatch.setattr(RunContext, "today", lambda _: NOW.date())
    made = Desk(tmp_path, monkeypatch)
    made.become("operator")
    assert run("tarik", *P).code == 0
    with Store.open(tmp_path / "operator" / "pmm-tui.db") as store:
        for pegawai in store.roster.all():
            store.drafts.save(pegawai.id, "2026", COMPLETE, 1, NOW)
    assert run("ajukan", "--semua-lengkap", *P).code == 0
    assert run("kirim").code == 0
    made.become("kepala_sekolah")
    assert run("tarik", *P).code == 0
    with closing(made.database):
        yield made


def number(run: Run, name: str) -> str:
    """The number of a teacher on this computer."""
    return str(next(one["id"] for one in run("antrean", "--semua", "--json", *P).json["rencana"] if one["nama"] == name))


def test_what_waits(run: Run, desk: Desk) -> None:
    """The table has those that wait, the sum tells the rest; JSON has the same with the ready reasons."""
    told = run("antrean", *P)
    assert told.code == 0
    assert told.out.split("\n")[0].split() == ["ID", "Nama", "Keadaan", "Revisi", "Diajukan", "Dibaca"]
    assert told.out.count("perlu disetujui") == 2
    assert "2 perlu disetujui, Januari–Desember 2026." in told.err
    found = run("antrean", "--json", *P).json
    assert found["jumlah"] == {"perlu-disetujui": 2, "dikembalikan": 0, "disetujui": 0, "belum-diajukan": 0}
    assert {one["keadaan"] for one in found["rencana"]} == {"perlu-disetujui"}
    assert [one["dibaca"] for one in found["rencana"]] == [False, False]
    assert "target" in {one["id"] for one in found["alasan"]}


def test_nothing_is_decided_unread(run: Run, desk: Desk) -> None:
    """Several are approved only where each was opened; the other is named and left, and the exit code says so."""
    siti, budi = number(run, SITI.nama), number(run, BUDI.nama)
    page = run("antrean", siti, *P)
    assert page.code == 0
    for heading in (
        "Data diri",
        "Praktik Kinerja",
        "Pengembangan Kompetensi",
        "Tugas Tambahan",
        "Perilaku Kerja",
        "Konfirmasi guru",
    ):
        assert f"{heading}\n" in page.out
    assert "Revisi 1 tercatat sudah dibaca." in page.err

    told = run("putuskan", siti, budi, "--setujui", *P)

    assert told.code == 1
    assert f"{siti} {SITI.nama}: diputuskan, akan dikirim saat ada jaringan." in told.out
    assert f"{budi} {BUDI.nama}: belum dapat diputuskan. Belum dibaca sampai selesai di sini; baca dulu rencananya." in told.out
    assert "1 keputusan (setujui) masuk Kotak Kirim. Kirim dengan: pmm-tui kirim" in told.err


def test_a_trial_changes_nothing(run: Run, desk: Desk) -> None:
    """`--uji-coba` says what would be, and seals nothing."""
    siti = number(run, SITI.nama)
    run("antrean", siti, *P)
    told = run("putuskan", siti, "--setujui", "--uji-coba", "--json", *P)
    assert (told.code, told.json["rencana"][0]["hasil"], told.json["uji_coba"]) == (0, "dapat", True)
    assert "0 menunggu" not in run("kirim", "--uji-coba").err
    assert run("kirim", "--json").json["keputusan"] == []


def test_from_returning_to_the_operators_list(run: Run, desk: Desk) -> None:
    """A ready reason with a note goes to the operator, who sees it with its time; then it is approved and opened again."""
    siti = number(run, SITI.nama)
    run("antrean", siti, *P)
    assert run("putuskan", siti, "--kembalikan", *P).code == 1
    assert run("putuskan", siti, "--kembalikan", "--alasan", "bukan", *P).code == 2
    assert run("putuskan", siti, "--kembalikan", "--alasan", "target", "--catatan", "RHK 1.", *P).code == 0
    sent = run("kirim", "--json").json
    (one,) = sent["keputusan"]
    assert (one["keputusan"], one["keadaan"], one["tanda_terima"][:2]) == ("kembalikan", "terkirim", "K-")
    assert run("antrean", "--json", *P).json["jumlah"]["dikembalikan"] == 1

    desk.become("operator")
    run("tarik", *P)
    (row,) = [one for one in run("daftar", "--json", *P).json["guru"] if one["nama"] == SITI.nama]
    note = "Target belum terukur; beri angka yang dapat dibuktikan.\nRHK 1."
    said = row["keputusan"]
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", said.pop("waktu"))
    assert said == {"revisi": 1, "status": "dikembalikan", "catatan": note, "ekspektasi": {}}
    (other,) = [one for one in run("daftar", "--json", *P).json["guru"] if one["nama"] == BUDI.nama]
    assert other["keputusan"] is None

    desk.become("kepala_sekolah")
    expected = ("--ekspektasi", "kompeten=Berbagi di KKG.")
    assert run("putuskan", siti, "--setujui", *expected, *P).code == 0
    assert run("putuskan", siti, "--buka", "--catatan", "x", *P).code == 1  # not approved by the server's word yet
    assert "1 keputusan terkirim" in run("kirim").err
    assert run("putuskan", siti, "--setujui", *P).out.rstrip().endswith("tidak berubah. Sudah disetujui, tidak ada yang berubah.")
    assert run("putuskan", siti, "--kembalikan", "--catatan", "x", *P).code == 1
    assert run("putuskan", siti, "--buka", "--catatan", "Pindah tugas.", *P).code == 0
    assert run("kirim").code == 0
    assert run("antrean", "--semua", "--json", *P).json["jumlah"]["dikembalikan"] == 1

    told = run("antrean", siti, "--riwayat", *P)
    assert told.code == 0
    assert [line.partition(": revisi 1 ")[2].split(" ")[0] for line in told.out.splitlines() if ": revisi" in line] == [
        "buka",
        "setujui",
        "kembalikan",
        "diajukan",
    ]
    assert "  Ekspektasi kompeten: Berbagi di KKG.\n" in told.out
    past = run("antrean", siti, "--riwayat", "--json", *P).json
    assert [one["keputusan"] for one in past["keputusan"]] == ["buka", "setujui", "kembalikan"]
    assert [one["status"] for one in past["revisi"]] == ["dikembalikan"]
    assert run("antrean", "--riwayat", *P).code == 2


def test_an_operators_computer_decides_nothing(run: Run, desk: Desk) -> None:
    """Whoever sits at the operator's computer is told whose token is needed."""
    desk.become("operator")
    told = run("putuskan", number(run, SITI.nama), "--setujui", *P)
    assert told.code == 1
    assert "bukan token kepala sekolah" in told.err


@pytest.mark.parametrize(
    "wrong", [("putuskan", "1"), ("putuskan", "--setujui"), ("putuskan", "1", "--setujui", "--buka"), ("antrean", "1", "2")]
)
def test_half_a_command_is_told(run: Run, wrong: tuple[str, ...]) -> None:
    """It is wrong usage, in one sentence."""
    told = run(*wrong)
    assert told.code == 2
    assert told.err.count("\n") == 1


def test_nobody_in_the_list(run: Run, desk: Desk) -> None:
    """A number that nobody has, or an expectation of no perilaku, is told and decides nothing."""
    assert "tidak ada di antrean" in run("antrean", "999", *P).err
    assert run("putuskan", "999", "--setujui", *P).code == 1
    assert run("putuskan", number(run, SITI.nama), "--setujui", "--ekspektasi", "rajin=x", *P).code == 2


def test_an_empty_list(run: Run, places: Locations) -> None:
    """Without any teacher it says how to fetch them."""
    assert "ambil dengan: pmm-tui tarik" in run("antrean", *P).err
