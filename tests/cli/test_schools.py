"""Several schools of one operator on one computer: each has its own places, and nothing goes from one to the other."""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

import pytest
from msgspec import structs

import pmm_tui.cli.commands.layar as screen_command
from pmm_tui.cli.context import RunContext
from pmm_tui.cli.output import console
from pmm_tui.cli.parser import build_parser
from pmm_tui.cli.screen_services import ScreenServices
from pmm_tui.command_words import OF_A_SCHOOL, naming_school
from pmm_tui.config import Config, ServerConfig, read_config, write_config
from pmm_tui.errors import ConfigError, UsageError
from pmm_tui.locations import Locations
from pmm_tui.skp.wire import open_envelope
from pmm_tui.store import Store
from pmm_tui.store.file import copies
from pmm_tui.sync.known_school import make_for, owner_of
from pmm_tui.tui.look_values import LookChoice
from tests.cli.conftest import BUDI, COMPLETE, NOW, SITI, Run
from tests.cli.fake_server import NPSN, FakeServer

OTHER, THIRD = "20598765", "20577777"
CHANGES = (
    ("impor", "guru.csv"), ("guru", "tambah", "--nama", "Dedi"), ("ajukan", "--semua-lengkap"), ("rencana", "impor", "a.toml"),
    ("putuskan", "1", "--setujui"), ("antrean", "1"), ("rapor", "isi", "literasi=baik"), ("atasan", "--nama", "Bu Kadis"),
    ("belajar-id", "tandai", "1", "--keadaan", "aktif"), ("beda", "1", "--ambil"), ("pulihkan",),
)  # fmt: skip
READS = (
    ("daftar",), ("periksa",), ("katalog",), ("rapor", "tampil"), ("belajar-id", "tampil"), ("lokasi",), ("cadangan",),
    ("rencana", "ekspor", "--semua", "--ke", "ekspor"),
)  # fmt: skip


@pytest.fixture
def other(run: Run, places: Locations) -> Locations:
    """The places of a second school, with the first one's NPSN known; neither has a teacher."""
    assert run("sekolah", "tambah", NPSN, "--nama", "SMP 1").code == 0
    assert run("sekolah", "tambah", OTHER, "--nama", "SMP 2").code == 0
    return places.for_school(OTHER)


def fill(places: Locations, *, seal: bool = False) -> int:
    """Give a school Siti and her complete plan, sealed if that is asked for; her number."""
    with Store.open(places.database) as store:
        store.roster.write([SITI])
        pegawai = next(p for p in store.roster.all() if p.nip == SITI.nip)
        store.drafts.save(pegawai.id, "2026", COMPLETE, 1, NOW)
        if seal:
            store.outbox.seal(pegawai, "2026", COMPLETE, 1, NOW)
    return pegawai.id


def content(places: Locations) -> tuple[list[str], int, int]:
    """The teachers of a school, and how many drafts and envelopes of 2026 it has."""
    if not places.database.exists():
        return [], 0, 0
    with Store.open(places.database) as store:
        return [p.nama for p in store.roster.all()], len(store.drafts.all("2026")), len(store.outbox.all())


# ---- which school is meant


