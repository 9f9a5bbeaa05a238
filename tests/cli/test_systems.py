"""`pmm-tui rapor`, `belajar-id`, `bantu-sinkron` and `atasan`: words, documents and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from pmm_tui.cli.context import RunContext
from pmm_tui.config import read_config
from pmm_tui.locations import Locations
from pmm_tui.skp.model import PraktikPembelajaran, Rapor, TugasTambahan
from pmm_tui.store import Store
from tests.cli.conftest import BUDI, COMPLETE, NOW, SITI, Run
from tests.rapor_files import FILE_NAME, report, write_report

pytestmark = pytest.mark.process
P = ("--periode", "2026")
SECRET = "Sandi#Kenari9"
ACCOUNTS = f"Nama;NIK/NISN;User ID;Password\nSITI ONEIL;32;siti1@guru.smp.belajar.id;{SECRET}\nOrang Lain;32;x;{SECRET}\n"


@pytest.fixture(autouse=True)
def _january(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day on which plans of 2026 are made, whatever day it is."""
    monkeypatch.setattr(RunContext, "today", lambda _: NOW.date())


@pytest.fixture
def ours(places: Locations) -> None:
    """A configuration that names the school."""
    places.config_file.parent.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text('[sekolah]\nnpsn = "20512345"\nnama = "SMP Negeri 1 Contoh"\njenjang = "SMP"\n', "utf-8")


# ---- rapor


def test_a_download_is_tried_out_taken_and_shown(run: Run, ours: None, tmp_path: Path) -> None:
    """Each indicator from and to on stdout; trying out keeps nothing; what is in force says where it comes from."""
    path = write_report(tmp_path / FILE_NAME)
    tried = run("rapor", "impor", path, "--uji-coba", *P)
    assert (tried.code, "Uji coba" in tried.err) == (0, True)
    assert "Aktivitas Interaktif: (kosong) -> Kurang\n" in tried.out
    assert run("rapor", "tampil", "--json", *P).json["sumber"] == []
    taken = run("rapor", "impor", path, *P)
    assert (taken.code, taken.out) == (0, tried.out)
    assert "8 indikator berubah. Sumber: unduhan RAPOR-PBD" in taken.err
    shown = run("rapor", "tampil", *P)
    assert "Kurang (41,00)" in shown.out
    assert "menurut komponen" in shown.out
    assert run("rapor", "impor", path, *P).err.splitlines()[-1].startswith("Capaiannya sama seperti sebelumnya.")
    found = run("rapor", "tampil", "--json", *P).json
    assert (found["sumber"], found["berkas"], len(found["butir"])) == (["berkas"], FILE_NAME, 15)
    assert run("rapor", "tampil", "--json", "--periode", "2025").json["sumber"] == []


def test_another_schools_download_is_refused_and_a_silent_one_asked_about(run: Run, ours: None, tmp_path: Path) -> None:
    """Nothing is kept of the first; the second is with `--ya`."""
    other = run("rapor", "impor", write_report(tmp_path / "lain.xlsx", report(npsn="69900001")), "--ya", *P)
    assert (other.code, "bukan NPSN 20512345" in other.err) == (1, True)
    silent = write_report(tmp_path / "bisu.xlsx", report(npsn="", school=""))
    asked = run("rapor", "impor", silent, "--json", *P)
    assert (asked.code, asked.json["disimpan"], "--ya" in asked.json["pertanyaan"]) == (1, False, True)
    assert run("rapor", "tampil", "--json", *P).json["sumber"] == []
    answered = run("rapor", "impor", silent, "--ya", "--json", *P)
    assert (answered.code, answered.json["disimpan"], answered.json["sumber"]) == (0, True, ["berkas"])


