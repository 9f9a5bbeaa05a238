"""The commands that need a server, against the real one, started and set up by its own commands."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pmm_tui.locations import Locations
from pmm_tui.store import Store
from tests.cli.conftest import BUDI, COMPLETE, SITI, Run

pytestmark = pytest.mark.process

NPSN = "20512345"
P = ("--periode", "2026")
PROFILE = """
nama = "SMP Negeri 1 Ñuñez"
jenjang = "SMP"
[kepala_sekolah]
nama = "Dra. Ani"
nip = "196801011993032001"
plt = true
[rapor."2026"]
capaian = { aktivitas-interaktif = "kurang" }
"""
TEACHERS = f"""Nama;NIP;NUPTK;JK;Status Kepegawaian;Jenis PTK
{SITI.nama};{SITI.nip};;P;PNS;Guru Mapel
{BUDI.nama};;{BUDI.nuptk};L;GTY/PTY;Guru Kelas
"""


class Alive:
    """A running `pmm-tui server`."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pmm_tui", "server", "--port", "0", "--database", str(database)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        assert self.url.startswith("http://127.0.0.1:"), self.process.communicate()

    def stop(self) -> tuple[int, str]:
        """Stop it as Ctrl+C does; returns exit code and what it told."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        _, told = self.process.communicate(timeout=30)
        return self.process.returncode, told


@pytest.fixture
def alive(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Alive]:
    """A running server with the school, and this environment pointing to it with the school's token."""
    database = tmp_path / "server.db"
    (tmp_path / "sekolah.toml").write_text(PROFILE, "utf-8")
    (tmp_path / "guru.csv").write_text(TEACHERS, "utf-8")
    arguments = ("--npsn", NPSN, "--database", database)
    loaded = run("server", "sekolah", *arguments, "--profil", tmp_path / "sekolah.toml", "--guru", tmp_path / "guru.csv")
    assert loaded.code == 0, loaded.err
    token = run("server", "token", "buat", *arguments, "--peran", "operator").out.strip()
    server = Alive(database)
    monkeypatch.setenv("PMM_TUI_SERVER", server.url)
    monkeypatch.setenv("PMM_TUI_TOKEN", token)
    yield server
    server.stop()


def seal(run: Run, places: Locations) -> None:
    with Store.open(places.database) as store:
        (siti,) = store.roster.find(SITI.nip)
        store.drafts.save(siti.id, "2026", COMPLETE, 1, datetime(2026, 1, 8, tzinfo=UTC))
    assert run("ajukan", SITI.nip, *P).code == 0


def test_from_an_empty_folder_to_a_sent_plan(run: Run, places: Locations, alive: Alive) -> None:
    """Fetch the school, submit a plan, send it: the list says it is sent, the receipt is told, and the acting head was named."""
    fetched = run("tarik", "--json", *P)
    assert (fetched.code, fetched.json["pegawai_baru"], fetched.json["sekolah"], fetched.json["rapor"]) == (0, 2, True, True)
    with Store.open(places.database) as store:
        (siti,) = store.roster.find(SITI.nip)
        store.drafts.save(siti.id, "2026", COMPLETE, 1, datetime(2026, 1, 8, tzinfo=UTC))
    assert "Plt." in run("ajukan", SITI.nip, *P).err
    tried = run("kirim", "--uji-coba", "--json")
    assert (tried.code, tried.json["menunggu"], tried.json["rencana"][0]["keadaan"]) == (0, 1, "antre")
    sent = run("kirim", "--json")
    assert (sent.code, sent.json["terkirim"], sent.json["menunggu"]) == (0, 1, 0)
    (plan,) = sent.json["rencana"]
    assert (plan["keadaan"], plan["nama"]) == ("terkirim", SITI.nama)
    assert plan["tanda_terima"]
    run("tarik", *P)
    (teacher,) = [g for g in run("daftar", "--json", *P).json["guru"] if g["nip"] == SITI.nip]
    assert teacher["selesai"]
    assert teacher["keadaan"] in ("terkirim", "disetujui")
    again = run("kirim")
    assert (again.code, again.out) == (0, "")
    assert "Kotak Kirim kosong." in again.err


