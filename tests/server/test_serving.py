"""Running the server: starting, stopping, being killed, and what it writes down."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import ssl
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from pmm_tui.address import is_loopback
from pmm_tui.errors import CorruptError, NewerSchemaError, PmmError, ReadOnlyError, StorageError, UsageError
from pmm_tui.server.engine import Database
from pmm_tui.server.serve import serve
from pmm_tui.server.tokens import create_token
from tests.server.sample_school import NIP, NUPTK, MakeSekolah, RunningServer, SampleSchool, envelope

PROGRAM = """
import sys
from pmm_tui.server.serve import serve
tell = lambda text: print(text, flush=True)
serve("127.0.0.1", 0, sys.argv[1], on_ready=tell, log=lambda line: print(line, file=sys.stderr))
tell("stopped")
"""


class Process:
    """The server as a process of its own."""

    def __init__(self, database: str) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, database],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert self.popen.stdout is not None
        self.url = self.popen.stdout.readline().strip()
        assert self.url.startswith("http://127.0.0.1:")

    def end(self, number: signal.Signals) -> tuple[str, str]:
        """Send a signal; return what it still wrote."""
        self.popen.send_signal(number)
        return self.popen.communicate(timeout=20)


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_stops_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """On SIGINT and SIGTERM `serve` returns, also with an idle connection open, and stdout holds nothing of its own."""
    running = Process(str(tmp_path / "s.db"))
    with httpx.Client(base_url=running.url, trust_env=False) as client:
        assert client.get("/v1/status").status_code == 200
        out, err = running.end(number)
    assert running.popen.returncode == 0
    assert out == "stopped\n"
    assert "Traceback" not in err


@pytest.mark.skipif(os.name != "posix", reason="kill -9 as POSIX has it")
def test_receipts_survive_kill(tmp_path: Path) -> None:
    """Killed by SIGKILL while eight connections post, the server still knows every receipt that it gave."""
    url = str(tmp_path / "s.db")
    token = create_token(url, "20512345", "operator")
    headers = {"Authorization": f"Bearer {token}"}
    given: dict[bytes, str] = {}
    for round_number in range(3):
        running = Process(url)
        enough = threading.Semaphore(0)

        def post(
            serial: int, round_number: int = round_number, running: Process = running, enough: threading.Semaphore = enough
        ) -> None:
            with httpx.Client(base_url=running.url, headers=headers, trust_env=False, timeout=20) as client:
                for revision in range(1, 1_000):
                    teacher = {"nuptk": f"7351{round_number:04}{serial:04}0264", "nama": "Guru"}
                    line = envelope(teacher, revision, revision - 1)
                    try:
                        (result,) = client.post("/v1/rencana", content=line).json()["hasil"]
                    except (httpx.TransportError, ValueError):
                        return
                    assert result["keadaan"] == "tersimpan"
                    given[line] = result["tanda_terima"]
                    enough.release()

        with ThreadPoolExecutor(8) as threads:
            posting = [threads.submit(post, serial) for serial in range(8)]
            for _ in range(40):
                assert enough.acquire(timeout=30)
            running.end(signal.SIGKILL)
            for one in posting:
                one.result()
    assert len(given) >= 120
    last = Process(url)
    with httpx.Client(base_url=last.url, headers=headers, trust_env=False) as client:
        for line, receipt in given.items():
            (result,) = client.post("/v1/rencana", content=line).json()["hasil"]
            assert (result["keadaan"], result["tanda_terima"]) == ("sudah-ada", receipt)
    last.end(signal.SIGTERM)
    with closing(sqlite3.connect(url)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_was_stored_is_there_after_a_restart(start_server, make_sekolah: MakeSekolah) -> None:
    """A stopped server's database serves the same school, tokens and receipts again."""
    first = start_server()
    sekolah = make_sekolah(server=first)
    result = sekolah.store()
    first.stop()
    again = RunningServer(Path(first.database).parent)
    try:
        answer = httpx.post(
            f"{again.url}/v1/rencana",
            content=envelope({"nip": NIP, "nama": "Budi Santoso"}),
            headers={"Authorization": f"Bearer {sekolah.token}"},
            trust_env=False,
        )
        assert answer.json()["hasil"] == [result | {"keadaan": "sudah-ada"}]
    finally:
        again.stop()


