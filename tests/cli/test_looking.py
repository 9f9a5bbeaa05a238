"""`lokasi`, `diagnosa`, `pelengkap` and the screen's own refusal, in this process."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from pmm_tui import __version__
from pmm_tui.config import Config, LookConfig, SekolahConfig, write_config
from pmm_tui.locations import Locations
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from pmm_tui.sync.known_school import Acquaintance, keep
from tests.cli.conftest import COMPLETE, NOW, Run
from tests.cli.fake_server import NPSN, FakeServer
from tests.sync.world import answer, problem

P = ("--periode", "2026")


def test_every_place_and_whether_it_is_there(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """All places of the program are listed with what is there; what is not is marked for people."""
    found = run("lokasi", "--json").json
    expected = {
        "konfigurasi": (places.config_file, False),
        "data": (places.data_folder, True),
        "basis_data": (places.database, True),
        "log": (places.log_folder, False),
        "laporan": (places.report_folder, False),
        "ekspor": (places.export_folder, False),
        "latihan": (places.for_practice().data_folder, False),
        "server": (places.server_database, False),
        "pesan_sinkron": (places.config_file.with_name("pesan-sinkron.toml"), False),
    }
    assert found == {name: {"jalur": str(path), "ada": there} for name, (path, there) in expected.items()}
    told = run("lokasi")
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0].split() == ["Apa", "Tempat"]
    assert [line.split()[:2] for line in lines[2:3]] == [["data", str(places.data_folder)]]
    assert next(line for line in lines if line.startswith("basis data")).endswith(str(places.database))
    assert next(line for line in lines if line.startswith("ekspor")).endswith("(belum ada)")


def test_a_diagnosis_without_anything(run: Run) -> None:
    """On a fresh computer the versions are told, nothing is there, nothing is wrong, and no database comes of asking."""
    told = run("diagnosa", "--json")
    assert told.code == 0
    found = told.json
    assert list(found) == ["versi", "tempat", "terminal", "konfigurasi", "basis_data", "cadangan", "server"]
    assert found["versi"]["pmm-tui"] == __version__
    assert found["versi"]["sistem"]
    assert found["terminal"]["tty"] is False
    assert found["konfigurasi"] == {
        "berkas_ada": False,
        "periode": "menurut tanggal",
        "katalog_sendiri": False,
        "tema": "gelap",
        "ascii": False,
        "tombol_diubah": 0,
    }
    assert found["basis_data"] == {"ada": False}
    assert found["cadangan"] == {"banyak": 0, "catatan_pemulihan_kb": 0, "disisihkan": 0}
    assert found["server"] == {"diatur": False}
    text = run("diagnosa").out.splitlines()
    assert "basis data" in text
    assert "  ada: tidak" in text
    assert "  berkas ada: tidak" in text


def test_a_diagnosis_of_records_and_configuration(
    run: Run, places: Locations, sealed: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """How the records stand, which copies there are, and what is set differently from the usual."""
    look = LookConfig(tema="terang", ascii=True)
    write_config(places.config_file, Config(periode="2026", tampilan=look, tombol={"saring": "alt+s"}))
    monkeypatch.setenv("TERM", "xterm\x1b[31m")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    assert run("cadangan").code == 0
    told = run("diagnosa", "--json")
    assert told.code == 0
    found = told.json
    assert found["basis_data"].pop("ukuran_kb") >= 4
    assert found["basis_data"].pop("tahap")  # goes by the day
    assert found["basis_data"] == {
        "ada": True,
        "baik": True,
        "diindeks_ulang": False,
        "halaman_rusak": 0,
        "amplop_rusak": 0,
        "berakhir_bersih": True,
        "guru": 2,
        "kotak_kirim": "2 antre",
        "periode": "2026",
        "katalog": "bawaan",
        "npsn": "-",
    }
    assert found["cadangan"]["banyak"] >= 1
    assert found["cadangan"]["terbaru_jam"] <= found["cadangan"]["tertua_jam"] < 1
    assert (found["terminal"]["NO_COLOR"], found["terminal"]["bahasa"]) == (True, "id_ID.UTF-8")
    assert "\x1b" not in found["terminal"]["TERM"]
    assert (found["konfigurasi"]["berkas_ada"], found["konfigurasi"]["tombol_diubah"]) == (True, 1)
    assert (found["konfigurasi"]["tema"], found["konfigurasi"]["ascii"], found["konfigurasi"]["periode"]) == (
        "terang",
        True,
        "2026",
    )


@pytest.mark.parametrize(
    ("keymap", "said"),
    [
        ({"saring": "f3"}, '"f3" dipakai dua aksi di layar daftar: saring dan urutkan.'),
        ({"sarin": "alt+s"}, 'Mungkin maksudnya "saring"?'),
    ],
)
def test_a_diagnosis_of_keys_that_clash(
    run: Run, places: Locations, ids: tuple[int, int], keymap: dict[str, str], said: str
) -> None:
    """What keeps the screen from opening is told, all else looked at as well; a command that needs no keys goes on."""
    write_config(places.config_file, Config(tombol=keymap))
    told = run("diagnosa", "--json")
    assert told.code == 2
    assert said in told.json["konfigurasi"]["galat"]
    assert told.json["konfigurasi"]["galat"].endswith("Layar tidak dibuka sebelum ini dibetulkan.")
    assert told.json["basis_data"]["guru"] == 2
    assert said in run("diagnosa").out
    assert run("daftar").code == 0


def test_a_diagnosis_of_the_server(run: Run, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Address, token, whose it is and the clock are told, never the token itself; it goes only to what answered as our server."""
    server.documents["/v1/sekolah"]["peran"] = "operator"
    told = run("diagnosa", "--json")
    assert told.code == 0
    found = told.json["server"]
    assert abs(found.pop("beda_jam_detik")) <= 2
    assert found == {
        "diatur": True,
        "alamat": "https://pmm.sekolah.sch.id",
        "proxy": "tidak ada",
        "token_ada": True,
        "terjangkau": True,
        "token_diterima": True,
        "npsn": NPSN,
        "sekolah": "SMP Negeri 1 Ñuñez",
        "peran": "operator",
    }
    assert [(request.url.path, "authorization" in request.headers) for request in server.asked] == [
        ("/v1/status", False),
        ("/v1/sekolah", True),
    ]
    assert "  token diterima: ya" in run("diagnosa").out.splitlines()
    monkeypatch.delenv("PMM_TUI_TOKEN")
    server.ahead = 3 * 86400.0
    server.asked.clear()
    found = run("diagnosa", "--json").json["server"]
    assert (found["token_ada"], found["terjangkau"], "token_diterima" in found) == (False, True, False)
    assert [request.url.path for request in server.asked] == ["/v1/status"]
    assert "Token" in found["token_sebab"]
    assert -3 * 86400 - 60 <= found["beda_jam_detik"] <= -3 * 86400 + 2
    assert found["peringatan"] == "Jam komputer ini 3 hari lebih lambat dari server; betulkan tanggal dan jamnya."


