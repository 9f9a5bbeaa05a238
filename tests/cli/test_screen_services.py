"""What the screen is given from outside, with a real store and a server in memory."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.output import Output
from pmm_tui.cli.practice_services import PracticeServices
from pmm_tui.cli.screen_services import ScreenServices
from pmm_tui.config import Config, LookConfig, ServerConfig, read_config, write_config
from pmm_tui.errors import ConfigError, InputError, StorageError
from pmm_tui.locations import Locations, locate
from pmm_tui.practice.process import PracticeServer
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.plan_file import read_plan_file
from pmm_tui.store import Store
from pmm_tui.store.file import copies
from pmm_tui.tui.look_values import LookChoice, LookOptions
from pmm_tui.tui.ports import Settings
from tests.cli.conftest import COMPLETE, SITI
from tests.cli.fake_server import NPSN, FakeServer
from tests.sync.world import answer, problem

pytestmark = pytest.mark.anyio
COMPLETE_SETTINGS = Settings(
    url=" https://pmm.sekolah.sch.id ",
    npsn=" 20512345 ",
    school_name=" SMP 1 ",
    jenjang="SMP",
    kepala=" Nur ",
    kepala_nip="19690312 199403 2 001",
    plt=True,
)


class World:
    """The services over a store, a clock that can be set, and the streams that nothing should come out of."""

    def __init__(self, store: Store) -> None:
        self.at = datetime.now(UTC)
        self.stdout, self.stderr = io.StringIO(), io.StringIO()
        self.context = RunContext(
            env=os.environ, locations=locate(os.environ), out=Output(self.stdout, self.stderr), periode="", now=lambda: self.at
        )
        self.services = ScreenServices(self.context, store)
        self.store = store


@pytest.fixture
def world(places: Locations) -> Iterator[World]:
    """A store with nobody in it."""
    with Store.open(places.database) as store:
        made = World(store)
        yield made
        assert (made.stdout.getvalue(), made.stderr.getvalue()) == ("", "")


def seal(world: World) -> int:
    """Seal Siti's plan; its number in the outbox."""
    world.store.roster.write([SITI])
    (siti,) = world.store.roster.all()
    return world.store.outbox.seal(siti, "2026", COMPLETE, 1, world.at).id


async def send(world: World, *, forced: bool = True):
    """Send without anybody who stops it."""
    progress: list[tuple[int, int]] = []
    found = await world.services.send(lambda: False, lambda done, of: progress.append((done, of)), forced)
    return found, progress


# ---- reference data


async def test_a_period_is_chosen_and_kept(world: World, places: Locations) -> None:
    """The chosen period is in force at once and next time; every period is offered with its scheme."""
    offered = world.services.periods()
    assert [p.id for p, _ in offered] == [p.id for p in bundled().periode]
    labels = {p.id: label for p, label in offered}
    assert labels["2026"] == bundled().skema_periode("2026").label
    assert labels["2025"] == bundled().skema_periode("2025").label  # over, so its dates no longer matter
    assert labels["2027"] == f"{labels['2026']} · tanggalnya belum pasti"
    write_config(places.config_file, Config(tampilan=LookConfig(ascii=True)))
    world.services.switch_period("2025")
    in_force = world.services.in_force()
    assert in_force.periode == "2025"
    assert in_force.katalog.find_periode("2025") is not None
    assert read_config(places.config_file) == Config(periode="2025", tampilan=LookConfig(ascii=True))


async def test_clock_and_server_are_those_of_the_run(world: World, server: FakeServer) -> None:
    """The services have the run's own clock, and name the server without its scheme."""
    assert world.services.now() == world.at
    assert world.services.today() == world.at.astimezone().date()
    assert world.services.server() == "pmm.sekolah.sch.id"


async def test_the_records_are_guarded(world: World, places: Locations) -> None:
    """A sound database is copied for today and nothing is said; what only the log has is said with the way to mend it."""
    seal(world)
    assert await world.services.check_records() == ""
    assert len(copies(places.database)) == 1
    world.store.database.call(lambda: world.store.database.connection.execute("DELETE FROM kiriman"))
    assert (await world.services.check_records()).endswith(". Tutup program, lalu jalankan: pmm-tui pulihkan.")


