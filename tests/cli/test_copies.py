"""`pmm-tui cadangan` and `pulihkan`, and the guard that every command keeps over the records."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from pmm_tui.locations import Locations
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store, backup
from pmm_tui.store.file import copies
from tests.cli.conftest import BUDI, COMPLETE, NOW, SITI, Run

P = ("--periode", "2026")


def names(path: Path) -> set[str]:
    with Store.open(path) as store:
        return {p.nama for p in store.roster.all()}


def spoil_an_envelope(path: Path) -> None:
    """Let a sealed plan be another than its digest says, which no check of SQLite's notices."""
    with Store.open(path) as store:
        digest = store.outbox.all()[0].sha256.encode()
    content = path.read_bytes()
    assert digest in content
    path.write_bytes(content.replace(digest, b"0" * 64))


@pytest.mark.parametrize("where", ["", "usb", "kartu.usb", "usb/salinan.db"])
def test_a_copy_goes_where_it_was_asked_for(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path, where: str) -> None:
    """Without a place beside the data, into a folder under the day's name, or into the file that was named; stdout says where."""
    for name in ("usb", "kartu.usb"):
        (tmp_path / name).mkdir()
    told = run("cadangan", *([tmp_path / where] if where else []))
    assert told.code == 0
    assert told.err == "Cadangan sudah diperiksa dan utuh.\n"
    made = Path(told.out.rstrip("\n"))
    if where.endswith(".db"):
        assert made == tmp_path / where
    else:
        assert made.parent == (tmp_path / where if where else places.database.parent / "cadangan")
        assert made.name.startswith("pmm-tui-20")
        assert made.suffix == ".db"
    assert names(made) == {SITI.nama, BUDI.nama}