@pytest.mark.parametrize(
    ("refusal", "accepted", "code"),
    [(problem(401), False, 2), (problem(403), False, 2), (answer(b"", 503), None, 5), (httpx.ReadError("no"), None, 5)],
)
def test_a_diagnosis_of_a_token(
    run: Run, server: FakeServer, refusal: httpx.Response | Exception, accepted: bool | None, code: int
) -> None:
    """A token that is refused is told with the reason; trouble of another kind says nothing about the token."""
    server.trouble["/v1/sekolah"] = refusal
    told = run("diagnosa", "--json")
    assert told.code == code
    found = told.json["server"]
    assert (found["terjangkau"], found.get("token_diterima")) == (True, accepted)
    assert found["token_sebab"]
    assert "KENARI" not in told.out


def test_a_diagnosis_speaks_indonesian(run: Run, server: FakeServer, sealed: tuple[int, int]) -> None:
    """No English word of the program's own stands in the text; the keys of the document stay what they are."""
    words = set(re.findall(r"[a-z]+", run("diagnosa").out.lower()))
    assert not words & {"queued", "sending", "unknown", "sent", "rejected", "conflict", "superseded", "tty", "encoding", "proxy"}
    assert {"tty", "encoding"} <= set(run("diagnosa", "--json").json["terminal"])