# ---- fetching


async def test_fetching_is_due_once_a_day(world: World, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is due at first, after a day, with another server or period, and when the clock was set back; without a server never."""
    services = world.services
    services.switch_period("2026")
    assert services.fetch_due()
    assert (await services.pull()).ok
    assert not services.fetch_due()
    start = world.at
    for hours, due in ((23.9, False), (24, True), (-1, True)):
        world.at = start + timedelta(hours=hours)
        assert services.fetch_due() is due, hours
    world.at = start
    services.switch_period("2025")
    assert services.fetch_due()
    services.switch_period("2026")
    assert not services.fetch_due()
    for memo in ("x", "null", "[]", "{}", '{"waktu": "kemarin", "periode": "2026", "server": "pmm.sekolah.sch.id"}'):
        world.store.reference.set_memo("tarik", memo)
        assert services.fetch_due(), memo


async def test_a_server_of_another_name_is_asked_anew(world: World, server: FakeServer) -> None:
    """What was fetched from one server says nothing about another; without any there is nothing to fetch."""
    services = world.services
    assert (await services.pull()).ok
    services.save(msgspec.structs.replace(COMPLETE_SETTINGS, token="x"))
    memo = msgspec.json.decode(world.store.reference.memo("tarik") or "")
    assert set(memo) == {"waktu", "periode", "server"}
    world.store.reference.set_memo("tarik", msgspec.json.encode(memo | {"server": "lain.sch.id"}).decode())
    assert services.fetch_due()


async def test_fetching_says_what_came(world: World, server: FakeServer) -> None:
    """What is new is a sentence, and the teachers are in the roster; a fetch that failed is no reason not to try again soon."""
    world.services.switch_period("2026")
    found = await world.services.pull()
    assert (found.sentence, found.ok) == ("Dari server: data sekolah, 2 guru baru, Rapor Pendidikan, katalog.", True)
    assert len(world.store.roster.all()) == 2
    assert world.services.in_force().rapor.capaian == {"aktivitas-interaktif": "kurang"}
    assert world.services.in_force().sekolah.npsn == NPSN
    world.at += timedelta(days=2)
    server.trouble["/v1/status"] = httpx.ConnectError("no")
    again = await world.services.pull()
    assert not again.ok
    assert again.sentence
    assert world.services.fetch_due()


async def test_without_a_server_or_token_the_sentence_leads_to_the_settings(
    world: World, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither fetching nor sending asks anybody; each says what to fill in."""
    monkeypatch.delenv("PMM_TUI_TOKEN")
    with pytest.raises(ConfigError, match=r"Token server belum ada; isi di Pengaturan \(F7\)"):
        await world.services.pull()
    seal(world)
    with pytest.raises(ConfigError, match=r"Token server belum ada; isi di Pengaturan \(F7\)"):
        await send(world)
    monkeypatch.delenv("PMM_TUI_SERVER")
    without = World(world.store)
    fetched = await without.services.pull()
    assert (fetched.sentence, fetched.ok) == ("Server belum diatur; isi di Pengaturan (F7).", False)
    sent, _ = await send(without)
    assert (sent.sentence, sent.ok) == ("Server belum diatur (F7); rencana aman di komputer ini.", False)
    assert sent.retry_in is None
    assert not without.services.fetch_due()
    assert without.services.server() == ""
    assert server.asked == []


async def test_a_token_of_the_file_will_do(world: World, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetching and trying work with the token that was saved, without one in the environment."""
    monkeypatch.delenv("PMM_TUI_TOKEN")
    world.context.save_token("dari-berkas")
    assert (await world.services.pull()).ok
    assert (await world.services.try_connection(COMPLETE_SETTINGS)).ok
    assert {request.headers.get("authorization") for request in server.asked} == {None, "Bearer dari-berkas"}


# ---- sending


async def test_what_was_sent_is_said(world: World, server: FakeServer) -> None:
    """The sum is a sentence, progress is told, and nothing waits any more."""
    seal(world)
    found, progress = await send(world)
    assert (found.sentence, found.ok, found.retry_in) == ("1 terkirim.", True, None)
    assert progress[-1] == (1, 1)
    assert world.store.outbox.counts()["sent"] == 1
    found, _ = await send(world)
    assert (found.sentence, found.ok, found.retry_in) == ("Kotak Kirim kosong.", True, None)


async def test_what_waits_is_looked_at_again(world: World, server: FakeServer) -> None:
    """After trouble it says how long to wait: as the server wishes, or a minute where nobody said.

    A second press goes through the server's wish.
    """
    seal(world)
    server.trouble["/v1/rencana"] = answer({}, 503, "application/problem+json", retry_after="1000")
    found, _ = await send(world)
    assert not found.ok
    assert found.retry_in is not None
    assert 1000 <= found.retry_in <= 1200
    asked = len(server.asked)
    patient, _ = await send(world, forced=False)
    assert len(server.asked) == asked
    assert not patient.ok
    pressed, _ = await send(world)
    assert (len(server.asked), pressed.ok, pressed.asked_to_wait) == (asked, False, True)
    assert pressed.sentence.endswith("Tekan Kirim sekali lagi untuk mengirim sekarang.")
    server.trouble["/v1/rencana"] = answer({}, 503, "application/problem+json", retry_after="1000")
    await world.services.send(lambda: False, lambda *_: None, True, True)
    assert len(server.asked) == asked + 1
    world.at += timedelta(seconds=1300)
    server.trouble["/v1/rencana"] = problem(401)
    refused, _ = await send(world, forced=False)
    assert "token" in refused.sentence
    assert refused.retry_in is not None
    assert refused.retry_in > 0


async def test_stopping_a_run(world: World, server: FakeServer) -> None:
    """Whoever stops it before a batch sends nothing; the plan waits on, and is looked at a minute later."""
    seal(world)
    found = await world.services.send(lambda: True, lambda *_: None, True)
    assert (found.ok, found.retry_in) == (False, 60.0)
    assert world.store.outbox.counts()["queued"] == 1
    assert server.taken.batches == []


# ---- settings


async def test_settings_are_kept_and_shown_without_the_token(world: World, places: Locations) -> None:
    """What was typed is trimmed and kept with what else the file says; the token goes to its own file and is never shown."""
    write_config(places.config_file, Config(periode="2025", server=ServerConfig(waktu_baca=7)))
    services = world.services
    services.save(msgspec.structs.replace(COMPLETE_SETTINGS, token=" rahasia "))
    kept = read_config(places.config_file)
    assert (kept.server.url, kept.server.waktu_baca, kept.periode) == ("https://pmm.sekolah.sch.id", 7, "2025")
    assert (kept.sekolah.npsn, kept.sekolah.nama, kept.sekolah.jenjang) == (NPSN, "SMP 1", "SMP")
    kepala = kept.sekolah.kepala_sekolah
    assert (kepala.nama, kepala.nip, kepala.plt) == ("Nur", "196903121994032001", True)
    assert places.token_file.read_text().strip() == "rahasia"
    shown = services.settings()
    assert shown == Settings(
        url="https://pmm.sekolah.sch.id",
        npsn=NPSN,
        school_name="SMP 1",
        jenjang="SMP",
        kepala="Nur",
        kepala_nip="196903121994032001",
        plt=True,
    )
    services.save(msgspec.structs.replace(shown, school_name="SMP 2", atasan=" Drs. Budi ", atasan_nip="19700101 199501 1 001"))
    above = read_config(places.config_file).sekolah.atasan
    assert (above.nama, above.nip) == ("Drs. Budi", "197001011995011001")
    assert services.settings().atasan_nip == above.nip
    assert places.token_file.read_text().strip() == "rahasia"
    assert services.settings().school_name == "SMP 2"


async def test_settings_are_tried_before_they_are_kept(world: World, server: FakeServer, places: Locations) -> None:
    """The new address and token are tried, nothing is written; the school that answers is named."""
    found = await world.services.try_connection(COMPLETE_SETTINGS)
    assert (found.sentence, found.ok) == ("Tersambung: SMP Negeri 1 Ñuñez.", True)
    assert {request.headers.get("authorization") for request in server.asked} == {None, "Bearer rahasia-KENARI-123"}
    await world.services.try_connection(msgspec.structs.replace(COMPLETE_SETTINGS, token=" baru ", npsn=""))
    assert server.asked[-1].headers["authorization"] == "Bearer baru"
    assert not places.config_file.exists()


@pytest.mark.parametrize(
    ("change", "sentence", "ok"),
    [
        (
            lambda s: s.trouble.update({"/v1/status": httpx.ConnectError("no")}),
            "Belum ada sambungan ke pmm.sekolah.sch.id. Akan dicoba lagi.",
            False,
        ),
        (
            lambda s: s.trouble.update({"/v1/sekolah": problem(401)}),
            "Server tidak mengenal token ini; mintalah token baru kepada pengelola server dan isi di pengaturan.",
            False,
        ),
        (lambda s: s.documents["/v1/sekolah"].update(nama=""), f"Tersambung: NPSN {NPSN}.", True),
        (lambda s: s.documents.update({"/v1/sekolah": []}), "Tersambung: NPSN .", True),
        (lambda s: s.documents["/v1/sekolah"].update(npsn=""), "Tersambung: SMP Negeri 1 Ñuñez.", True),
        (
            lambda s: s.documents["/v1/sekolah"].update(npsn="69900001"),
            f"Token ini milik SMP Negeri 1 Ñuñez (NPSN 69900001), bukan NPSN {NPSN}; minta token sekolah Anda.",
            False,
        ),
        (
            lambda s: setattr(s, "ahead", 400.0),
            "Tersambung: SMP Negeri 1 Ñuñez. Jam komputer ini 7 menit lebih lambat dari server; perbaiki.",
            True,
        ),
        (lambda s: setattr(s, "ahead", 290.0), "Tersambung: SMP Negeri 1 Ñuñez.", True),
        (
            lambda s: setattr(s, "ahead", -400.0),
            "Tersambung: SMP Negeri 1 Ñuñez. Jam komputer ini 7 menit lebih cepat dari server; perbaiki.",
            True,
        ),
    ],
)
async def test_what_a_trial_says(world: World, server: FakeServer, change, sentence: str, ok: bool) -> None:
    """Who is there, whose the token is, and whether the clocks agree; what fails is told in the trouble's own words."""
    change(server)
    found = await world.services.try_connection(COMPLETE_SETTINGS)
    assert (found.sentence, found.ok) == (sentence, ok)


async def test_what_a_trial_needs(world: World, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an address or a token nobody is asked; the field that is missing is named."""
    with pytest.raises(ConfigError, match="Alamat server belum diisi") as error:
        await world.services.try_connection(Settings(token="x"))
    assert error.value.key == "server.url"
    monkeypatch.delenv("PMM_TUI_TOKEN")
    with pytest.raises(ConfigError, match="Token server belum diisi") as error:
        await world.services.try_connection(msgspec.structs.replace(COMPLETE_SETTINGS, token="  "))
    assert error.value.key == "token"
    assert server.asked == []


async def test_a_trial_names_the_setting_that_is_wrong(world: World, server: FakeServer) -> None:
    """Of what will be the same next time; trouble of the network names none."""
    for trouble, key in ((problem(401), "token"), (problem(404), "server.url"), (httpx.ConnectError("no"), "")):
        server.trouble["/v1/status"] = trouble
        found = await world.services.try_connection(COMPLETE_SETTINGS)
        assert (found.ok, found.key) == (False, key)


async def test_a_look_is_kept_beside_all_the_rest(world: World, places: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written at once, the old key for the thrifty look gives way, and what the terminal cannot show stays out of it."""
    write_config(
        places.config_file, Config(periode="2025", tampilan=LookConfig(hemat=True, selisih=False), tombol={"saring": "alt+s"})
    )
    world.context.config = read_config(places.config_file)
    services = world.services
    assert services.look() == LookChoice(tingkat="hemat")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    options = services.save_look(LookChoice(tingkat="penuh", tema="terang", mouse=True, pratinjau=False))
    assert options == LookOptions(theme="terang", thrifty=False, lean=False, mouse=True, check_mark=True, preview=False)
    kept = read_config(places.config_file)
    assert kept == Config(
        periode="2025",
        tampilan=LookConfig(tingkat="penuh", tema="terang", selisih=False, mouse=True, pratinjau=False),
        tombol={"saring": "alt+s"},
    )
    assert services.look() == LookChoice(tingkat="penuh", tema="terang", mouse=True, pratinjau=False)
    monkeypatch.setenv("TERM", "linux")
    assert services.save_look(LookChoice(tema="terang")).theme == "ansi"


async def test_a_look_of_the_first_run_is_kept_with_the_settings(
    world: World, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until something was saved there is no configuration, and the next start is a first run again."""
    monkeypatch.delenv("PMM_TUI_SERVER", raising=False)
    services = ScreenServices(world.context, world.store, look=LookConfig())
    services.save_look(LookChoice(tema="terang"))
    assert not places.config_file.exists()
    services.save(Settings(npsn=NPSN))
    assert read_config(places.config_file).tampilan == LookConfig(tema="terang")


async def test_practice_writes_no_look(world: World, places: Locations, tmp_path: Path) -> None:
    """It is that of work, and changes until practice ends."""
    write_config(places.config_file, Config(periode="2025"))
    services = PracticeServices(world.context, world.store, PracticeServer(tmp_path, False), look=LookConfig(tema="terang"))
    assert services.look().tema == "terang"
    assert services.save_look(LookChoice(tingkat="hemat")).thrifty
    assert services.look().tingkat == "hemat"
    assert read_config(places.config_file) == Config(periode="2025")


# ---- files


async def test_the_last_resort_is_a_file_that_can_be_imported(world: World, places: Locations) -> None:
    """A plan that the records cannot take is written where exports go, privately, under a name of its own."""
    world.store.roster.write([SITI])
    (siti,) = world.store.roster.all()
    path = world.services.save_emergency_copy(siti, "2026", COMPLETE)
    assert path == places.export_folder / f"darurat-{siti.id}-2026-{world.at:%Y%m%d-%H%M%S}.toml"
    read = read_plan_file(path.read_text("utf-8"), path.name, bundled())
    assert (read.rencana, read.periode, read.pegawai.nip) == (COMPLETE, "2026", SITI.nip)
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


async def test_the_last_resort_goes_to_the_home_folder_where_it_must(
    world: World, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where exports cannot be written the home folder takes it; where that cannot either, a sentence says so."""
    places.export_folder.parent.mkdir(parents=True, exist_ok=True)
    places.export_folder.write_text("bukan folder")
    assert world.services.save_emergency_copy(SITI, "2026", COMPLETE).parent == Path.home()
    monkeypatch.setattr(Path, "home", lambda: places.export_folder)
    with pytest.raises(StorageError, match="Berkas darurat pun tidak dapat ditulis"):
        world.services.save_emergency_copy(SITI, "2026", COMPLETE)


async def test_a_bug_leaves_a_report_where_it_can(world: World, places: Locations) -> None:
    """The report has no values in it; where none can be written there is none, and no further fault."""
    path = world.services.report_bug(ValueError("rahasia"))
    assert path is not None
    assert path.parent == places.report_folder
    assert "rahasia" not in path.read_text("utf-8")
    for file in places.report_folder.iterdir():
        file.unlink()
    places.report_folder.rmdir()
    places.report_folder.write_text("bukan folder")
    assert world.services.report_bug(ValueError("x")) is None


async def test_a_roster_that_is_not_there(world: World, tmp_path: Path) -> None:
    """A file that cannot be read is told as on the command line."""
    with pytest.raises(InputError):
        world.services.read_roster(tmp_path / "tidak-ada.xlsx")