def test_log_has_one_line_a_request_without_personal_data(start_server, make_sekolah: MakeSekolah) -> None:
    """A canary token, NIP, NUPTK, name, id and NPSN driven through every kind of answer is in no line of the log."""
    running: RunningServer = start_server()
    sekolah: SampleSchool = make_sekolah(server=running)
    sent = {"nip": NIP, "nuptk": NUPTK, "nama": "Kenari Rahasia"}
    sekolah.store(sent)
    id = sekolah.ids()["Kenari Rahasia"]
    sekolah.post(envelope(sent), envelope(sent, 1, 0, rangkuman={}), b"Kenari " + NIP.encode())
    sekolah.http.get(f"/v1/rencana/2026/{id}", params={"nama": "Kenari Rahasia", "token": sekolah.token})
    sekolah.http.get(f"/Kenari/{NIP}")
    sekolah.http.request("KENARI", f"/v1/rencana/{NIP}/{id}")
    sekolah.http.get("/v1/sekolah", headers={"Authorization": f"Basic {sekolah.token}", "User-Agent": "Kenari"})
    sekolah.decide(id, 1, "kembalikan", "Kenari Rahasia")
    running.stop()
    assert len(running.lines) == 8
    assert running.lines[0].split()[1:4] == ["POST", "/v1/rencana", "200"]
    assert [line.split()[2] for line in running.lines[3:6]] == ["/v1/rencana/{periode}/{id}", "-", "-"]
    whole = "\n".join(running.lines)
    for secret in (sekolah.token, sekolah.token_kepala, NIP, NUPTK, "Kenari", "KENARI", id, sekolah.npsn, "127.0.0.1"):
        assert secret not in whole


def test_log_that_fails_costs_no_answer(start_server, make_sekolah: MakeSekolah) -> None:
    """When the log cannot be written (a full disk, a closed pipe) requests are answered all the same."""

    def full(line: str) -> None:
        raise OSError("No space left on device")

    sekolah = make_sekolah(server=start_server(log=full))
    assert sekolah.store()["keadaan"] == "tersimpan"
    assert sekolah.http.get("/nope").status_code == 404


