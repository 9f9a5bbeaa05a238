"""What `daftar`, `periksa`, `ajukan` and `rencana` say to the letter: lines, documents, exit codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.cli.context import RunContext
from pmm_tui.config import Config, KepalaConfig, SekolahConfig, write_config
from pmm_tui.errors import DiskFullError
from pmm_tui.locations import Locations
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai, PraktikPembelajaran, RencanaKinerja
from pmm_tui.skp.pane_marks import PANES
from pmm_tui.skp.plan_file import write_plan_file
from pmm_tui.store import Store
from pmm_tui.store.database import Database
from pmm_tui.store.drafts import Drafts
from pmm_tui.store.outbox_entry import HeldPlan, Sent
from tests.cli.conftest import BUDI, COMPLETE, NOW, SITI, Run

P = ("--periode", "2026")
ASKED = "Menyusun dan mengajukan: susun, konfirmasi dan ajukan rencana setiap guru."
STAGE = (
    "Tahap hari ini: Perencanaan sampai 31 Januari 2026 (23 hari lagi); "
    "kini menyusun dan mengajukan sampai 21 Januari 2026 (13 hari lagi).\n"
)
UNFIT = Pegawai(
    nama="Eka Tanpa Nomor", nip="123", jk="P", tanggal_lahir="1990-01-01", status_kepegawaian="PNS", jenis_ptk="Guru Kelas"
)
"""A teacher whose data stop any plan."""


@pytest.fixture(autouse=True)
def _january(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day on which plans of 2026 are made, whatever day it is."""
    monkeypatch.setattr(RunContext, "today", lambda _: NOW.date())


def save(places: Locations, pegawai_id: int, rencana: RencanaKinerja = COMPLETE, edit: int = 1) -> None:
    with Store.open(places.database) as store:
        assert store.drafts.save(pegawai_id, "2026", rencana, edit, NOW)


def add(places: Locations, *pegawai: Pegawai) -> int:
    """Put teachers into the roster; the first one's number."""
    with Store.open(places.database) as store:
        store.roster.write(pegawai)
        return next(p.id for p in store.roster.all() if p.nama == pegawai[0].nama)


# ---- daftar


