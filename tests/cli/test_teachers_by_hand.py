"""`pmm-tui guru`: words, documents and exit codes; and what `daftar` finds, filters and sorts."""

from __future__ import annotations

import pytest

from pmm_tui.cli.context import RunContext
from pmm_tui.locations import Locations
from pmm_tui.skp.model import PraktikPembelajaran
from pmm_tui.store import Store
from pmm_tui.store.by_hand import Typing
from tests.cli.conftest import BUDI, COMPLETE, NOW, SITI, Run

P = ("--periode", "2026")


@pytest.fixture(autouse=True)
def _january(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day on which plans of 2026 are made, whatever day it is."""
    monkeypatch.setattr(RunContext, "today", lambda _: NOW.date())


def names(places: Locations) -> set[str]:
    with Store.open(places.database) as store:
        return {p.nama for p in store.roster.all()}


def last(places: Locations) -> Typing | None:
    with Store.open(places.database) as store:
        return store.by_hand.last()


NEW = ("--nama", "Wayan Tirta, S.Pd.", "--nip", "'19920105 201903 1 004", "--golongan", "3b")


def test_a_teacher_is_added_and_taken_back(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Each value as it is kept on stdout; once more there is nothing to take back."""
    told = run("guru", "tambah", *NEW, *P)
    assert told.code == 0
    assert "NIP: (kosong) -> 199201052019031004" in told.out
    assert "Wayan Tirta, S.Pd. (ID 3) ditambahkan. Urungkan dengan: pmm-tui guru urungkan." in told.err
    assert names(places) == {SITI.nama, BUDI.nama, "Wayan Tirta, S.Pd."}
    assert run("guru", "urungkan").err == "Wayan Tirta, S.Pd.: tidak jadi ditambahkan.\n"
    assert names(places) == {SITI.nama, BUDI.nama}
    again = run("guru", "urungkan")
    assert (again.code, "dapat diurungkan" in again.err) == (1, True)


def test_trying_out_stores_nothing(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """The document says what would be."""
    told = run("guru", "tambah", *NEW, "--uji-coba", *P)
    assert (told.code, "Uji coba: tidak ada yang disimpan." in told.err) == (0, True)
    found = run("guru", "tambah", *NEW, "--uji-coba", "--json", *P).json
    assert (found["uji_coba"], found["hasil"], found["guru"]["id"], found["guru"]["golongan"]) == (True, "ditambahkan", 0, "III/b")
    assert {change["field"] for change in found["perubahan"]} == {"nama", "nip", "golongan"}
    assert (names(places), last(places)) == ({SITI.nama, BUDI.nama}, None)


def test_a_wrong_value_is_named_by_its_option(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """With 1, and nothing stored."""
    told = run("guru", "tambah", "--nama", "Wayan", "--tanggal-lahir", "kemarin", "--nip", "123", *P)
    assert told.code == 1
    assert "! --nip: " in told.err
    assert told.err.endswith("Belum ada yang disimpan; betulkan isian bertanda ! lalu ulangi.\n")
    found = run("guru", "tambah", "--nama", "Wayan", "--json", *P)
    assert (found.code, found.json["hasil"], found.json["guru"]) == (1, "ditolak", None)
    assert [problem["isian"] for problem in found.json["masalah"]] == ["tanggal_lahir"]
    assert names(places) == {SITI.nama, BUDI.nama}


def test_who_is_there_already_is_asked_about(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """The way to the stored one is named; `--ya` stores another person."""
    double = ("guru", "tambah", "--nama", "Budi Nunez", "--tanggal-lahir", "1990-02-01", *P)
    told = run(*double)
    assert told.code == 1
    assert f"Ubah dengan: pmm-tui guru ubah {ids[1]}. Belum disimpan; bila sudah yakin, ulangi dengan --ya." in told.err
    unborn = run("guru", "tambah", "--nama", "Budi Nunez", *P)
    assert (unborn.code, f"pmm-tui guru ubah {ids[1]}.\n" in unborn.err) == (1, True)
    document = run(*double, "--json").json
    assert (document["hasil"], document["pertanyaan"]["jenis"], document["pertanyaan"]["id"]) == (
        "perlu-diputuskan", "sudah-ada", ids[1],
    )  # fmt: skip
    assert names(places) == {SITI.nama, BUDI.nama}
    stored = run(*double, "--ya")
    assert (stored.code, "Tanpa NIP dan NUPTK" in stored.err) == (0, True)
    assert "Budi Nunez" in names(places)


def test_a_teacher_is_corrected(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Found by number, NIP or NUPTK; the same again changes nothing, and one that is not there is told."""
    assert run("guru", "ubah", SITI.nip, "--golongan", "III/d", *P).out == "Pangkat Golongan: III/c -> III/d\n"
    assert run("guru", "ubah", str(ids[0]), "--golongan", "III/d", *P).err == f"{SITI.nama}: tidak ada yang berubah.\n"
    assert run("guru", "ubah", BUDI.nuptk, "--jk", "L", "--json", *P).json["hasil"] == "diubah"
    assert run("guru", "urungkan", "--json").json == {
        "hasil": "diurungkan",
        "guru": {"id": ids[1]}
        | {field: getattr(BUDI, field) for field in type(BUDI).__struct_fields__ if field not in ("id", "id_server")},
        "dihapus": None,
    }
    missing = run("guru", "ubah", "77", "--jk", "L", *P)
    assert (missing.code, missing.err) == (1, 'Guru "77" tidak ada; lihat nomornya dengan pmm-tui daftar.\n')


def test_who_needs_no_plan_leaves_the_count(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Marked, told everywhere, left out of what is submitted together and of the problems, and taken back."""
    with Store.open(places.database) as store:
        store.drafts.save(ids[0], "2026", COMPLETE, 1, NOW)
        store.drafts.save(ids[1], "2026", COMPLETE.with_section(PraktikPembelajaran()), 1, NOW)
    tried = run("guru", "tidak-perlu", *map(str, ids), "--alasan", "honor", "--uji-coba", *P)
    assert (tried.code, "Uji coba: tidak ada yang diubah." in tried.err) == (0, True)
    assert run("daftar", "--json", *P).json["tidak_perlu"] == 0
    told = run("guru", "tidak-perlu", *map(str, ids), "99", "--alasan", "honor", *P)
    assert (told.code, told.out) == (1, f"{ids[0]} {SITI.nama}: tidak perlu (honor).\n{ids[1]} {BUDI.nama}: tidak perlu (honor).\n")
    assert 'Guru "99" tidak ada' in told.err
    found = run("daftar", "--json", *P).json
    assert (found["selesai"], found["semua"], found["tidak_perlu"]) == (0, 0, 2)
    assert {(g["keadaan"], g["tidak_perlu"], g["halangan"], len(g["bagian"])) for g in found["guru"]} == {
        ("tidak perlu", "honor", 0, 0)
    }
    assert "0 dari 0 selesai, 2 tidak perlu, " in run("daftar", *P).err
    assert run("ajukan", "--semua-lengkap", "--json", *P).json["rencana"] == []
    assert (run("periksa", *P).code, run("periksa", "--json", *P).json["rencana"]) == (0, [])
    refused = run("ajukan", str(ids[0]), *P)
    assert (refused.code, "Ditandai tidak perlu (honor)" in refused.out) == (1, True)
    back = run("guru", "tidak-perlu", str(ids[0]), str(ids[1]), "--batal", "--json", *P).json
    assert [(g["id"], g["hasil"]) for g in back["guru"]] == [(ids[0], "dibatalkan"), (ids[1], "dibatalkan")]
    assert run("ajukan", "--semua-lengkap", *P).err.splitlines()[1].startswith("1 rencana masuk")
    assert run("periksa", *P).code == 1


def test_a_plan_that_waits_cannot_be_marked(run: Run, sealed: tuple[int, int]) -> None:
    """It says why, with 1; a reason is asked for before anything is looked at."""
    told = run("guru", "tidak-perlu", str(sealed[0]), "--alasan", "mutasi", *P)
    assert told.code == 1
    assert "tidak dapat ditandai. Rencananya menunggu di Kotak Kirim" in told.out
    assert run("guru", "tidak-perlu", str(sealed[0]), "--alasan", " ", *P).code == 1
    assert run("guru", "tidak-perlu", str(sealed[0]), *P).code == 2


def test_the_list_is_searched_filtered_and_sorted(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Together, in the table and in the document; the count is always of the whole school."""
    with Store.open(places.database) as store:
        store.drafts.save(ids[0], "2026", COMPLETE, 1, NOW)

    def found(*options: str) -> list[int]:
        document = run("daftar", "--json", *options, *P).json
        assert (document["selesai"], document["semua"]) == (0, 2)
        return [g["id"] for g in document["guru"]]

    siti, budi = ids
    assert found() == found("--status", "semua") == found("--urut", "nama") == [budi, siti]
    assert found("--terbalik") == [siti, budi]
    assert found("--cari", "nunez") == [budi]
    assert found("--cari", "'19850714 201001 2 012") == [siti]
    assert found("--status", "siap") == found("--status", "lengkap") == [siti]
    assert found("--status", "siap", "--status", "belum-dimulai") == [budi, siti]
    assert found("--kepegawaian", "pns") == found("--jenis", "Guru Mapel") == found("--urut", "waktu", "--cari", "o'neil") == [siti]
    assert found("--kepegawaian", "-") == []
    assert found("--masalah") == found("--masalah", "poin-kurang") == []
    assert found("--urut", "bagian") == [budi, siti]
    assert found("--urut", "bagian", "--terbalik") == [siti, budi]
    table = run("daftar", "--cari", "nunez", *P)
    assert (BUDI.nama in table.out, SITI.nama in table.out) == (True, False)
    assert "1 guru ditampilkan; 0 dari 2 selesai, " in table.err
    nobody = run("daftar", "--cari", "tidakada", *P)
    assert (nobody.code, nobody.err.startswith("Tidak ada guru yang cocok.\n")) == (0, True)
    assert run("daftar", "--status", "apa", *P).code == 2
    assert run("daftar", "--urut", "apa", *P).code == 2


def test_an_older_copy_tells_which_own_words_it_lacks(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """A mark alone is asked about before a copy replaces it, and what did not come back is counted."""
    assert run("cadangan", places.export_folder / "usb.db", "--buat-folder").code == 0
    assert run("guru", "tidak-perlu", str(ids[0]), "--alasan", "honor", *P).code == 0
    refused = run("pulihkan", places.export_folder / "usb.db")
    assert (refused.code, "1 tanda dan isian sendiri" in refused.err) == (2, True)
    restored = run("pulihkan", places.export_folder / "usb.db", "--ya", "--json").json
    assert restored["hilang"] == {"guru": 0, "draf": 0, "kiriman": 0, "isian_sendiri": 1}
    assert run("daftar", "--json", *P).json["tidak_perlu"] == 0