@pytest.mark.skipif(os.name != "posix", reason="file modes as POSIX has them")
def test_database_files_are_private(start_server, make_sekolah: MakeSekolah) -> None:
    """Database, WAL and shared memory are readable by their owner alone, also when the file was there with a wider mode."""
    running: RunningServer = start_server()
    make_sekolah(server=running).store()
    files = list(Path(running.database).parent.iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    running.stop()
    Path(running.database).chmod(0o644)
    Database(running.database).close()
    assert stat.S_IMODE(Path(running.database).stat().st_mode) == 0o600


def test_writes_reach_the_disk_before_the_receipt(tmp_path: Path) -> None:
    """Every connection runs in WAL with synchronous=FULL."""
    with closing(Database(str(tmp_path / "s.db"))) as database, database.read() as conn:
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert conn.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


# ---- starting


def test_taken_port_is_said_in_words(server: RunningServer, tmp_path: Path) -> None:
    """A port that is taken is a sentence with the port and the next step, and no database is made."""
    with pytest.raises(PmmError, match=rf"Port {server.port} di 127.0.0.1 sudah dipakai .*--port"):
        serve("127.0.0.1", server.port, str(tmp_path / "baru.db"))
    assert not (tmp_path / "baru.db").exists()


@pytest.mark.parametrize(("host", "port"), [("a..b", 0), ("127.0.0.1", 70_000)])
def test_wrong_address_is_said_in_words(tmp_path: Path, host: str, port: int) -> None:
    """An address or port that does not exist is a usage error."""
    with pytest.raises(UsageError):
        serve(host, port, str(tmp_path / "s.db"))


def test_unreadable_certificate_is_said_in_words(tmp_path: Path) -> None:
    """A certificate that is none, missing, or without its key, is a usage error."""
    junk = tmp_path / "junk.pem"
    junk.write_text("bukan sertifikat")
    for certificate, key in ((junk, junk), (tmp_path / "tidak-ada.pem", junk), (junk, None)):
        with pytest.raises(UsageError):
            serve("127.0.0.1", 0, str(tmp_path / "s.db"), tls_certificate=certificate, tls_key=key)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
def test_tls(tmp_path: Path) -> None:
    """With certificate and key the server speaks https; plain http on that port gets no answer."""
    certificate, key = tmp_path / "sertifikat.pem", tmp_path / "kunci.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*command.split(), "-out", certificate, "-keyout", key], check=True, capture_output=True)
    running = RunningServer(tmp_path, tls_certificate=certificate, tls_key=key)
    try:
        assert running.url.startswith("https://127.0.0.1:")
        trusted = ssl.create_default_context(cafile=certificate)
        with httpx.Client(base_url=running.url, verify=trusted, trust_env=False) as client:
            assert client.get("/v1/status").json()["service"] == "pmm"
        with pytest.raises(httpx.TransportError):
            httpx.get(running.url.replace("https", "http") + "/v1/status", trust_env=False)
    finally:
        running.stop()
    assert not any("127.0.0.1" in line for line in running.lines)


def test_open_address_without_tls_is_warned_about(tmp_path: Path) -> None:
    """An address that others can reach, without TLS, is told to whoever starts the server; a loopback one is not."""
    stop = threading.Event()
    stop.set()
    said: list[str] = []
    serve("127.0.0.1", 0, str(tmp_path / "s.db"), stop=stop, say=said.append)
    assert said == []
    serve("0.0.0.0", 0, str(tmp_path / "s.db"), stop=stop, say=said.append)
    assert len(said) == 1
    assert "TLS" in said[0]


def test_loopback_is_judged_by_the_parsed_address() -> None:
    """Loopback is what the address says, not how it begins."""
    assert all(map(is_loopback, ("127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "127.0.0.1.contoh.id", "::", "10.0.0.1", "localhost.contoh.id", "")))


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6")
def test_ipv6_loopback(tmp_path: Path) -> None:
    """The server listens on the IPv6 loopback and tells a URL with brackets."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("no IPv6 loopback here")
    stop, urls = threading.Event(), []

    def ready(url: str) -> None:
        urls.append(url)

    thread = threading.Thread(target=serve, args=("::1", 0, str(tmp_path / "s.db")), kwargs={"on_ready": ready, "stop": stop})
    thread.start()
    try:
        for _ in range(1_000):
            if urls:
                break
            stop.wait(0.02)
        assert httpx.get(f"{urls[0]}/v1/status", trust_env=False).status_code == 200
        assert urls[0].startswith("http://[::1]:")
    finally:
        stop.set()
        thread.join(20)


# ---- the database


@pytest.mark.parametrize(
    ("url", "kind"),
    [("sqlite://", StorageError), ("sqlite:///:memory:", StorageError), ("::/://", StorageError), ("oracle9://x/y", StorageError),
     ("postgresql+tidakada://pengguna:rahasia@komputer/nama", StorageError)],
)  # fmt: skip
def test_database_url_that_cannot_be_used(url: str, kind: type[StorageError]) -> None:
    """An unknown, forgetful or driverless database is refused in words that hold no password."""
    with pytest.raises(kind) as raised:
        Database(url)
    assert "rahasia" not in str(raised.value)


def test_database_file_that_cannot_be_used(tmp_path: Path) -> None:
    """A folder in its place, HTML in its place and a newer schema each have their own error; the file is left as it was."""
    with pytest.raises(ReadOnlyError, match="tidak dapat dibuka"):
        Database(str(tmp_path))
    html = tmp_path / "portal.db"
    html.write_text("<html>" * 500)
    with pytest.raises(CorruptError, match="bukan basis data"):
        Database(str(html))
    assert html.read_text() == "<html>" * 500
    newer = tmp_path / "baru.db"
    Database(str(newer)).close()
    with closing(sqlite3.connect(newer)) as raw, raw:
        raw.execute("UPDATE skema SET versi = 99")
    with pytest.raises(NewerSchemaError, match="lebih baru"):
        Database(str(newer))


def test_sqlite_url_and_path_are_the_same(tmp_path: Path) -> None:
    """A bare path and its sqlite URL open the same file, and missing folders are made."""
    path = tmp_path / "dalam" / "lagi" / "s.db"
    create_token(str(path), "20512345", "operator")
    with closing(Database(f"sqlite:///{path}")) as database, database.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM token").scalar() == 1


def test_two_servers_may_start_at_once(tmp_path: Path) -> None:
    """Opening a fresh database from many threads at once makes it once."""
    with ThreadPoolExecutor(8) as threads:
        for database in threads.map(lambda _: Database(str(tmp_path / "s.db")), range(8)):
            database.close()
    with closing(sqlite3.connect(tmp_path / "s.db")) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        assert raw.execute("SELECT count(*) FROM skema").fetchone() == (1,)
    assert {"skema", "sekolah", "pegawai", "token"} <= tables


def test_making_a_token_does_not_load_the_web_server() -> None:
    """`server token` pays for the database alone."""
    program = (
        "import sys, pmm_tui.server.tokens, pmm_tui.server.engine; print([m for m in ('uvicorn', 'httpx') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True
    )
    assert done.stdout.strip() == "[]"
