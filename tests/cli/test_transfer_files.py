"""`kirim --ke-berkas`, `kirim --dari-berkas` and `terima`: what is told, what is asked, and the exit codes."""

from __future__ import annotations

import getpass
import io
import shutil
from pathlib import Path

import pytest

from pmm_tui.cli import passphrase as passphrase_module
from pmm_tui.config import Config, SekolahConfig, write_config
from pmm_tui.locations import Locations
from pmm_tui.store import Store
from tests.cli.conftest import BUDI, SITI, Run
from tests.cli.fake_server import NPSN, FakeServer
from tests.cli.test_sending import standing
from tests.sync.parcels import PASSPHRASE, cheap_keys

OTHER_NPSN = "20598765"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_keys(monkeypatch)
    monkeypatch.setenv("PMM_TUI_SANDI", PASSPHRASE)


@pytest.fixture
def stick(tmp_path: Path, places: Locations) -> Path:
    """The folder of a stick; the school's number is configured."""
    write_config(places.config_file, Config(sekolah=SekolahConfig(npsn=NPSN)))
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


def test_the_way_of_a_file(run: Run, server: FakeServer, sealed: tuple[int, int], stick: Path, places: Locations) -> None:
    """Written without a network into a named file, sent, taken: each says what came of it and what comes next."""
    file = stick / "kiriman.pmm"
    told = run("kirim", "--ke-berkas", file)
    assert (told.code, told.out, server.asked) == (0, "", [])
    assert "2 rencana tertulis ke" in told.err
    assert "tetap menunggu" in told.err
    assert "pmm-tui kirim --dari-berkas" in told.err
    assert standing(places) == ["unknown", "unknown"]

    told = run("kirim", "--dari-berkas", file)
    assert told.code == 0
    assert told.out.splitlines() == [
        f"{SITI.nama}, 2026: terkirim, tanda terima R-1",
        f"{BUDI.nama}, 2026: terkirim, tanda terima R-2",
    ]
    assert told.err.splitlines()[-1] == "2 terkirim. Hasilnya ada di kiriman.pmm; di komputer asal: pmm-tui terima kiriman.pmm."
    assert standing(places) == ["unknown", "unknown"]

    told = run("terima", file)
    assert told.code == 0
    assert told.out.splitlines() == [
        f"{sealed[0]} {SITI.nama}, 2026: terkirim, tanda terima R-1",
        f"{sealed[1]} {BUDI.nama}, 2026: terkirim, tanda terima R-2",
    ]
    assert told.err == "Dari berkas: 2 rencana terkirim.\n"
    assert standing(places) == ["sent", "sent"]
    again = run("terima", file)
    assert (again.code, again.out) == (0, "")
    assert again.err == "Tidak ada yang baru di berkas ini. Tanda terimanya sudah tercatat di sini.\n"


def test_a_folder_gets_a_name_without_any_number(run: Run, sealed: tuple[int, int], stick: Path) -> None:
    """The stick's folder is enough; the file's name says neither school nor teacher."""
    assert run("kirim", "--ke-berkas", stick).code == 0
    (made,) = stick.iterdir()
    assert made.name.startswith("pmm-kiriman-20")
    assert NPSN not in made.name


def test_the_documents(run: Run, server: FakeServer, sealed: tuple[int, int], stick: Path) -> None:
    """With --json each step is one document."""
    file = stick / "kiriman.pmm"
    told = run("kirim", "--ke-berkas", file, "--json")
    size = file.stat().st_size
    assert told.json == {
        "uji_coba": False,
        "berkas": str(file),
        "tertulis": True,
        "ukuran": size,
        "rencana": 2,
        "keputusan": 0,
        "ditanyakan": 0,
        "menyusul": 0,
        "ditahan": [],
    }
    server.taken.refuse = {"": {"keadaan": "ditolak", "masalah": [{"kode": "sk", "pesan": "Nomor SK kosong.", "pointer": "/a"}]}}
    told = run("kirim", "--dari-berkas", file, "--json")
    assert told.code == 1
    assert {key: told.json[key] for key in ("npsn", "terkirim", "ditolak", "bentrok", "tertunda", "menunggu", "sebab")} == {
        "npsn": NPSN,
        "terkirim": 1,
        "ditolak": 1,
        "bentrok": 0,
        "tertunda": 0,
        "menunggu": 0,
        "sebab": "",
    }
    assert [one["keadaan"] for one in told.json["rencana"]] == ["terkirim", "ditolak server"]
    told = run("terima", file, "--json")
    assert told.code == 1
    assert {key: told.json[key] for key in ("terkirim", "ditolak", "bukan_dari_sini", "tidak_cocok")} == {
        "terkirim": 1,
        "ditolak": 1,
        "bukan_dari_sini": 0,
        "tidak_cocok": 0,
    }
    assert told.json["rencana"][1]["masalah"][0]["pesan"] == "Nomor SK kosong."