def test_server_down_at_first(run: Run, places: Locations, alive: Alive, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the server is down nothing is lost and the exit code is 5; when it is back the same plan is sent."""
    assert run("tarik", *P).code == 0
    seal(run, places)
    assert alive.stop()[0] == 0
    down = run("kirim", "--json")
    assert (down.code, down.json["terkirim"], down.json["menunggu"]) == (5, 0, 1)
    assert "aman" in down.err
    assert run("tarik", *P).code == 5
    back = Alive(alive.database)
    try:
        monkeypatch.setenv("PMM_TUI_SERVER", back.url)
        assert run("kirim", "--json").json["terkirim"] == 1
    finally:
        back.stop()


def test_a_wrong_token_is_a_matter_of_configuration(
    run: Run, places: Locations, alive: Alive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token that the server does not know, or has revoked, ends with exit code 2, and the plan waits on."""
    assert run("tarik", *P).code == 0
    seal(run, places)
    database = ("--database", alive.database)
    (listed,) = run("server", "token", "daftar", "--json", *database).json["token"]
    assert set(listed) >= {"id", "npsn", "peran"}
    assert os.environ["PMM_TUI_TOKEN"] not in str(listed)
    assert run("server", "token", "cabut", listed["id"], *database).code == 0
    refused = run("kirim", "--json")
    assert (refused.code, refused.json["menunggu"]) == (2, 1)
    assert "token" in refused.err.lower()


def test_a_login_page_is_not_our_server(run: Run, ids: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """What answers with a web page ends with exit code 5 and a sentence about logging in."""

    class Portal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html>login")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Portal) as portal:
        thread = threading.Thread(target=portal.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            monkeypatch.setenv("PMM_TUI_SERVER", f"http://127.0.0.1:{portal.server_port}")
            monkeypatch.setenv("PMM_TUI_TOKEN", "x")
            told = run("tarik", *P)
            looked = run("diagnosa", "--json", *P)
        finally:
            portal.shutdown()
            thread.join()
    assert told.code == 5
    assert "login" in told.err
    assert (looked.code, looked.json["server"]["terjangkau"]) == (5, False)


def test_without_a_server_the_sentence_says_where_to_set_it(run: Run, ids: tuple[int, int], places: Locations) -> None:
    """Commands that need a server name the configuration file and end with exit code 2, the plan waiting on; nothing needs none."""
    assert run("kirim").code == 0
    seal(run, places)
    for command in ("kirim", "tarik"):
        told = run(command, "--json", *(P if command == "tarik" else ()))
        assert (told.code, told.json["kode"]) == (2, 2)
        assert f"isi url pada [server] di {places.config_file}" in told.err
    with Store.open(places.database) as store:
        assert store.outbox.counts()["queued"] == 1


def test_diagnosis_tells_everything_but_secrets(run: Run, alive: Alive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The diagnosis has versions, paths, the database's check, the server, the clocks and the proxy; no token, name or number."""
    assert run("tarik", *P).code == 0
    monkeypatch.setenv("HTTPS_PROXY", "http://budi:rahasia-proxy@10.255.255.1:3128")
    told = run("diagnosa", "--json", *P)
    assert told.code == 0, told.err
    found = told.json
    assert {"pmm-tui", "python", "sqlite", "textual", "httpx"} <= set(found["versi"])
    assert (found["basis_data"]["baik"], found["basis_data"]["guru"]) == (True, 2)
    assert found["basis_data"]["katalog"] == "server"
    assert (found["server"]["terjangkau"], found["server"]["token_ada"]) == (True, True)
    assert abs(found["server"]["beda_jam_detik"]) <= 2
    assert found["tempat"]["data"].startswith("~")
    text = told.out + run("diagnosa", *P).out
    for secret in (os.environ["PMM_TUI_TOKEN"], SITI.nip, BUDI.nuptk, "Neil", "Ani", "rahasia-proxy", str(Path.home())):
        assert secret not in text


def test_diagnosis_goes_on_past_what_fails(
    run: Run, ids: tuple[int, int], places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken configuration and a server that is not there are told beside the rest, and the exit code is the first fault's."""
    places.config_folder.mkdir(parents=True)
    places.config_file.write_text("= rusak")
    told = run("diagnosa", "--json")
    assert told.code == 2
    assert "galat" in told.json["konfigurasi"]
    places.config_file.unlink()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("PMM_TUI_SERVER", f"http://127.0.0.1:{port}")
    told = run("diagnosa", "--json", *P)
    assert (told.code, told.json["basis_data"]["baik"], told.json["server"]["terjangkau"]) == (5, True, False)


def test_loading_teachers_alone_keeps_the_schools_profile(run: Run, alive: Alive, tmp_path: Path) -> None:
    """`server sekolah --guru` alone leaves name and head as they are, and loading again changes nothing."""
    told = run("server", "sekolah", "--npsn", NPSN, "--guru", tmp_path / "guru.csv", "--database", alive.database)
    assert (told.code, "2 sama" in told.err) == (0, True)
    assert run("tarik", *P).code == 0
    with Store.open(Path(os.environ["PMM_TUI_DATA"]) / "pmm-tui.db") as store:
        reference = store.reference.get("sekolah")
    assert reference is not None
    assert "Ñuñez".encode() in reference.body


@pytest.mark.parametrize(
    ("profile", "part"),
    [("nama = 3", "harus teks"), ("jenjan = 'SMP'", '"jenjang"'), ('[rapor."2026"]\ncapain = {}', '"capaian"'), ("= x", "TOML")],
)
def test_a_wrong_profile_is_told(run: Run, tmp_path: Path, profile: str, part: str) -> None:
    """A school's profile with a mistake is refused with its key."""
    file = tmp_path / "sekolah.toml"
    file.write_text(profile)
    told = run("server", "sekolah", "--npsn", NPSN, "--profil", file, "--database", tmp_path / "s.db")
    assert told.code == 1
    assert part in told.err


def test_the_servers_log_names_nobody(run: Run, places: Locations, alive: Alive) -> None:
    """What the server tells while plans arrive holds no name, number or token."""
    assert run("tarik", *P).code == 0
    seal(run, places)
    assert run("kirim").code == 0
    code, told = alive.stop()
    assert code == 0
    assert "/v1/rencana" in told
    for secret in (SITI.nip, BUDI.nuptk, "Neil", os.environ["PMM_TUI_TOKEN"]):
        assert secret not in told


@pytest.mark.parametrize(
    "arguments", [("--npsn", "12", "--peran", "operator"), ("--npsn", NPSN, "--peran", "operator", "--berlaku", "0")]
)
def test_a_token_for_nobody_is_refused(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A wrong NPSN or number of days gives a sentence, no token, and exit code 1."""
    told = run("server", "token", "buat", *arguments, "--database", tmp_path / "s.db")
    assert (told.code, told.out) == (1, "")
    assert told.err.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_interrupted_while_sending(run: Run, ids: tuple[int, int], places: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C while the server keeps silent ends with 130 and no traceback; the plan counts as unknown and will be sent again."""
    seal(run, places)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(30)
        monkeypatch.setenv("PMM_TUI_SERVER", f"http://127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setenv("PMM_TUI_TOKEN", "x")
        sending = subprocess.Popen([sys.executable, "-m", "pmm_tui", "kirim"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        connection, _ = silent.accept()
        with connection:
            assert b"GET /v1/sekolah" in connection.recv(65536)  # whose token it is, before anything is sent
            body = b'{"npsn": "20512345"}'
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
            )
            assert b"POST /v1/rencana" in connection.recv(65536)
            sending.send_signal(signal.SIGINT)
            _, told = sending.communicate(timeout=30)
    assert (sending.returncode, told) == (130, b"Dihentikan.\n")
    with Store.open(places.database) as store:
        counts = store.outbox.counts()
    assert (counts["unknown"], counts["sent"]) == (1, 0)