def test_the_list_in_columns(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Number, name, NIP or NUPTK, kind, state and the count of problems stand under their heads; what is unknown is a dash."""
    eka = add(places, UNFIT, Pegawai(nama="Fitri"))
    save(places, ids[0])
    save(places, ids[1], RencanaKinerja())
    told = run("daftar", *P)
    assert told.code == 0
    rows = {tuple(re.split(r"  +", line)) for line in told.out.splitlines()}
    assert ("ID", "Nama", "NIP", "Jenis PTK", "Keadaan", "Masalah") in rows
    assert (str(ids[0]), SITI.nama, SITI.nip, "Guru Mapel", "o lengkap") in rows
    (budi,) = (row for row in rows if row[0] == str(ids[1]))
    assert budi[1:5] == (BUDI.nama, BUDI.nuptk, "Guru Kelas", "~ draf")
    assert int(budi[5]) > 3
    assert (str(eka), UNFIT.nama, "123", "Guru Kelas", ". belum dimulai", "1") in rows
    assert (str(eka + 1), "Fitri", "-", "-", ". belum dimulai", "1") in rows
    assert told.err == f"0 dari 4 selesai, Januari–Desember 2026.\n{STAGE.rstrip()} {ASKED}\n"


def test_the_document_of_the_list(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """With --json each teacher is an object with the same, problems that stop and warnings counted apart."""
    save(places, ids[0])
    found = run("daftar", "--json", *P).json
    assert (found["periode"], found["selesai"], found["semua"]) == ("2026", 0, 2)
    assert [g for g in found["guru"] if g["id"] == ids[0]] == [
        {
            "id": ids[0],
            "nama": SITI.nama,
            "nip": SITI.nip,
            "nuptk": "",
            "jenis_ptk": "Guru Mapel",
            "keadaan": "lengkap",
            "selesai": False,
            "halangan": 0,
            "peringatan": 0,
            "status_kepegawaian": "PNS",
            "tugas_tambahan": "",
            "golongan": "III/c",
            "jenjang_jabatan": "",
            "revisi": 0,
            "keadaan_kiriman": "",
            "tanda_terima": "",
            "waktu_server": "",
            "status_server": "",
            "catatan": "",
            "tidak_perlu": "",
            "bagian": dict.fromkeys(PANES, "beres"),
            "di_server": None,
            "keputusan": None,
            "belajar_id": {"akun": "", "keadaan": "belum-dicek", "dicek": ""},
        }
    ]


def test_the_document_tells_what_became_of_each_plan(run: Run, places: Locations, sealed: tuple[int, int]) -> None:
    """Receipt, time, the head's last word and the newest envelope's state are there; what was superseded or older is not."""
    with Store.open(places.database) as store:
        (first,) = (entry for entry in store.outbox.all() if entry.pegawai_id == sealed[0])
        store.outbox.mark_sending([first.id])
        store.outbox.record_all({first.id: Sent("R-1", "2026-01-08T00:00:00Z", "diajukan")})
        store.outbox.hold(sealed[0], "2026", first.revisi, first.sha256, "dikembalikan", "Tambah RHK.", "2026-01-09T00:00:00Z")
    found = {one["id"]: one for one in run("daftar", "--json", *P).json["guru"]}
    keys = ("keadaan", "revisi", "keadaan_kiriman", "tanda_terima", "waktu_server", "status_server", "catatan")
    assert [found[sealed[0]][key] for key in keys] == [
        "dikembalikan",
        1,
        "terkirim",
        "R-1",
        "2026-01-08T00:00:00Z",
        "dikembalikan",
        "Tambah RHK.",
    ]
    assert [found[sealed[1]][key] for key in keys] == ["antre", 1, "antre", "", "", "", ""]
    changed = structs.replace(COMPLETE, praktik_pembelajaran=PraktikPembelajaran(indikator=("instruksi-pembelajaran",)))
    save(places, sealed[1], changed, 2)
    assert run("ajukan", str(sealed[1]), *P).code == 0
    found = {one["id"]: one for one in run("daftar", "--json", *P).json["guru"]}
    assert [found[sealed[1]][key] for key in keys] == ["antre", 2, "antre", "", "", "", ""]


def test_a_newer_revision_on_the_server_is_told_with_who_and_when(run: Run, places: Locations, sealed: tuple[int, int]) -> None:
    """In the document, and as a line of narration under the table; the others have none."""
    with Store.open(places.database) as store:
        store.outbox.hold(sealed[0], "2026", 3, "a" * 64, "diajukan", "", "2026-01-09T00:00:00Z")
        store.held.put(
            HeldPlan(
                pegawai_id=sealed[0],
                periode="2026",
                revisi=3,
                sha256="a" * 64,
                waktu="2026-01-09T00:00:00Z",
                status="diajukan",
                oleh="Ani",
            )
        )
    found = {one["id"]: one for one in run("daftar", "--json", *P).json["guru"]}
    assert found[sealed[0]]["keadaan"] == "lebih baru di server"
    held = {"revisi": 3, "oleh": "Ani", "waktu": "2026-01-09T00:00:00Z", "status": "diajukan", "catatan": ""}
    assert (found[sealed[0]]["di_server"], found[sealed[1]]["di_server"]) == (held, None)
    (line,) = (line for line in run("daftar", *P).err.splitlines() if "di server ada" in line)
    assert line.startswith(f"{sealed[0]} {SITI.nama}: di server ada revisi 3 ")
    assert "Ani" in line


def test_the_document_costs_two_statements_more(
    run: Run, places: Locations, sealed: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many teachers there are, --json asks the database twice more than the table does."""
    asked: list[str] = []
    opened = Database._open

    def traced(self: Database) -> None:
        opened(self)
        self.connection.set_trace_callback(asked.append)

    monkeypatch.setattr(Database, "_open", traced)
    run("daftar", *P)  # makes the day's copy
    counts = []
    for command in (("daftar", *P), ("daftar", "--json", *P)):
        asked.clear()
        run(*command)
        counts.append(len(asked))
    assert counts[1] == counts[0] + 2


def test_a_word_that_is_not_known_is_told_by_the_command_that_has_the_help(run: Run) -> None:
    """The hint names the help of the very command."""
    assert run("kirim", "--tidak").err == "Tidak dikenal: --tidak. Untuk bantuan ketik: pmm-tui kirim --help.\n"
    assert run("server", "token", "daftar", "--tidak").err.endswith("ketik: pmm-tui server token daftar --help.\n")
    assert run("--tidak").err.endswith("ketik: pmm-tui --help.\n")


# ---- periksa


def test_a_teacher_whose_data_stop_any_plan_is_told_before_it_is_begun(run: Run, places: Locations) -> None:
    """The only problem is a number of a plan that was never begun: it is listed, and the exit code is 1."""
    eka = add(places, UNFIT)
    told = run("periksa", *P)
    assert told.code == 1
    head, *lines = told.out.splitlines()
    assert head == f"{eka} {UNFIT.nama}"
    assert sorted(line[:4] for line in lines) == ["  ! ", "  - ", "  - "]
    assert told.err == f"0 rencana diperiksa, 0 belum dapat diajukan, 1 belum dimulai.\n{STAGE}"
    document = run("periksa", "--json", *P).json
    assert (document["periode"], document["belum_dimulai"]) == ("2026", 1)
    (plan,) = document["rencana"]
    assert (plan["id"], plan["nama"], plan["keadaan"]) == (eka, UNFIT.nama, "belum dimulai")
    assert set(plan["masalah"][0]) == {"kode", "pesan", "pointer", "halang"}


def test_teachers_without_a_problem_are_not_listed(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """A complete plan gives no line, one that was not begun what is known already; both are counted, with exit code 0."""
    save(places, ids[0])
    remark = "Guru non-ASN (GTY/PTY) tidak diharuskan menyusun rencana di sini."
    told = run("periksa", *P)
    assert (told.code, told.out) == (0, f"{ids[1]} {BUDI.nama}\n  - {remark}\n")
    assert told.err == f"1 rencana diperiksa, 0 belum dapat diajukan, 1 belum dimulai.\n{STAGE}"
    _, plan = run("periksa", "--json", *P).json["rencana"]
    assert (plan["id"], plan["keadaan"], plan["masalah"]) == (ids[0], "lengkap", [])


def test_a_warning_stops_nothing(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """A warning has its sign and leaves the exit code at 0."""
    with Store.open(places.database) as store:
        store.roster.write([structs.replace(SITI, id=ids[0], jenis_ptk="Penjaga Sekolah")])
    save(places, ids[0])
    told = run("periksa", *P)
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[lines.index(f"{ids[0]} {SITI.nama}") + 1].startswith("  - ")


# ---- ajukan


def test_submitting_says_what_became_of_each(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Sealed, to be sealed, sealed before, not begun, not complete: each has its words, and the count leads to `kirim`."""
    save(places, ids[0])
    tried = run("ajukan", str(ids[0]), "--uji-coba", *P)
    assert tried.out == f"{ids[0]} {SITI.nama}: dapat diajukan.\n"
    assert (tried.code, tried.err) == (0, "1 rencana dapat diajukan. Uji coba: tidak ada yang masuk Kotak Kirim.\n")
    told = run("ajukan", str(ids[0]), str(ids[1]), *P)
    assert told.out.splitlines() == [
        f"{ids[0]} {SITI.nama}: antre, akan dikirim saat ada jaringan.",
        f"{ids[1]} {BUDI.nama}: belum dapat diajukan. Rencananya belum dimulai.",
    ]
    assert (told.code, told.err) == (1, "1 rencana masuk Kotak Kirim. Kirim dengan: pmm-tui kirim\n")
    again = run("ajukan", str(ids[0]), *P)
    assert again.out == f"{ids[0]} {SITI.nama}: tidak perlu diajukan lagi. Sudah antre dan tidak berubah.\n"
    assert again.code == 0
    save(places, ids[1], structs.replace(COMPLETE, praktik_pembelajaran=PraktikPembelajaran()))
    half = run("ajukan", BUDI.nuptk, *P)
    first, *problems = half.out.splitlines()
    assert first == f"{ids[1]} {BUDI.nama}: belum dapat diajukan. {len(problems)} masalah harus diselesaikan dulu."
    assert all(line.startswith("  ! ") for line in problems)


def test_the_document_of_submitting(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """With --json each plan has its result and reason, a sealed one its revision; what named nobody stands apart."""
    save(places, ids[0])
    told = run("ajukan", str(ids[0]), "9999", "--json", *P)
    assert told.code == 1
    assert told.json == {
        "periode": "2026",
        "uji_coba": False,
        "rencana": [{"id": ids[0], "nama": SITI.nama, "masalah": [], "hasil": "antre", "sebab": "", "revisi": 1}],
        "ditolak": ['Guru "9999" tidak ada; lihat nomornya dengan pmm-tui daftar.'],
    }
    save(
        places,
        ids[0],
        structs.replace(COMPLETE, praktik_pembelajaran=PraktikPembelajaran(indikator=("instruksi-pembelajaran",))),
        2,
    )
    assert run("ajukan", "--semua-lengkap", "--json", *P).json["rencana"][0]["revisi"] == 2


def test_an_acting_head_is_named_only_where_something_goes(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """That an acting head's plans are approved at once is said when a plan is sealed or would be, not otherwise."""
    kepala = KepalaConfig(nama="Nur", nip="196903121994032001", plt=True)
    write_config(places.config_file, Config(sekolah=SekolahConfig(kepala_sekolah=kepala)))
    save(places, ids[0])
    sentence = "Kepala sekolah hanya Plt.: rencana langsung disetujui begitu diterima server."
    assert sentence not in run("ajukan", str(ids[1]), *P).err
    assert sentence in run("ajukan", str(ids[0]), "--uji-coba", *P).err
    assert sentence in run("ajukan", str(ids[0]), *P).err
    assert sentence not in run("ajukan", str(ids[0]), *P).err


def test_a_number_that_two_teachers_share(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """A teacher named twice is sealed once; who names nobody or more than one is told so."""
    save(places, ids[0])
    told = run("ajukan", str(ids[0]), SITI.nip, "--json", *P)
    assert [r["id"] for r in told.json["rencana"]] == [ids[0]]


# ---- rencana


def test_a_name_that_ends_with_a_full_stop(run: Run, places: Locations, tmp_path: Path) -> None:
    """The sentence behind it begins after one full stop, not two."""
    ani = Pegawai(nama="Ani, S.Pd.", nuptk="1234567890123459")
    add(places, ani)
    run("rencana", "impor", file(tmp_path, COMPLETE, ani))
    other = structs.replace(COMPLETE, praktik_pembelajaran=PraktikPembelajaran(indikator=("instruksi-pembelajaran",)))
    assert ", Ani, S.Pd. Isinya berubah " in run("rencana", "impor", file(tmp_path, other, ani)).out


def test_the_document_of_an_export(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """Each plan has its file; one that was there has its reason; what named nobody stands apart."""
    folder = tmp_path / "keluar"
    told = run("rencana", "ekspor", str(ids[0]), "9999", "--ke", folder, "--json", *P)
    assert told.code == 1
    path = str(folder / f"{ids[0]:04}-siti-o-neil-s-pd-x-2026.toml")
    found = {"id": ids[0], "nama": SITI.nama, "berkas": path, "sebab": ""}
    refused = 'Guru "9999" tidak ada; lihat nomornya dengan pmm-tui daftar.'
    assert told.json == {"periode": "2026", "rencana": [found], "ditolak": [refused]}
    assert told.err == f"{refused}\n"
    again = run("rencana", "ekspor", str(ids[0]), "--ke", folder, "--json", *P)
    reason = f"{path}: sudah ada; pakai --timpa untuk menggantinya."
    assert (again.code, again.json["rencana"]) == (1, [found | {"sebab": reason}])


def test_an_export_says_that_it_is_personal(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """Paths are on stdout, one a line; how many, and that they are personal, is narration."""
    told = run("rencana", "ekspor", "--semua", "--ke", tmp_path / "a", *P)
    assert told.code == 0
    assert len(told.out.splitlines()) == 2
    assert told.err == "2 berkas ditulis; isinya data pribadi, simpan baik-baik.\n"
    assert run("rencana", "ekspor", "--ke", tmp_path / "a", *P).code == 2
    assert run("rencana", "ekspor", "1", "--semua", "--ke", tmp_path / "a", *P).code == 2


def file(folder: Path, rencana: RencanaKinerja, pegawai: Pegawai = SITI) -> Path:
    path = folder / "rencana.toml"
    path.write_text(write_plan_file(pegawai, "2026", rencana, bundled(), "SMP"), "utf-8")
    return path


def test_an_import_says_what_each_file_does(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """New, changed, the same, refused: a line for each file and a count; each change is an edit of its own."""
    path = file(tmp_path, COMPLETE)
    tried = run("rencana", "impor", path, "--uji-coba")
    assert (tried.code, tried.out) == (0, f"{path}: baru, {SITI.nama}\n")
    assert tried.err == "1 rencana terbaca, 0 berkas ditolak (uji coba: tidak ada yang disimpan).\n"
    assert run("rencana", "impor", path).out == f"{path}: baru, {SITI.nama}\n"
    same = run("rencana", "impor", path)
    assert (same.code, same.out) == (0, f"{path}: sama, {SITI.nama}\n")
    other = structs.replace(COMPLETE, praktik_pembelajaran=PraktikPembelajaran(indikator=("instruksi-pembelajaran",)))
    changed = run("rencana", "impor", file(tmp_path, other), tmp_path / "tidak-ada.toml")
    assert changed.code == 1
    first, second, third = changed.out.splitlines()
    assert first == f"{path}: diperbarui, {SITI.nama}. Isinya berubah sejak dikonfirmasi; minta guru membacanya lagi."
    assert second.startswith("  ! ")
    assert third.startswith(f"{tmp_path / 'tidak-ada.toml'}: ditolak. Tidak dapat dibaca (tidak ada); ")
    assert changed.err == "1 rencana terbaca, 1 berkas ditolak.\n"
    with Store.open(places.database) as store:
        draft = store.drafts.get(ids[0], "2026")
    assert draft is not None
    assert draft.edit == 2


def test_an_empty_plan_that_was_never_begun_stays_so(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """A file to fill in that nobody filled in is the same as no plan: no draft, no problems, exit code 0."""
    told = run("rencana", "impor", "--json", file(tmp_path, RencanaKinerja()))
    assert told.code == 0
    (found,) = told.json["berkas"]
    assert (found["hasil"], found["id"], found["nama"], found["masalah"]) == ("sama", ids[0], SITI.nama, [])
    with Store.open(places.database) as store:
        assert store.drafts.get(ids[0], "2026") is None


def test_a_file_may_name_its_teacher_by_name_alone(run: Run, places: Locations, tmp_path: Path) -> None:
    """Without numbers the name decides, whatever its case; two of one name are told apart by nothing and refused."""
    eka = add(places, Pegawai(nama="Eka"))
    path = file(tmp_path, COMPLETE, Pegawai(nama="EKA"))
    assert run("rencana", "impor", "--json", "--uji-coba", path).json["berkas"][0]["id"] == eka
    add(places, Pegawai(nama="eka", tanggal_lahir="1990-01-01"))
    told = run("rencana", "impor", path)
    assert told.code == 1
    assert "[pegawai] cocok dengan 2 guru; tulis NIP atau NUPTK yang benar." in told.out


def test_a_line_that_is_no_text_is_named(run: Run, ids: tuple[int, int], tmp_path: Path) -> None:
    """Where a file is not UTF-8, the first such line is told by its number, counted from one."""
    path = tmp_path / "a.toml"
    path.write_bytes("versi = 1\n# é\n# é\n".encode("latin-1"))
    told = run("rencana", "impor", path)
    assert (told.code, told.out) == (1, f"{path}: ditolak. Baris 2 bukan teks UTF-8; simpan ulang berkas itu sebagai UTF-8.\n")


def test_a_full_disk_ends_an_import(run: Run, ids: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no file is to blame for is not told of each file: the first time it ends the command, with exit code 4."""

    def full(*_: object) -> None:
        raise DiskFullError("Disk penuh; kosongkan ruang.")

    monkeypatch.setattr(Drafts, "save", full)
    path = file(tmp_path, COMPLETE)
    told = run("rencana", "impor", path, path)
    assert (told.code, told.out, told.err) == (4, "", "Disk penuh; kosongkan ruang.\n")