def test_trials_change_nothing(run: Run, server: FakeServer, sealed: tuple[int, int], stick: Path, places: Locations) -> None:
    """With --uji-coba no file is written, nothing is sent, nothing is recorded; all is told."""
    file = stick / "kiriman.pmm"
    told = run("kirim", "--ke-berkas", file, "--uji-coba")
    assert (told.code, file.exists(), standing(places)) == (0, False, ["queued", "queued"])
    assert "2 rencana akan ditulis ke" in told.err
    run("kirim", "--ke-berkas", file)
    before = file.read_bytes()
    told = run("kirim", "--dari-berkas", file, "--uji-coba")
    assert (told.code, server.asked, file.read_bytes()) == (0, [], before)
    assert f"Berkas sekolah NPSN {NPSN}: 2 rencana menunggu dikirim." in told.err
    run("kirim", "--dari-berkas", file)
    told = run("terima", file, "--uji-coba")
    assert (told.code, standing(places)) == (0, ["unknown", "unknown"])
    assert "Akan dicatat dari berkas: 2 rencana terkirim." in told.err


def test_the_other_computer_needs_no_records(
    run: Run, server: FakeServer, sealed: tuple[int, int], stick: Path, places: Locations
) -> None:
    """Where there are no records and no configuration, address and token of the environment are enough, and none are made."""
    file = stick / "kiriman.pmm"
    run("kirim", "--ke-berkas", file)
    places.config_file.unlink()
    shutil.rmtree(places.database.parent)
    assert run("kirim", "--dari-berkas", file).code == 0
    assert not places.data_folder.exists()


def test_another_schools_token(run: Run, server: FakeServer, sealed: tuple[int, int], stick: Path) -> None:
    """Nothing is sent, the sentence names both schools, and the exit code is that of a configuration."""
    file = stick / "kiriman.pmm"
    run("kirim", "--ke-berkas", file)
    server.documents["/v1/sekolah"]["npsn"] = OTHER_NPSN
    told = run("kirim", "--dari-berkas", file)
    assert (told.code, server.taken.batches) == (2, [])
    assert f"milik sekolah NPSN {NPSN}" in told.err
    assert OTHER_NPSN in told.err


def test_another_schools_records(run: Run, server: FakeServer, sealed: tuple[int, int], stick: Path, places: Locations) -> None:
    """`terima` refuses a file of another school."""
    file = stick / "kiriman.pmm"
    run("kirim", "--ke-berkas", file)
    run("kirim", "--dari-berkas", file)
    write_config(places.config_file, Config(sekolah=SekolahConfig(npsn=OTHER_NPSN)))
    told = run("terima", file)
    assert (told.code, standing(places)) == (1, ["unknown", "unknown"])
    assert f"NPSN {OTHER_NPSN}" in told.err


def test_a_file_with_receipts_is_not_replaced(run: Run, server: FakeServer, sealed: tuple[int, int], stick: Path) -> None:
    """What was not taken is kept unless --timpa says so; the queue's own unsent file is renewed without a word."""
    file = stick / "kiriman.pmm"
    for _ in range(2):
        assert run("kirim", "--ke-berkas", file).code == 0
    run("kirim", "--dari-berkas", file)
    before = file.read_bytes()
    told = run("kirim", "--ke-berkas", file)
    assert (told.code, file.read_bytes()) == (1, before)
    assert "belum diterima di sini" in told.err
    assert "--timpa" in told.err
    assert run("kirim", "--ke-berkas", file, "--timpa").code == 0
    assert file.read_bytes() != before


def test_a_file_of_something_else_is_never_replaced(run: Run, sealed: tuple[int, int], stick: Path) -> None:
    """Not even with --timpa: it may be somebody's only copy."""
    file = stick / "skripsi.docx"
    file.write_bytes(b"PK not ours")
    for more in ((), ("--timpa",)):
        told = run("kirim", "--ke-berkas", file, *more)
        assert (told.code, file.read_bytes()) == (1, b"PK not ours")
        assert "pilih nama lain" in told.err


