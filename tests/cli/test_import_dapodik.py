"""`pmm-tui impor --dapodik`: from the web service to the roster, its token, its refusals, and what it proposes."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmm_tui.cli import ask
from pmm_tui.cli import dapodik_read as module
from pmm_tui.locations import Locations
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from tests.cli.conftest import Run
from tests.dapodik import SECRET, teachers, write_dapodik
from tests.dapodik_web import NPSN, TOKEN, Imitation, serving

pytestmark = pytest.mark.process
P = ("--periode", "2026")


@pytest.fixture
def token(places: Locations) -> Path:
    """The token in its own file, for its owner alone."""
    file = places.config_file.with_name("token-dapodik")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{TOKEN}\n")
    file.chmod(0o600)
    return file


@pytest.fixture
def school(places: Locations) -> None:
    """A configuration that knows the school."""
    places.config_file.parent.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text(f'[sekolah]\nnpsn = "{NPSN}"\nnama = "SMP Negeri 1 Harapan"\njenjang = "SMP"\n')
    places.config_file.chmod(0o600)


@pytest.fixture
def imitation() -> Imitation:
    return Imitation(12)


@pytest.fixture
def url(imitation: Imitation) -> Iterator[str]:
    with serving(imitation) as found:
        yield found


def stored(places: Locations) -> tuple[Pegawai, ...]:
    with Store.open(places.database) as store:
        return store.roster.all()


@pytest.mark.usefixtures("school", "token")
def test_the_school_is_imported_and_twice_changes_nothing(run: Run, places: Locations, url: str, imitation: Imitation) -> None:
    """Rows as for a file, then the school and what is proposed; nothing private, no token, no other path than the three."""
    told = run("impor", "--dapodik", url, *P)
    assert told.code == 0
    assert "12 baru" in told.err
    assert "Dapodik: Web Service Dapodik, 12 guru" in told.err
    assert f"Sekolah: SMP Negeri 1 Harapan (NPSN {NPSN})." in told.err
    assert "Usul tugas tambahan untuk 2 guru" in told.err
    assert "1 guru bukan dari sekolah induk ini" in told.err
    (command,) = [line for line in told.err.splitlines() if line.startswith("Tandai tidak perlu dengan: ")]
    words = command.partition(": pmm-tui ")[2]
    assert run(*shlex.split(words), *P).code == 0
    assert "Tandai tidak perlu dengan" not in run("impor", "--dapodik", url, *P).err
    assert len(stored(places)) == 12
    again = run("impor", "--dapodik", url, "--json", *P)
    assert (again.code, again.json["jumlah"]["sama"], again.json["jenis"]) == (0, 12, "dapodik")
    assert {path.rpartition("/")[2] for path in imitation.asked} == {"getSekolah", "getGtk", "getRombonganBelajar"}
    for text in (told.out, told.err, again.out, again.err):
        assert TOKEN not in text
        assert SECRET not in text
    for place in (places.database.parent, places.config_file.parent):
        for file in (file for file in place.rglob("*") if file.is_file() and file.name != "token-dapodik"):
            assert TOKEN.encode() not in file.read_bytes()
            assert SECRET.encode() not in file.read_bytes()


@pytest.mark.usefixtures("school", "token")
def test_trying_out_stores_nothing_and_the_document_has_the_proposals(run: Run, places: Locations, url: str) -> None:
    """`usulan` has school, duties, lessons, who belongs elsewhere, and the head, who is not taken."""
    told = run("impor", "--dapodik", url, "--uji-coba", "--json", *P).json
    assert stored(places) == ()
    proposed = told["usulan"]
    assert (proposed["sekolah"]["npsn"], proposed["kepala_sekolah_baru"], proposed["kepala_sekolah_diambil"]) == (NPSN, True, False)
    (classed, *_) = [one for one in proposed["guru"] if one.get("tugas_tambahan")]
    assert classed["tugas_tambahan"] == ["Wali Kelas"]
    assert classed["mengajar"] == {"mapel": ["IPA", "Prakarya"], "jam": 6}
    assert [one["nama"] for one in proposed["guru"] if one.get("bukan_induk")] == [teachers(11)[10]["Nama"]]


@pytest.mark.usefixtures("school", "token")
def test_a_file_after_the_web_changes_nothing_but_what_only_it_knows(run: Run, url: str, tmp_path: Path) -> None:
    """The same school as Dapodik's file: the same teachers, save the duties that the web service does not have."""
    assert run("impor", "--dapodik", url, *P).code == 0
    file = write_dapodik(tmp_path / "guru.xlsx", teachers(12))
    changes = [u["kolom"] for row in run("impor", file, "--json", *P).json["baris"] for u in row["ubahan"]]
    assert set(changes) == {"Tugas Tambahan"}
    assert run("impor", "--dapodik", url, "--json", *P).json["jumlah"]["sama"] == 12