def test_the_document_of_a_copy(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """Where it is and that it was checked; a refusal is a document as well."""
    told = run("cadangan", tmp_path / "salinan.db", "--json")
    assert told.code == 0
    assert told.json == {
        "berkas": str(tmp_path / "salinan.db"),
        "ukuran_kb": (tmp_path / "salinan.db").stat().st_size // 1024,
        "utuh": True,
    }
    assert names(tmp_path / "salinan.db") == {SITI.nama, BUDI.nama}
    told = run("cadangan", tmp_path / "tidak-terpasang", "--json")
    assert (told.code, told.json["kode"]) == (2, 2)
    assert "belum ada; pasang USB" in told.json["galat"]


def test_an_older_copy_is_never_replaced(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """A file that is there stays as it is; the sentence names it, with exit code 1."""
    older = tmp_path / "salinan.db"
    older.write_bytes(b"salinan tahun lalu")
    told = run("cadangan", older)
    assert (told.code, told.out) == (1, "")
    assert told.err == f"{older} sudah ada; beri nama lain.\n"
    assert older.read_bytes() == b"salinan tahun lalu"


def test_without_data_there_is_nothing_to_copy(run: Run, places: Locations) -> None:
    """The sentence says where the data would be; no empty database comes of asking."""
    told = run("cadangan")
    assert (told.code, told.out) == (1, "")
    assert told.err == f"Belum ada data di {places.database}; tidak ada yang dicadangkan.\n"
    assert not places.database.exists()


def test_damaged_data_are_not_copied_as_sound(run: Run, places: Locations, sealed: tuple[int, int], tmp_path: Path) -> None:
    """A sealed plan that was changed on the disk ends the copying with exit code 4, and no file is left that looks like a copy."""
    spoil_an_envelope(places.database)
    told = run("cadangan", tmp_path / "salinan.db")
    assert (told.code, told.out) == (4, "")
    assert str(places.database) in told.err
    assert not (tmp_path / "salinan.db").exists()


def test_every_command_makes_the_days_copy(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """After any command that opens the records there is a checked copy of today."""
    assert copies(places.database) == []
    assert run("daftar", *P).code == 0
    (copy,) = copies(places.database)
    assert copy.stem.startswith("pmm-tui-harian-20")
    assert names(copy) == {SITI.nama, BUDI.nama}


def test_every_command_tells_damage_and_goes_on(run: Run, places: Locations, sealed: tuple[int, int]) -> None:
    """What is damaged is said with the command that mends it, beside the command's own answer."""
    spoil_an_envelope(places.database)
    told = run("daftar", *P)
    assert told.code == 0
    assert SITI.nama in told.out
    assert "; jalankan: pmm-tui pulihkan." in told.err
    assert copies(places.database) == []


def test_a_broken_configuration_makes_no_database(run: Run, places: Locations) -> None:
    """The fault of the configuration is told before the records are touched."""
    places.config_folder.mkdir(parents=True)
    places.config_file.write_text("[server]\nurl = 3\n")
    assert run("daftar", *P).code == 2
    assert not places.data_folder.exists()


# ---- bringing back


def test_a_copy_is_brought_back(run: Run, places: Locations, sealed: tuple[int, int], tmp_path: Path) -> None:
    """What was in the copy is there again, the damaged file is laid aside, and both are told."""
    copy = tmp_path / "salinan.db"
    assert run("cadangan", copy).code == 0
    places.database.write_bytes(b"rusak" * 1000)
    told = run("pulihkan", copy)
    assert (told.code, told.out) == (0, "")
    first, lost, second, third = told.err.splitlines()
    assert first == f"Dipulihkan dari cadangan {copy}: 2 guru, 2 draf, 2 rencana tersegel."
    (wreck,) = (p for p in places.data_folder.iterdir() if p.is_file() and p.read_bytes().startswith(b"rusakrusak"))
    assert lost.startswith("Berkas lama tidak terbaca: draf yang diubah sesudah 08-01-2026 ")
    assert lost.endswith(" dan belum disegel mungkin hilang; periksa daftar guru.")
    assert second == f"Berkas lama disisihkan di {wreck}."
    assert third == "Yang belum pasti sampai akan dikirim lagi; server tidak membuat rangkap."
    assert names(places.database) == {SITI.nama, BUDI.nama}


def test_the_document_of_a_restore(run: Run, places: Locations, sealed: tuple[int, int]) -> None:
    """With --json the source, the counts and where the old file lies are one document; the newest sound copy is taken unasked."""
    assert run("daftar", *P).code == 0
    (copy,) = copies(places.database)
    places.database.write_bytes(b"")
    told = run("pulihkan", "--json")
    assert told.code == 0
    aside = told.json["disisihkan"]
    counts = {"guru": 2, "draf": 2, "kiriman": 2}
    assert told.json == {"sumber": str(copy), **counts, "disisihkan": aside, "hilang": None, "dilewati": []}
    assert Path(aside).parent == places.data_folder
    assert "2 rencana tersegel" in told.err


def test_a_copy_that_is_not_there(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """A name that is no file is told before anything is touched."""
    before = places.database.read_bytes()
    for name in (tmp_path / "tidak-ada.db", tmp_path):
        told = run("pulihkan", name)
        assert (told.code, told.out) == (1, "")
        assert told.err == f"{name}: berkas cadangan tidak ada di situ; periksa nama dan tempatnya.\n"
    assert places.database.read_bytes() == before


def test_without_any_copy_the_recovery_log_is_enough(run: Run, places: Locations, sealed: tuple[int, int]) -> None:
    """What was sealed comes back from the log alone, and the sentence says that there was no copy."""
    places.database.unlink()
    told = run("pulihkan")
    assert told.code == 0
    assert told.err.startswith("Dipulihkan tanpa cadangan, dari berkas lama dan catatan pemulihan: 2 guru, ")
    assert "2 rencana tersegel." in told.err


@pytest.mark.skipif(os.name != "posix", reason="home folders")
def test_a_place_may_begin_with_the_home_folder(run: Run, ids: tuple[int, int]) -> None:
    """`~` is the home folder for both commands."""
    made = Path.home() / "salinan.db"
    assert run("cadangan", "~/salinan.db").out == f"{made}\n"
    assert run("pulihkan", "~/bukan.db").err.startswith(f"{Path.home() / 'bukan.db'}: ")


# ---- a folder that is not there


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """A terminal at which somebody sits; the test says what they answer."""
    lines: list[str] = []

    keyboard = SimpleNamespace(readline=lambda: f"{lines.pop(0)}\n" if lines else "")
    monkeypatch.setattr("sys.stdin", keyboard)
    monkeypatch.setattr("pmm_tui.cli.ask.is_terminal", lambda stream: True)
    return lines


@pytest.mark.parametrize("where", ["usb", "media/usb", "usb/salinan.db"])
def test_a_folder_that_is_not_there_is_not_made_by_a_script(
    run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path, where: str
) -> None:
    """Without a terminal nobody can be asked: one sentence, exit code 2, nothing made; `--buat-folder` says it beforehand."""
    target = tmp_path / where
    folder = target.parent if target.suffix else target
    told = run("cadangan", target)
    assert (told.code, told.out) == (2, "")
    assert told.err == f"Folder {folder} belum ada; pasang USB atau periksa namanya, atau pakai --buat-folder untuk membuatnya.\n"
    assert not folder.exists()
    assert run("cadangan", target, "--buat-folder").code == 0
    (made,) = folder.iterdir()
    assert names(made) == {SITI.nama, BUDI.nama}


@pytest.mark.parametrize(("answer", "made"), [("y", True), ("Ya", True), ("", False), ("t", False), ("yakin?", False)])
def test_a_folder_that_is_not_there_is_asked_about(
    run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path, answers: list[str], answer: str, made: bool
) -> None:
    """Only a clear yes makes it; Enter alone does not."""
    answers.append(answer)
    told = run("cadangan", tmp_path / "usb")
    assert f"Folder {tmp_path / 'usb'} belum ada: USB belum dipasang, atau salah ketik?" in told.err
    assert (told.code, (tmp_path / "usb").exists()) == (int(not made), made)
    assert made or told.err.endswith("Tidak jadi; tidak ada yang disalin.\n")


def test_the_folder_beside_the_data_needs_no_question(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Without a place it is ours to make."""
    assert run("cadangan").code == 0


# ---- what a killed copy leaves


def test_a_killed_copy_is_found_by_the_next_one(
    run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hidden half on the stick is told by `diagnosa` and removed by the next copy, to whatever place; other files stay."""
    stick, other = tmp_path / "usb", tmp_path / "lain"
    stick.mkdir()
    other.mkdir()
    (stick / ".lain.db.baru-00").write_bytes(b"")
    half: list[Path] = []

    def killed(connection: object, draft: Path, *_: object) -> None:
        half.append(draft)
        raise SystemExit

    assert run("daftar", *P).code == 0
    with monkeypatch.context() as patch:
        patch.setattr(backup, "_copy", killed)
        patch.setattr(backup, "remove_database", lambda _: None)
        patch.setattr("pmm_tui.store.unfinished._cleared", lambda _: False)
        run("cadangan", stick / "salinan.db")
    assert [draft.exists() for draft in half] == [True]
    assert run("diagnosa", "--json").json["cadangan"]["setengah_jadi"] == 1

    away = stick.rename(tmp_path / "dicabut")
    assert run("cadangan", other / "satu.db").code == 0
    assert run("diagnosa", "--json").json["cadangan"]["setengah_jadi"] == 1
    away.rename(stick)
    assert run("cadangan", other / "dua.db").code == 0
    assert {path.name for path in stick.iterdir()} == {".lain.db.baru-00"}
    assert "setengah_jadi" not in run("diagnosa", "--json").json["cadangan"]


def test_a_copy_that_ends_is_not_remembered(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """Whether it ended well or not, nothing is left beside the data that speaks of it."""
    assert run("cadangan", tmp_path / "salinan.db").code == 0
    (tmp_path / "berkas").write_bytes(b"")
    assert run("cadangan", tmp_path / "berkas" / "salinan.db", "--buat-folder").code == 4
    assert not [path for path in places.data_folder.iterdir() if "belum-selesai" in path.name]


# ---- an older copy over newer data


@pytest.fixture
def older(run: Run, places: Locations, sealed: tuple[int, int], tmp_path: Path) -> Path:
    """A copy from before one more teacher came, a draft was edited and five days went by."""
    copy = tmp_path / "salinan.db"
    assert run("cadangan", copy).code == 0
    with Store.open(places.database) as store:
        store.roster.write([Pegawai(nama="Cut Nyak", nip="198507142010012013")])
        store.drafts.save(sealed[0], "2026", COMPLETE, 7, NOW.replace(day=13))
    return copy


NEWER = "Data sekarang utuh dan 5 hari lebih baru; yang tidak ada di cadangan itu: 1 guru, 1 draf"


def test_newer_data_are_not_replaced_by_a_script(run: Run, places: Locations, older: Path) -> None:
    """Without a terminal it is refused with how much newer they are, exit code 2, and nothing is changed; `--ya` does it."""
    before = places.database.read_bytes()
    told = run("pulihkan", older)
    assert (told.code, told.out) == (2, "")
    assert told.err == f"{NEWER}; pakai --ya bila memang ingin menggantinya.\n"
    assert places.database.read_bytes() == before

    told = run("pulihkan", older, "--ya", "--json")
    assert told.code == 0
    assert told.json["hilang"] == {"guru": 1, "draf": 1, "kiriman": 0}
    assert "Yang tidak kembali dari data sebelumnya: 1 guru, 1 draf." in told.err.splitlines()
    aside = Path(told.json["disisihkan"])
    assert aside.name.startswith("pmm-tui.db.sebelum-pulihkan-")
    assert f"Data sebelumnya disisihkan di {aside}." in told.err.splitlines()
    assert aside.read_bytes() == before


@pytest.mark.parametrize(("answer", "code"), [("ya", 0), ("", 1)])
def test_newer_data_are_asked_about(run: Run, places: Locations, older: Path, answers: list[str], answer: str, code: int) -> None:
    """The question tells how much newer they are; Enter alone leaves them."""
    answers.append(answer)
    told = run("pulihkan", older)
    assert told.code == code
    assert told.err.startswith(f"{NEWER}. Ganti data sekarang dengan cadangan itu? ")
    assert ("Cut Nyak" in names(places.database)) == bool(code)


def test_data_that_hold_no_more_need_no_question(run: Run, places: Locations, sealed: tuple[int, int], tmp_path: Path) -> None:
    """A copy that has all of it takes the place at once; what was sound is not called damaged."""
    copy = tmp_path / "salinan.db"
    assert run("cadangan", copy).code == 0
    told = run("pulihkan", copy, "--json")
    assert told.code == 0
    assert told.json["hilang"] == {"guru": 0, "draf": 0, "kiriman": 0}
    assert ".sebelum-pulihkan-" in told.json["disisihkan"]


def test_what_was_passed_over_is_told(run: Run, places: Locations, sealed: tuple[int, int], tmp_path: Path) -> None:
    """Each copy that was not taken, why, and what it holds."""
    assert run("daftar", *P).code == 0
    (good,) = copies(places.database)
    with Store.open(tmp_path / "lain" / "pmm-tui.db") as store:
        store.roster.write([SITI])
        store.database.backup(poor := good.with_name("pmm-tui-harian-20990307.db"))
    (broken := good.with_name("pmm-tui-harian-20200101.db")).write_bytes(b"x")
    places.database.write_bytes(b"rusak" * 1000)
    told = run("pulihkan", "--json")
    assert told.json["sumber"] == str(good)
    assert sorted(told.json["dilewati"], key=lambda passed: str(passed["berkas"])) == [
        {"berkas": str(broken), "sebab": "rusak", "guru": None, "draf": None, "kiriman": None},
        {"berkas": str(poor), "sebab": "isinya lebih sedikit", "guru": 1, "draf": 0, "kiriman": 0},
    ]
    assert f"Dilewati: {broken} (rusak)." in told.err.splitlines()
    assert f"Dilewati: {poor} (isinya lebih sedikit: 1 guru, 0 draf, 0 rencana tersegel)." in told.err.splitlines()