def test_a_computer_with_one_school_is_as_it_was(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Nobody has to name a school, nothing is told of it, and no folder is made."""
    told = run("daftar", "--json")
    assert (told.code, told.json["semua"]) == (0, 2)
    assert "Sekolah:" not in told.err
    assert not places.schools_folder.exists()
    assert run("guru", "tambah", "--nama", "Dedi", "--tanggal-lahir", "1990-01-01", "--ya").code == 0
    assert not places.schools_folder.exists()


@pytest.mark.parametrize("npsn", ["2059876", "205987655", "2059876A", "", "../../etc"])
def test_a_number_that_is_none_makes_no_school(run: Run, places: Locations, npsn: str) -> None:
    """Neither `--sekolah` nor `tambah` takes it, and no folder comes of it."""
    assert run("sekolah", "tambah", npsn).code == 2
    assert run("daftar", "--sekolah", npsn).code == (2 if npsn else 0)
    assert not places.schools_folder.exists()


def test_a_typing_error_makes_no_school(run: Run, places: Locations, other: Locations) -> None:
    """An unknown number is refused with the known ones and the way to make one, before the command and behind it."""
    for told in (run("--sekolah", THIRD, "daftar"), run("daftar", "--sekolah", THIRD)):
        assert told.code == 2
        for part in (f"SMP 1 (NPSN {NPSN})", f"SMP 2 (NPSN {OTHER})", f"pmm-tui sekolah tambah {THIRD}"):
            assert part in told.err
    assert not places.for_school(THIRD).data_folder.exists()


def test_the_first_school_by_its_number_is_the_same_folder(run: Run, places: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by its configuration, by its server, or noted: never a second record of one school."""
    fill(places)
    places.config_folder.mkdir(parents=True)
    places.config_file.write_text(f'[sekolah]\nnpsn = "{NPSN}"\n')
    assert run("daftar", "--sekolah", NPSN, "--json").json["semua"] == 1
    refused = run("sekolah", "tambah", NPSN)
    assert refused.code == 2
    assert "sudah ada" in refused.err
    assert run("sekolah", "tambah", OTHER).code == 0
    monkeypatch.setenv("PMM_TUI_SEKOLAH", NPSN)
    assert run("daftar", "--json").json["semua"] == 1
    assert not places.for_school(NPSN).data_folder.exists()


def test_a_first_school_without_a_number_has_to_get_one(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Else nobody could name it afterwards; the refusal says how."""
    told = run("sekolah", "tambah", OTHER)
    assert told.code == 2
    assert "F7 Pengaturan" in told.err
    with Store.open(places.database) as store:
        store.reference.put("sekolah", "", b'{"npsn": "20512345", "nama": "SMP Satu"}', NOW)
    assert run("sekolah", "tambah", OTHER, "--json").json["pertama"] is False
    assert [(s["npsn"], s["nama"], s["guru"]) for s in run("sekolah", "daftar", "--json").json["sekolah"]] == [
        (NPSN, "SMP Satu", 2),
        (OTHER, "", None),
    ]


def test_a_trial_adds_nothing(run: Run, places: Locations, other: Locations) -> None:
    """`--uji-coba` says what would be, and the number stays unknown."""
    told = run("sekolah", "tambah", THIRD, "--uji-coba", "--json")
    assert (told.code, told.json["uji_coba"], told.json["npsn"]) == (0, True, THIRD)
    assert run("daftar", "--sekolah", THIRD).code == 2


@pytest.mark.parametrize("command", CHANGES, ids=" ".join)
def test_what_changes_has_to_name_the_school(run: Run, places: Locations, other: Locations, command: tuple[str, ...]) -> None:
    """With several schools it is refused with the known ones, whatever else is wrong with it, and nothing changes."""
    fill(places)
    before = content(places)
    told = run(*command)
    assert told.code == 2
    assert f"SMP 1 (NPSN {NPSN}), SMP 2 (NPSN {OTHER})" in told.err
    assert content(places) == before
    assert content(other) == ([], 0, 0)


@pytest.mark.parametrize("command", READS, ids=" ".join)
def test_what_only_reads_takes_the_first_and_says_so(
    run: Run, places: Locations, other: Locations, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A scheduler's line of the time before goes on."""
    monkeypatch.chdir(tmp_path)
    fill(places)
    told = run(*command)
    assert told.code in (0, 1)
    assert f"Sekolah: SMP 1 (NPSN {NPSN})" in told.err


def test_a_first_number_that_was_mistyped_can_be_put_right(run: Run, places: Locations) -> None:
    """As long as nothing was done under it: taken away and given anew, or in the configuration while it is the only school."""
    assert run("sekolah", "tambah", THIRD).code == 0
    assert run("daftar", "--sekolah", OTHER).code == 2
    assert run("sekolah", "hapus", THIRD).code == 0
    assert run("sekolah", "tambah", NPSN, "--json").json["pertama"] is True
    fill(places)
    assert run("daftar", "--sekolah", NPSN, "--json").json["semua"] == 1
    places.config_folder.mkdir(parents=True)
    places.config_file.write_text(f'[sekolah]\nnpsn = "{OTHER}"\n')
    assert run("daftar", "--sekolah", OTHER, "--json").json["semua"] == 1
    assert run("daftar", "--sekolah", NPSN).code == 2
    assert run("sekolah", "hapus", NPSN).code == 2
    assert run("sekolah", "tambah", NPSN).code == 0
    assert [s["npsn"] for s in run("sekolah", "daftar", "--json").json["sekolah"]] == [OTHER, NPSN]


# ---- nothing crosses


def test_records_configuration_and_files_are_apart(run: Run, places: Locations, other: Locations) -> None:
    """Teachers, the head's rater, copies and what a copy holds: each school has its own."""
    fill(places)
    assert run("guru", "tambah", "--nama", "Cici Asing", "--tanggal-lahir", "1990-03-03", "--ya", "--sekolah", OTHER).code == 0
    assert run("--sekolah", OTHER, "atasan", "--nama", "Bu Kadis").code == 0
    assert run("cadangan", "--sekolah", OTHER).code == 0

    assert content(places)[0] == [SITI.nama]
    assert content(other)[0] == ["Cici Asing"]
    assert read_config(other.config_file).sekolah.atasan.nama == "Bu Kadis"
    assert not places.config_file.exists()
    assert copies(other.database)
    assert all(OTHER in str(path) for path in copies(other.database))
    assert (other.token_file, other.export_folder) != (places.token_file, places.export_folder)
    assert {other.report_folder, other.log_folder} == {places.report_folder, places.log_folder}
    assert other.for_practice() == places.for_practice()


def test_a_plan_is_sealed_for_its_school(run: Run, places: Locations, other: Locations) -> None:
    """The envelope names the school that was named, and lies in its outbox alone."""
    number = fill(other)
    assert run("ajukan", str(number), "--periode", "2026", "--sekolah", OTHER).code == 0
    with Store.open(other.database) as store:
        (entry,) = store.outbox.all()
    assert open_envelope(entry.line).npsn == OTHER
    assert content(places)[2] == 0
    assert (content(other)[2], run("kirim", "--uji-coba", "--sekolah", NPSN, "--json").json["menunggu"]) == (1, 0)


def test_with_another_schools_token_nothing_is_sent(run: Run, places: Locations, other: Locations, server: FakeServer) -> None:
    """The first school's token in the environment: the second school's outbox stays shut, and it is said whose token it is."""
    fill(other, seal=True)
    told = run("kirim", "--sekolah", OTHER)
    assert told.code != 0
    assert f"NPSN {NPSN}" in told.err
    assert [request.method for request in server.asked if request.method == "POST"] == []
    fill(places, seal=True)
    assert run("kirim").code == 0
    assert [request.method for request in server.asked].count("POST") == 1
    assert (content(places)[2], content(other)[2]) == (1, 1)


def test_with_another_schools_token_nothing_is_fetched(run: Run, places: Locations, other: Locations, server: FakeServer) -> None:
    """Not even into a school that has no teacher yet, where there is nothing to compare with but its number."""
    told = run("tarik", "--sekolah", OTHER)
    assert told.code != 0
    assert f"NPSN {NPSN}" in told.err
    assert content(other)[0] == []
    assert run("tarik").code == 0
    assert content(places)[0] == [BUDI.nama, SITI.nama]


def test_another_schools_configuration_is_refused(run: Run, places: Locations, other: Locations, tmp_path: Path) -> None:
    """Named or lying in the school's own place: it is not used, and no record is opened under it."""
    config = tmp_path / "satu.toml"
    config.write_text(f'[sekolah]\nnpsn = "{NPSN}"\n')
    told = run("daftar", "--sekolah", OTHER, "--config", config)
    assert told.code == 2
    assert OTHER in told.err
    assert not other.database.exists()
    other.config_folder.mkdir(parents=True)
    shutil.copy(config, other.config_file)
    assert run("daftar", "--sekolah", OTHER).code == 2
    assert run("daftar", "--sekolah", NPSN, "--config", config).code == 0


def test_a_data_folder_that_was_copied_over_another_school_is_not_opened(run: Run, places: Locations, other: Locations) -> None:
    """The records say whose they are, once there are several schools."""
    fill(places)
    assert run("daftar").code == 0  # from now on they are the first school's
    shutil.copy(places.database, other.database)
    told = run("daftar", "--sekolah", OTHER)
    assert told.code == 2
    assert f"NPSN {NPSN}" in told.err
    with Store.open(other.database) as store:
        assert owner_of(store) == NPSN


@pytest.mark.parametrize("yes", [(), ("--ya",)])
def test_a_copy_of_another_school_is_not_restored(
    run: Run, places: Locations, other: Locations, tmp_path: Path, yes: tuple[str, ...]
) -> None:
    """Neither into a school with records nor into an empty one; `--ya` does not mean that, and nothing is changed."""
    fill(places)
    assert run("cadangan", tmp_path / "satu.db").code == 0
    told = run("pulihkan", tmp_path / "satu.db", "--sekolah", OTHER, *yes)
    assert told.code == 1
    assert f"cadangan sekolah NPSN {NPSN}" in told.err
    assert not other.database.exists()
    fill(other)
    assert run("pulihkan", tmp_path / "satu.db", "--sekolah", OTHER, *yes).code == 1
    assert list(other.data_folder.glob(".pmm-tui-periksa-*")) == []
    assert run("pulihkan", tmp_path / "satu.db", "--sekolah", NPSN, "--ya").code == 0


def test_a_copy_of_another_school_is_not_restored_on_a_computer_with_one(
    run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path
) -> None:
    """Also where nobody ever named a school, when both are known."""
    with Store.open(places.database) as store:
        store.reference.put("sekolah", "", b'{"npsn": "20512345"}', NOW)
    with Store.open(tmp_path / "lain.db") as store:
        store.roster.write([BUDI])
        make_for(store, OTHER)
    told = run("pulihkan", tmp_path / "lain.db", "--ya")
    assert told.code == 1
    assert f"cadangan sekolah NPSN {OTHER}, bukan NPSN {NPSN}" in told.err


def test_two_schools_can_be_open_at_once(run: Run, places: Locations, other: Locations) -> None:
    """The lock is each school's own."""
    fill(places)
    with Store.open(other.database):
        assert run("guru", "tambah", "--nama", "Dedi", "--tanggal-lahir", "1990-01-01", "--ya", "--sekolah", NPSN).code == 0
        assert run("guru", "tambah", "--nama", "Dedi", "--ya", "--sekolah", OTHER).code == 3


# ---- one less, and what is told


def test_only_an_empty_school_is_taken_away(run: Run, places: Locations, other: Locations) -> None:
    """One that was added by mistake; never the first, and none with a teacher."""
    assert run("sekolah", "hapus", NPSN).code == 2
    fill(other)
    assert run("sekolah", "hapus", OTHER).code == 2
    assert content(other)[0] == [SITI.nama]
    assert run("sekolah", "tambah", THIRD).code == 0
    assert run("sekolah", "hapus", THIRD).code == 0
    assert [s["npsn"] for s in run("sekolah", "daftar", "--json").json["sekolah"]] == [NPSN, OTHER]


def test_the_list_tells_how_far_each_is(run: Run, places: Locations, other: Locations) -> None:
    """Also of a school that another window has open: its name, and how many plans wait."""
    fill(other, seal=True)
    with Store.open(other.database):
        (first, second) = run("sekolah", "daftar", "--json").json["sekolah"]
    assert (first["npsn"], first["pertama"], first["guru"]) == (NPSN, True, None)
    assert (second["npsn"], second["nama"], second["guru"], second["antre"]) == (OTHER, "SMP 2", 1, 1)
    assert second["data"] == str(other.data_folder)


def test_places_and_diagnosis_tell_the_school_and_the_others(run: Run, places: Locations, other: Locations) -> None:
    """`lokasi` and `diagnosa` name the school that is meant, and every school's folder."""
    told = run("lokasi", "--sekolah", OTHER, "--json").json
    assert told["basis_data"]["jalur"] == str(other.database)
    assert told[f"sekolah_{NPSN}"]["jalur"] == str(places.data_folder)
    assert told[f"sekolah_{OTHER}"]["jalur"] == str(other.data_folder)
    found = run("diagnosa", "--sekolah", OTHER, "--json").json["sekolah"]
    assert (found["diperiksa"], set(found)) == (OTHER, {"diperiksa", NPSN, OTHER})
    assert "sekolah" not in run("diagnosa", "--json", "--sekolah", "x").json


def test_a_spoiled_list_of_schools_is_told_and_can_be_done_without(run: Run, places: Locations, other: Locations) -> None:
    """One sentence with the file; moved away, the schools are still there, as the first one's records say whose they are."""
    fill(places)
    assert run("daftar").code == 0
    file = places.schools_folder / "daftar.json"
    file.write_text("{")
    told = run("daftar", "--sekolah", OTHER)
    assert told.code == 2
    assert str(file) in told.err
    file.unlink()
    assert [s["npsn"] for s in run("sekolah", "daftar", "--json").json["sekolah"]] == [NPSN, OTHER]
    assert run("daftar", "--sekolah", NPSN, "--json").json["semua"] == 1
    assert run("ajukan", "--semua-lengkap").code == 2


# ---- the screen


def test_the_screen_goes_on_where_it_was(run: Run, places: Locations, other: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """The school that is chosen on the screen is opened anew without the token that the other one was named; next time too."""
    opened: list[tuple[str, Path, str]] = []
    answers = iter((f"sekolah:{OTHER}", "", "", f"sekolah:{NPSN}", "", ""))

    def draw(context: RunContext, **_: object) -> str:
        opened.append((context.school, context.locations.database, context.env.get("PMM_TUI_TOKEN", "")))
        return next(answers)

    monkeypatch.setattr(screen_command, "check_terminal", lambda context: None)
    monkeypatch.setattr(screen_command, "open_screen", draw)
    monkeypatch.setenv("PMM_TUI_TOKEN", "milik-yang-pertama")
    assert [run().code, run("layar").code] == [0, 0]
    assert opened == [
        (NPSN, places.database, "milik-yang-pertama"),
        (OTHER, other.database, ""),
        (OTHER, other.database, ""),
    ]
    opened.clear()
    assert [run("--sekolah", OTHER).code, run("layar").code] == [0, 0]
    assert [school for school, _, _ in opened] == [OTHER, NPSN, NPSN]


def services_of(npsn: str, places: Locations, store: Store) -> ScreenServices:
    """What the screen of a school is given."""
    context = RunContext(env=os.environ, locations=places, out=console()).for_school(npsn, first=npsn == NPSN)
    return ScreenServices(context, store, look=context.first_school().config.tampilan)


def test_the_settings_are_each_schools_and_the_look_is_for_all(run: Run, places: Locations, other: Locations) -> None:
    """The first run of a new school offers its number and the first one's server; another number is refused, wherever typed."""
    write_config(places.config_file, Config(server=ServerConfig(url="https://pmm.sekolah.sch.id")))
    with Store.open(other.database) as store:
        services = services_of(OTHER, places, store)
        offered = services.settings()
        assert (services.school, offered.npsn, offered.url) == (OTHER, OTHER, "https://pmm.sekolah.sch.id")
        with pytest.raises(ConfigError) as refused:
            services.save(structs.replace(offered, npsn=NPSN))
        assert refused.value.key == "sekolah.npsn"
        assert not other.config_file.exists()
        services.save(structs.replace(offered, url="https://lain.sch.id", token="rahasia"))
        services.save_look(LookChoice(tema="terang"))
        assert [(line.npsn, line.here) for line in services.schools()] == [(NPSN, False), (OTHER, True)]
        with pytest.raises(UsageError):
            services.add_school(NPSN, "")
        assert services.add_school(THIRD, "") == THIRD
    assert read_config(other.config_file).server.url == "https://lain.sch.id"
    assert other.token_file.read_text().strip() == "rahasia"
    assert not places.token_file.exists()
    first = read_config(places.config_file)
    assert (first.server.url, first.tampilan.tema) == ("https://pmm.sekolah.sch.id", "terang")
    with Store.open(places.database) as store:
        services = services_of(NPSN, places, store)
        with pytest.raises(ConfigError):
            services.save(structs.replace(services.settings(), npsn=OTHER))
        assert [line.npsn for line in services.schools()] == [NPSN, THIRD, OTHER]


def test_the_environment_names_a_school(run: Run, places: Locations, other: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """`PMM_TUI_SEKOLAH` is as good as the option, which goes before it; adding one more works all the same."""
    fill(other)
    monkeypatch.setenv("PMM_TUI_SEKOLAH", OTHER)
    assert run("daftar", "--json").json["semua"] == 1
    assert run("daftar", "--sekolah", NPSN, "--json").json["semua"] == 0
    monkeypatch.setenv("PMM_TUI_SEKOLAH", THIRD)
    assert run("sekolah", "tambah", THIRD).code == 0
    assert run("daftar", "--json").json["semua"] == 0
    assert os.environ["PMM_TUI_SEKOLAH"] == THIRD


# ---- the commands that sentences name


def test_what_to_do_next_names_the_school(run: Run, places: Locations, other: Locations) -> None:
    """What is told after a command of a second school is done there when it is typed, also out of a refusal and a document."""
    number = str(fill(other))
    here = ("--sekolah", OTHER)
    own = f"pmm-tui --sekolah {OTHER}"
    assert f"Kirim dengan: {own} kirim" in run(*here, "ajukan", number).err
    unknown = run(*here, "ajukan", "99", "--json")
    assert f"lihat nomornya dengan {own} daftar." in unknown.err
    assert f"lihat nomornya dengan {own} daftar." in unknown.json["ditolak"][0]
    assert (
        f"Urungkan dengan: {own} guru urungkan."
        in run(*here, "guru", "tambah", "--nama", "Dedi", "--tanggal-lahir", "1990-01-01", "--ya").err
    )
    assert f'{own} templat simpan "NAMA"' in run(*here, "templat", "daftar").err
    assert f"{own} atasan --nama NAMA" in run(*here, "atasan").err
    assert f"pmm-tui sekolah tambah {THIRD}" in run("--sekolah", THIRD, "daftar").err


def test_the_first_of_several_is_named_too(run: Run, places: Locations, other: Locations) -> None:
    """The next command would be refused without a name."""
    fill(places)
    assert f"pmm-tui --sekolah {NPSN} kirim" in run("--sekolah", NPSN, "ajukan", "--semua-lengkap").err


def test_with_one_school_no_sentence_names_it(run: Run, places: Locations) -> None:
    """Not even where `--sekolah` was typed."""
    run("sekolah", "tambah", NPSN)
    fill(places)
    for more in ((), ("--sekolah", NPSN)):
        told = run(*more, "ajukan", "--semua-lengkap")
        assert "pmm-tui --sekolah" not in told.err
    assert "Kirim dengan: pmm-tui kirim" not in told.err  # nothing was left to submit
    assert "lihat nomornya dengan pmm-tui daftar." in run("--sekolah", NPSN, "ajukan", "99").err


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("dengan: pmm-tui kirim", "dengan: pmm-tui --sekolah 20598765 kirim"),
        ("pmm-tui kirim, pmm-tui terima F.", "pmm-tui --sekolah 20598765 kirim, pmm-tui --sekolah 20598765 terima F."),
        ("di sana: pmm-tui kirim --dari-berkas F", "di sana: pmm-tui kirim --dari-berkas F"),
        ("pmm-tui sekolah daftar; pmm-tui --sekolah 1 daftar", "pmm-tui sekolah daftar; pmm-tui --sekolah 1 daftar"),
        ("pmm-tui server token daftar, pmm-tui latihan", "pmm-tui server token daftar, pmm-tui latihan"),
        ("/home/ani/pmm-tui kirim/a.pmm", "/home/ani/pmm-tui kirim/a.pmm"),
        ("perbarui pmm-tui lalu ajukan lagi", "perbarui pmm-tui lalu ajukan lagi"),
    ],
)
def test_which_words_are_commands(sentence: str, told: str) -> None:
    """Only commands of a school are named with it: not those of another computer, of all schools, or a path."""
    assert naming_school(sentence, OTHER) == told
    assert naming_school(sentence, "") == sentence


def test_every_command_is_of_a_school_or_of_all() -> None:
    """A new command has to be put on one side; one of a school takes `--sekolah`."""
    (commands,) = (action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction))
    assert set(commands.choices) - set(OF_A_SCHOOL) == {"latihan", "sekolah", "server", "bantu-sinkron", "pelengkap"}
    assert set(OF_A_SCHOOL) <= set(commands.choices)


def test_the_help_says_where_a_school_has_to_be_named(run: Run) -> None:
    """By the same fact that refuses the command."""
    for command in (("salin",), ("konfirmasi",), ("urungkan",), ("bawa",), ("terima",), ("ajukan",), ("templat", "pakai")):
        assert "wajib bila ada beberapa sekolah" in " ".join(run(*command, "--help").out.split())
    for command in (("daftar",), ("kirim",), ("tarik",), ("templat", "daftar"), ("rapor", "tampil")):
        assert "(bawaan: yang pertama)" in " ".join(run(*command, "--help").out.split())