@pytest.mark.usefixtures("school")
def test_the_token_comes_from_the_environment_too(run: Run, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts before the file."""
    monkeypatch.setenv("PMM_TUI_DAPODIK_TOKEN", TOKEN)
    assert run("impor", "--dapodik", url, "--uji-coba", *P).code == 0
    monkeypatch.setenv("PMM_TUI_DAPODIK_TOKEN", "salah-salah-salah-salah")
    told = run("impor", "--dapodik", url, *P)
    assert (told.code, told.err.count("\n")) == (2, 2)  # what is asked, and the sentence
    assert "menolak token ini" in told.err
    assert "salah-salah" not in told.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
@pytest.mark.usefixtures("school")
def test_a_token_that_others_can_read_is_not_used(run: Run, url: str, token: Path, imitation: Imitation) -> None:
    """As with the server's: the command that puts it right is told, and nothing is asked."""
    token.chmod(0o644)
    told = run("impor", "--dapodik", url, *P)
    assert told.code == 2
    assert "chmod 600" in told.err
    assert imitation.asked == []


@pytest.mark.usefixtures("school")
def test_without_a_token_it_is_said_how_to_make_one(run: Run, url: str) -> None:
    """Where in Dapodik, which IP, and where the token is kept."""
    told = run("impor", "--dapodik", url, *P)
    assert (told.code, told.err.count("\n")) == (2, 1)
    for word in ("Pengaturan > Web Service", "127.0.0.1", "token-dapodik", "PMM_TUI_DAPODIK_TOKEN"):
        assert word in told.err


@pytest.mark.usefixtures("token")
def test_the_school_has_to_be_known(run: Run, url: str, places: Locations) -> None:
    """From the settings or from `--npsn`."""
    told = run("impor", "--dapodik", url, *P)
    assert (told.code, "--npsn" in told.err) == (2, True)
    assert run("impor", "--dapodik", url, "--npsn", NPSN, *P).code == 0
    assert len(stored(places)) == 12


@pytest.mark.usefixtures("school", "token")
def test_another_school_than_this_one_is_refused(run: Run, url: str, imitation: Imitation) -> None:
    """Nothing is asked for a school that is not the one in force."""
    told = run("impor", "--dapodik", url, "--npsn", "20599999", *P)
    assert (told.code, "bukan sekolah yang sedang dikerjakan" in told.err) == (2, True)
    assert imitation.asked == []


@pytest.mark.usefixtures("school", "token")
@pytest.mark.parametrize(
    ("odd", "code", "words"),
    [
        ("ditolak", 2, "menolak token ini"), ("sekolah-tidak-ada", 2, "tidak memegang sekolah"), ("404", 5, "tidak mengenal"),
        ("halaman-masuk", 5, "bukan Web Service Dapodik"), ("alihkan", 5, "mengalihkan"), ("potong-utuh", 1, "terpotong"),
        ("mengulang", 5, "hanya memberi 5 dari 12"), ("bukan-daftar", 1, "bukan daftar"),
        ("baris-null", 1, "tidak memegang satu guru"),
    ],
)  # fmt: skip
def test_every_oddity_is_one_sentence_and_a_code(run: Run, places: Locations, odd: str, code: int, words: str) -> None:
    """Nothing is stored; the document of --json has the same sentence."""
    with serving(Imitation(12, odd=(odd,))) as url:
        told = run("impor", "--dapodik", url, "--json", *P)
    assert told.code == code
    assert words in told.err.splitlines()[-1]
    assert told.json == {"galat": told.err.splitlines()[-1], "kode": code}
    assert TOKEN not in told.err + told.out
    assert stored(places) == ()


@pytest.mark.usefixtures("school", "token")
@pytest.mark.parametrize(
    "address", ["http://8.8.8.8:5774", "https://localhost:5774", "dapodik.contoh.invalid", "http://localhost:5774/x"]
)
def test_an_address_outside_is_refused(run: Run, address: str) -> None:
    """Code 2 and one sentence that says what is allowed; the suite lets no connection out anyway."""
    told = run("impor", "--dapodik", address, *P)
    assert told.code == 2
    assert "Alamat Dapodik" in told.err.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments", [(), ("guru.xlsx", "--dapodik"), ("--dapodik", "--lembar", "x"), ("--dapodik", "--kolom", "a=nip"),
                  ("--dapodik", "--kerangka"), ("guru.xlsx", "--npsn", NPSN), ("guru.xlsx", "--ambil-kepala")]
)  # fmt: skip
def test_one_source_is_named(run: Run, arguments: tuple[str, ...]) -> None:
    """A file or Dapodik, and of each only what belongs to it."""
    told = run("impor", *arguments)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)