def test_levels_are_typed_and_given_back_to_the_server(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """What the server says otherwise is told, and only `pakai-server` lets it count."""
    with Store.open(places.database) as store:
        served = Rapor(capaian={"aktivitas-interaktif": "sedang"})
        store.reference.put("rapor/2026", "", msgspec.json.encode(served), NOW)
    typed = run("rapor", "isi", "aktivitas-interaktif=baik", "visi-misi-satuan-pendidikan=kurang", "--json", *P)
    assert typed.json["perubahan"] == [
        {"id": "aktivitas-interaktif", "dari": "sedang", "menjadi": "baik"},
        {"id": "visi-misi-satuan-pendidikan", "dari": "", "menjadi": "kurang"},
    ]
    assert "pakai-server" in run("rapor", "tampil", *P).err
    wrong = run("rapor", "isi", "aktivitas-interaktif=hebat", *P)
    assert (wrong.code, wrong.out) == (1, "")
    back = run("rapor", "pakai-server", *P)
    assert (back.code, "Aktivitas Interaktif: Baik -> Sedang" in back.out) == (0, True)
    assert run("rapor", "tampil", "--json", *P).json["sumber"] == ["server"]


# ---- belajar.id


def test_accounts_are_taken_and_no_password_is_anywhere(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """Neither on the screen, nor in a document, nor in the records; the operator is told to delete the file."""
    path = tmp_path / "akun-ptk.csv"
    path.write_text(ACCOUNTS, "utf-8")
    told = [run("belajar-id", "impor", path, *more) for more in (("--uji-coba",), ("--uji-coba", "--json"), (), ("--json",))]
    assert [one.code for one in told] == [1, 1, 1, 1]
    assert 'Dibuang tanpa dibaca: "Password". Berkas ini berisi sandi awal guru; hapus berkasnya' in told[2].err
    assert f"baris 2 {SITI.nama}: baru siti1@guru.smp.belajar.id (ada, belum aktif)" in told[2].out
    assert told[3].json["baris"][0]["hasil"] == "sama"
    assert told[3].json["dibuang"] == ["Password"]
    for one in told:
        assert SECRET not in one.out + one.err
    kept = [file for file in places.data_folder.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]
    assert kept == []


def test_who_has_none_is_listed_and_filtered(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """Marked by hand, listed with what to do, and found by `daftar --belajar-id`."""
    siti, budi = ids
    marked = run("belajar-id", "tandai", str(siti), str(budi), "99", "--keadaan", "tidak-ada")
    assert (marked.code, 'Guru "99" tidak ada' in marked.err) == (1, True)
    assert marked.out.splitlines() == [
        f"{siti} {SITI.nama}: belum punya akun, dicek 2026-01-08",
        f"{budi} {BUDI.nama}: belum punya akun, dicek 2026-01-08",
    ]
    run("belajar-id", "tandai", str(budi), "--keadaan", "aktif", "--akun", "budi@guru.sd.belajar.id")
    fix = run("belajar-id", "tampil", "--belum-punya")
    assert (SITI.nama in fix.out, BUDI.nama in fix.out) == (True, False)
    assert "1 guru belum punya akun. Perbaiki nama, tanggal lahir dan NUPTK di Dapodik" in fix.err
    assert [g["id"] for g in run("belajar-id", "tampil", "--belum-punya", "--json").json["guru"]] == [siti]
    listed = run("daftar", "--belajar-id", "aktif", "--belajar-id", "lupa-sandi", "--json", *P).json["guru"]
    account = {"akun": "budi@guru.sd.belajar.id", "keadaan": "aktif", "dicek": "2026-01-08"}
    assert [(g["id"], g["belajar_id"]) for g in listed] == [(budi, account)]
    assert "1 guru ditampilkan; " in run("daftar", "--belajar-id", "tidak-ada", *P).err
    with Store.open(places.database) as store:
        assert len(store.accounts.all()) == 2
    assert (
        run("belajar-id", "tandai", str(siti), "--keadaan", "lupa-sandi", "--uji-coba").err
        == "Uji coba: tidak ada yang disimpan.\n"
    )
    assert run("daftar", "--belajar-id", "lupa-sandi", "--json", *P).json["guru"] == []


def test_another_teachers_account_is_refused(run: Run, ids: tuple[int, int]) -> None:
    """By name, and nothing changes."""
    siti, budi = ids
    run("belajar-id", "tandai", str(siti), "--keadaan", "aktif", "--akun", "a@guru.sd.belajar.id")
    refused = run("belajar-id", "tandai", str(budi), "--keadaan", "aktif", "--akun", "A@guru.sd.belajar.id")
    assert (refused.code, f"sudah tercatat milik {SITI.nama}" in refused.err) == (1, True)


# ---- messages of e-Kinerja


def test_a_message_is_explained(run: Run) -> None:
    """Cause, where, by whom, steps; without a database or a configuration."""
    told = run("bantu-sinkron", "referensi", "unit", "kerja")
    assert told.code == 0
    assert told.out.startswith("Data Unit Kerja Pegawai tidak terdaftar di Referensi Unit Kerja\n  Sebab : ")
    assert "  Oleh  : Admin instansi" in told.out
    assert "  1. " in told.out
    document = run("bantu-sinkron", "referensi unit kerja", "--json").json
    assert (document["ada_di_daftar"], [one["id"] for one in document["pesan"]]) == (True, ["unit-kerja-tidak-terdaftar"])
    assert document["pesan"][0]["sumber"][0]["alamat"].startswith("https://")


def test_what_is_not_in_the_list_is_said_honestly(run: Run) -> None:
    """Exit code 1, no message, and whom to ask."""
    told = run("bantu-sinkron", "kuota habis")
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("Pesan ini belum ada di daftar.")
    none = run("bantu-sinkron", "kuota habis", "--json")
    assert (none.code, none.json) == (1, {"dicari": "kuota habis", "ada_di_daftar": False, "pesan": []})
    assert len(run("bantu-sinkron").out.splitlines()) == 9


def test_the_schools_own_messages_are_found_too(run: Run, places: Locations) -> None:
    """`lokasi` names their place; a file that cannot be used is told with its line."""
    place = Path(run("lokasi", "--json").json["pesan_sinkron"]["jalur"])
    assert place == places.config_file.with_name("pesan-sinkron.toml")
    place.parent.mkdir(parents=True, exist_ok=True)
    own = '[[pesan]]\nid = "kuota"\npesan = "Kuota habis"\nsebab = "x"\nsistem = "y"\npelaku = "z"\n'
    own += 'langkah = ["Isi\x1b[31m kuota."]\n'
    place.write_text(own.replace("\x1b", "\\u001b"), "utf-8")
    told = run("bantu-sinkron", "kuota habis")
    assert told.code == 0
    assert "  1. Isi[31m kuota.\n" in told.out
    place.write_text(own.replace("\x1b", "").replace("sebab", "sebabnya"), "utf-8")
    refused = run("bantu-sinkron", "kuota habis")
    assert refused.code == 2
    assert f"{place}: baris 4: " in refused.err


# ---- the kepala sekolah's own plan


def test_who_rates_the_head_is_asked_once(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Kept in the configuration, the rest of which stays; until then the head's plan is warned of."""
    places.config_file.parent.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text('[sekolah]\njenjang = "SMP"\n', "utf-8")
    siti, _ = ids
    run("guru", "ubah", str(siti), "--jenis-ptk", "Kepala Sekolah", *P)

    def codes() -> set[str]:
        teachers = run("periksa", "--json", *P).json["rencana"]
        return {m["kode"] for t in teachers if t["id"] == siti for m in t["masalah"]}

    assert "atasan-kosong" in codes()
    assert "Perintahnya: pmm-tui atasan --nama NAMA --nip NIP." in run("periksa", *P).out
    tried = run("atasan", "--nama", "Dr. Kepala Dinas", "--uji-coba", "--json").json
    assert (tried["berubah"], tried["atasan"]["nama"]) == (True, "Dr. Kepala Dinas")
    assert "atasan-kosong" in codes()
    kept = run("atasan", "--nama", "Dr.  Kepala Dinas", "--nip", "19650101 199003 1 001", "--unit-kerja", "Dinas Pendidikan")
    assert (kept.code, "Tersimpan di" in kept.err) == (0, True)
    assert "atasan-kosong" not in codes()
    config = read_config(places.config_file)
    assert (config.sekolah.jenjang, config.sekolah.atasan.nama, config.sekolah.atasan.nip) == (
        "SMP",
        "Dr. Kepala Dinas",
        "196501011990031001",
    )
    run("atasan", "--pangkat", "Pembina, IV/a")
    assert run("atasan", "--json").json["atasan"]["nama"] == "Dr. Kepala Dinas"
    assert run("atasan", "--nip", "12").code == 1
    assert run("atasan", "--jabatan", "x" * 301).code == 1


def test_a_heads_plan_goes_from_file_to_outbox(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """Exported with the choices of D.3, imported, complete without tugas tambahan, and sealed as any other."""
    siti, _ = ids
    run("guru", "ubah", str(siti), "--jenis-ptk", "Kepala Sekolah", *P)
    assert run("rencana", "ekspor", str(siti), "--ke", tmp_path / "rencana", *P).code == 0
    (path,) = (tmp_path / "rencana").iterdir()
    text = path.read_text("utf-8")
    assert "dukungan-untuk-refleksi-guru  (Dukungan untuk Refleksi Guru)" in text
    assert "aktivitas-interaktif" not in text
    with Store.open(places.database) as store:
        own = msgspec.structs.replace(
            COMPLETE,
            praktik_pembelajaran=PraktikPembelajaran(indikator=("dukungan-untuk-refleksi-guru",)),
            tugas_tambahan=TugasTambahan(),
        )
        store.drafts.save(siti, "2026", own, 1, NOW)
    run("rencana", "ekspor", str(siti), "--ke", tmp_path / "lagi", *P)
    (again,) = (tmp_path / "lagi").iterdir()
    read = run("rencana", "impor", again, "--json").json
    assert read["berkas"][0]["hasil"] == "sama"
    assert [m for m in read["berkas"][0]["masalah"] if m["halang"]] == []
    assert run("ajukan", str(siti), "--json", *P).json["rencana"][0]["hasil"] == "antre"
    with Store.open(places.database) as store:
        sealed = store.outbox.newest(siti, "2026")
        assert sealed is not None
        assert json.loads(sealed.line)["rencana"]["praktik_pembelajaran"] == {"indikator": ["dukungan-untuk-refleksi-guru"]}