def test_no_number_no_file(run: Run, sealed: tuple[int, int], stick: Path, places: Locations) -> None:
    """Without the school's number nobody could tell where a file belongs."""
    write_config(places.config_file, Config())
    told = run("kirim", "--ke-berkas", stick)
    assert (told.code, list(stick.iterdir())) == (2, [])
    assert "NPSN sekolah belum diketahui" in told.err


def test_nothing_to_write(run: Run, ids: tuple[int, int], stick: Path) -> None:
    """An empty outbox writes no file."""
    told = run("kirim", "--ke-berkas", stick)
    assert (told.code, list(stick.iterdir())) == (0, [])
    assert told.err == "Kotak Kirim kosong; tidak ada berkas yang ditulis.\n"


@pytest.mark.parametrize("where", ["", "tidak/ada/kiriman.pmm"])
def test_places_that_are_none(run: Run, sealed: tuple[int, int], stick: Path, where: str, places: Locations) -> None:
    """A stick that is not in is not made up as a folder, and an empty name does not send over the network."""
    told = run("kirim", "--ke-berkas", str(stick / where) if where else "")
    assert (told.code, standing(places)) == (1, ["queued", "queued"])
    assert list(stick.iterdir()) == []


def test_options_that_need_a_file(run: Run, server: FakeServer, sealed: tuple[int, int]) -> None:
    """--timpa alone is a slip, not a sending."""
    assert (run("kirim", "--timpa").code, server.asked) == (2, [])


# ---- the passphrase


def test_another_passphrase(run: Run, sealed: tuple[int, int], stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the file and both reasons, and the passphrase nowhere."""
    file = stick / "kiriman.pmm"
    run("kirim", "--ke-berkas", file)
    monkeypatch.setenv("PMM_TUI_SANDI", "bukan yang tadi")
    for command in (("terima", file), ("kirim", "--dari-berkas", file)):
        told = run(*command)
        assert told.code == 1
        assert f"{file}: tidak dapat dibuka: kata sandinya lain, atau isinya rusak" in told.err
        assert "bukan yang tadi" not in told.out + told.err


def test_a_private_file_with_it(
    run: Run, sealed: tuple[int, int], stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--sandi-berkas counts before the environment; one that others may read is refused with the command that mends it."""
    monkeypatch.setenv("PMM_TUI_SANDI", "bukan yang ini")
    secret = tmp_path / "sandi.txt"
    secret.write_text(f"{PASSPHRASE}\n", "utf-8")
    secret.chmod(0o644)
    told = run("kirim", "--ke-berkas", stick, "--sandi-berkas", secret)
    assert told.code == 2
    assert "chmod 600" in told.err
    secret.chmod(0o600)
    assert run("kirim", "--ke-berkas", stick, "--sandi-berkas", secret).code == 0
    (made,) = stick.iterdir()
    monkeypatch.setenv("PMM_TUI_SANDI", PASSPHRASE)
    assert run("terima", made).code == 0


def test_too_short(run: Run, sealed: tuple[int, int], stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new passphrase of fewer than eight letters is refused, and no file is written."""
    monkeypatch.setenv("PMM_TUI_SANDI", "pendek")
    told = run("kirim", "--ke-berkas", stick)
    assert (told.code, list(stick.iterdir())) == (2, [])
    assert "minimal 8 huruf" in told.err


def test_nobody_to_ask(run: Run, sealed: tuple[int, int], stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal and without the environment the two ways are named."""
    monkeypatch.delenv("PMM_TUI_SANDI")
    told = run("kirim", "--ke-berkas", stick)
    assert told.code == 2
    assert ("PMM_TUI_SANDI" in told.err, "--sandi-berkas" in told.err) == (True, True)


WRONG = (PASSPHRASE, "lain sekali")


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ((PASSPHRASE, PASSPHRASE), 0, "rencana tertulis"),
        ((*WRONG, PASSPHRASE, PASSPHRASE), 0, "Kedua kata sandi tidak sama. Ketik sekali lagi dari awal."),
        (("pendek", PASSPHRASE, PASSPHRASE), 0, "minimal 8 huruf"),
        ((*WRONG, "pendek", *WRONG), 2, "Kedua kata sandi tidak sama. Tidak ada yang ditulis; ulangi perintahnya."),
    ],
)
def test_asked_for_at_a_terminal(
    run: Run, sealed: tuple[int, int], stick: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], code: int, said: str
) -> None:
    """A new one is asked for twice, hidden, and both have to agree: up to three times, as the next try belongs into no shell."""
    monkeypatch.delenv("PMM_TUI_SANDI")
    monkeypatch.setattr(passphrase_module, "is_terminal", lambda _: True)
    answers = list(typed)
    monkeypatch.setattr(getpass, "getpass", lambda _: answers.pop(0))
    told = run("kirim", "--ke-berkas", stick)
    assert (told.code, answers, len(list(stick.iterdir()))) == (code, [], int(code == 0))
    assert said in told.err