def kepala(places: Locations) -> str:
    return next((line for line in places.config_file.read_text().splitlines() if line.startswith("nama = ") and "Dewi" in line), "")


@pytest.mark.usefixtures("school", "token")
def test_the_head_is_only_taken_when_somebody_says_so(
    run: Run, places: Locations, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody to ask: it is told how. Asked and refused: nothing. Asked and agreed: in the settings, and asked no more."""
    told = run("impor", "--dapodik", url, *P)
    assert "--ambil-kepala" in told.err
    assert kepala(places) == ""
    asked: list[str] = []
    for answer in (False, True):
        monkeypatch.setattr(module, "is_terminal", lambda stream: True)
        monkeypatch.setattr(module, "agreed", lambda question, *_, answer=answer: asked.append(question) or answer)
        run("impor", "--dapodik", url, *P)
        assert bool(kepala(places)) is answer
    run("impor", "--dapodik", url, *P)
    assert len(asked) == 2
    assert "Dewi Anggraéni" in asked[0]
    assert ask.agreed is not module.agreed


@pytest.mark.usefixtures("school", "token")
def test_the_head_can_be_taken_without_a_question(run: Run, places: Locations, url: str) -> None:
    """By an option; trying out takes nothing."""
    assert (
        run("impor", "--dapodik", url, "--ambil-kepala", "--uji-coba", "--json", *P).json["usulan"]["kepala_sekolah_diambil"]
        is False
    )
    assert kepala(places) == ""
    assert run("impor", "--dapodik", url, "--ambil-kepala", "--json", *P).json["usulan"]["kepala_sekolah_diambil"] is True
    assert "Dewi" in kepala(places)
    assert run("impor", "--dapodik", url, "--json", *P).json["usulan"]["kepala_sekolah_baru"] is False


@pytest.mark.usefixtures("school", "token")
def test_refused_rows_can_be_written_to_a_workbook(run: Run, tmp_path: Path, imitation: Imitation, url: str) -> None:
    """A teacher with an impossible NIP is refused with a number that an answer can name; the rest is stored."""
    imitation.people[3]["nip"] = "123"
    told = run("impor", "--dapodik", url, "--tolak-ke", tmp_path / "tolak.xlsx", *P)
    assert told.code == 1
    assert "11 baru, 0 diperbarui, 0 sama, 1 ditolak" in told.err
    assert (tmp_path / "tolak.xlsx").is_file()


@pytest.mark.usefixtures("school", "token")
def test_the_address_can_stand_in_the_configuration(run: Run, places: Locations, url: str) -> None:
    """`--dapodik` without a value asks there."""
    with places.config_file.open("a") as file:
        file.write(f'\n[dapodik]\nurl = "{url}"\n')
    assert run("impor", "--dapodik", "--uji-coba", *P).code == 0
    with places.config_file.open("a") as file:
        file.write('token_file = "lain"\n')
    assert "lain" in run("impor", "--dapodik", *P).err