@pytest.mark.parametrize(("trouble", "kind"), [(httpx.ConnectError("no"), 5), (answer(b"<html>", kind="text/html"), 5)])
def test_a_diagnosis_of_a_server_that_is_not_there(
    run: Run, server: FakeServer, trouble: httpx.Response | Exception, kind: int
) -> None:
    """Why it was not reached is told, and the exit code is that of the trouble."""
    server.trouble["/v1/status"] = trouble
    told = run("diagnosa", "--json")
    assert told.code == kind
    assert told.json["server"]["terjangkau"] is False
    assert told.json["server"]["sebab"]


def test_a_diagnosis_of_a_damaged_database(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """What cannot be opened is a sentence in its part, the rest is told, and the exit code is 4."""
    places.database.write_bytes(b"rusak" * 2000)
    told = run("diagnosa", "--json")
    assert told.code == 4
    assert set(told.json["basis_data"]) == {"galat"}
    assert str(Path.home()) not in told.json["basis_data"]["galat"]
    assert told.json["server"] == {"diatur": False}


def test_a_faulty_address_is_no_reason_to_leave_out_the_rest(run: Run, places: Locations) -> None:
    """A setting that cannot be used is told with exit code 2, in its own part."""
    places.config_folder.mkdir(parents=True)
    places.config_file.write_text("[server]\nurl = 'http://pmm.sekolah.sch.id'\n")
    told = run("diagnosa", "--json")
    assert told.code == 2
    for part in ("konfigurasi", "server"):
        assert "http tanpa pengaman" in told.json[part]["galat"]
    assert told.json["basis_data"] == {"ada": False}


@pytest.mark.parametrize("arguments", [(), ("layar",), ("latihan",)])
def test_the_screen_needs_a_terminal(run: Run, places: Locations, arguments: tuple[str, ...]) -> None:
    """Without one there is a sentence that names commands, exit code 2, and no database."""
    told = run(*arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err == "Layar butuh terminal; tanpa terminal pakai perintah seperti: pmm-tui daftar, pmm-tui kirim.\n"
    assert not places.data_folder.exists()


@pytest.mark.parametrize("terminal", ["dumb", " dumb "])
def test_a_terminal_that_cannot_place_text(run: Run, monkeypatch: pytest.MonkeyPatch, terminal: str) -> None:
    """TERM=dumb is refused with a sentence of its own."""
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{name}.isatty", lambda: True)
    monkeypatch.setenv("TERM", terminal)
    told = run("layar")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("Terminal ini (TERM=dumb) tidak dapat menampilkan layar; ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh", "powershell"])
def test_completions_are_printed(run: Run, shell: str) -> None:
    """Each shell has its own, which names the commands; another one is wrong usage."""
    told = run("pelengkap", shell)
    assert (told.code, told.err) == (0, "")
    assert "cadangan" in told.out
    assert run("pelengkap", "cmd").code == 2


def test_a_token_of_another_school_is_told(run: Run, server: FakeServer, places: Locations, ids: tuple[int, int]) -> None:
    """The server takes it, and it is still not the token of the records here."""
    write_config(places.config_file, Config(sekolah=SekolahConfig(npsn="20599999")))
    told = run("diagnosa", "--json")
    assert told.code == 1
    assert told.json["server"]["token_diterima"] is True
    assert NPSN in told.json["server"]["peringatan"]
    assert "20599999" in told.json["server"]["peringatan"]


def test_another_address_is_told_before_anything_is_asked(
    run: Run, server: FakeServer, places: Locations, ids: tuple[int, int]
) -> None:
    """What is called sent is at the old address, and goes to the new one with the next sending."""
    with Store.open(places.database) as store:
        pegawai = store.roster.get(ids[0])
        assert pegawai is not None
        entry = store.outbox.seal(pegawai, "2026", COMPLETE, 1, NOW)
        store.outbox.mark_sending([entry.id])
        store.outbox.record_all({entry.id: Sent("R-1")})
        keep(store, Acquaintance("https://lama.sch.id", "", NPSN))
    assert "Alamat server berganti" in run("daftar").err
    with Store.open(places.database) as store:
        keep(store, Acquaintance("https://pmm.sekolah.sch.id", "", NPSN))
    assert "Alamat server berganti" not in run("daftar").err