def test_the_passphrase_is_nowhere_kept(
    run: Run, server: FakeServer, sealed: tuple[int, int], stick: Path, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the records nor the log nor what is said has it, also with the log at its most talkative."""
    monkeypatch.setenv("PMM_TUI_LOG", "debug")
    file = stick / "kiriman.pmm"
    said = io.StringIO()
    for command in (("kirim", "--ke-berkas", file), ("kirim", "--dari-berkas", file), ("terima", file)):
        told = run(*command)
        assert told.code == 0
        said.write(told.out + told.err)
    with Store.open(places.database) as store:
        assert store.outbox.waiting() == 0
    kept = [
        path.read_bytes()
        for root in (places.database.parent, places.log_folder, stick)
        for path in root.rglob("*")
        if path.is_file()
    ]
    assert len(kept) > 2
    assert PASSPHRASE not in said.getvalue()
    assert not any(PASSPHRASE.encode() in content for content in kept)


# ---- several files on one stick


def test_another_passphrase_gets_a_name_of_its_own(
    run: Run, sealed: tuple[int, int], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day's name may be another school's: the folder alone takes the next name, and each is renewed by its own passphrase."""
    assert run("kirim", "--ke-berkas", stick).code == 0
    (first,) = stick.iterdir()
    before = first.read_bytes()
    monkeypatch.setenv("PMM_TUI_SANDI", "kata sandi sekolah lain")
    for _ in range(2):
        told = run("kirim", "--ke-berkas", stick)
        assert told.code == 0
        assert f"{first.stem}-2.pmm" in told.err
    assert sorted(path.name for path in stick.iterdir()) == [f"{first.stem}-2.pmm", first.name]
    assert first.read_bytes() == before


def test_a_named_file_that_cannot_be_opened(
    run: Run, sealed: tuple[int, int], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be another school's, and nobody is sent to `terima`, which would refuse it too."""
    file = stick / "kiriman.pmm"
    run("kirim", "--ke-berkas", file)
    monkeypatch.setenv("PMM_TUI_SANDI", "kata sandi sekolah lain")
    told = run("kirim", "--ke-berkas", file)
    assert told.code == 1
    assert "mungkin kiriman sekolah lain" in told.err
    assert "tanda terima yang belum diterima" in told.err
    assert "pmm-tui terima" not in told.err


def test_what_is_only_in_a_file_was_not_tried(run: Run, sealed: tuple[int, int], stick: Path, places: Locations) -> None:
    """A trial of sending says where it is, and no attempt is counted."""
    run("kirim", "--ke-berkas", stick)
    told = run("kirim", "--uji-coba")
    assert f"{sealed[0]} {SITI.nama}, 2026: di berkas, menunggu tanda terimanya" in told.out.splitlines()
    with Store.open(places.database) as store:
        assert {entry.percobaan for entry in store.outbox.all()} == {0}


def test_without_a_network_nothing_is_promised(
    run: Run, sealed: tuple[int, int], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--dari-berkas` runs once: it says what to do, not that it will be tried again."""
    file = stick / "kiriman.pmm"
    run("kirim", "--ke-berkas", file)
    monkeypatch.setenv("PMM_TUI_SERVER", "http://127.0.0.1:9")
    monkeypatch.setenv("PMM_TUI_TOKEN", "rahasia-KENARI-123")
    told = run("kirim", "--dari-berkas", file)
    assert told.code == 5
    assert "Akan dicoba lagi" not in told.err
    assert "kirim berkas ini sekali lagi" in told.err
