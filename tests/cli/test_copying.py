"""`salin`, `templat`, `bawa` and `urungkan`: lines, documents, exit codes, and that what is only tried changes nothing."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.cli import parser_copy
from pmm_tui.cli.context import RunContext
from pmm_tui.locations import Locations
from pmm_tui.skp.model import Pegawai, PraktikPembelajaran, RencanaKinerja, Tugas, TugasTambahan
from pmm_tui.skp.plan_carry import PARTS
from pmm_tui.store import Store
from tests.cli.conftest import BUDI, COMPLETE, NOW, SITI, Run

P = ("--periode", "2026")
NEVER = "Data diri, nomor dan tanggal SK, dan konfirmasi guru tidak pernah disalin."
EKA = Pegawai(nama="Eka", nuptk="6543210987654321", jenis_ptk="Guru Kelas", tugas_tambahan="Wali Kelas")
HEAD = Pegawai(nama="Hasan", nip="197001011995031001", jenis_ptk="Kepala Sekolah", status_kepegawaian="PNS")
DUTY = structs.replace(COMPLETE, tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="SK-7"),)))
FIVE = "Rapor Pendidikan, Praktik Kinerja, Pengembangan Kompetensi, Tugas Tambahan, Perilaku Kerja"


@pytest.fixture(autouse=True)
def _january(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day on which plans of 2026 are made, whatever day it is."""
    monkeypatch.setattr(RunContext, "today", lambda _: NOW.date())


@pytest.fixture
def eka(places: Locations, ids: tuple[int, int]) -> int:
    """A third teacher, with a duty; Siti has a whole plan."""
    save(places, ids[0])
    with Store.open(places.database) as store:
        store.roster.write([EKA])
        return store.roster.find(EKA.nuptk)[0].id


def save(places: Locations, pegawai_id: int, rencana: RencanaKinerja = COMPLETE, edit: int = 1, periode: str = "2026") -> None:
    with Store.open(places.database) as store:
        assert store.drafts.save(pegawai_id, periode, rencana, edit, NOW)


def drafts(places: Locations, periode: str = "2026") -> dict[int, RencanaKinerja]:
    with Store.open(places.database) as store:
        return {one: draft.rencana for one, draft in store.drafts.all(periode).items()}


def test_the_command_line_knows_all_sections() -> None:
    """The parser loads no domain, so it repeats them."""
    assert parser_copy.PARTS == PARTS


def test_a_plan_is_copied_told_and_taken_back(run: Run, places: Locations, ids: tuple[int, int], eka: int) -> None:
    """What is filled and what stays empty and why, for each by name; exit code 1, as a duty did not fit."""
    siti, budi = ids
    tried = run("salin", "--dari", siti, "--ke", budi, eka, "--uji-coba", *P)
    told = [
        f"{budi} {BUDI.nama}: diisi: {FIVE}.",
        f"{eka} Eka: diisi: {FIVE.replace('Tugas Tambahan, ', '')}.",
        '  Tugas Tambahan tidak disalin: "Tidak ada tugas tambahan" (Dapodik mencatat: Wali Kelas).',
    ]
    words = f"Disalin dari {SITI.nama}"
    assert (tried.code, tried.out.splitlines()) == (1, told)
    assert tried.err.splitlines() == [f"{words}: 2 rencana akan diisi. {NEVER}", "Uji coba: tidak ada yang diubah."]
    assert drafts(places) == {siti: COMPLETE}
    done = run("salin", "--dari", siti, "--ke", budi, eka, *P)
    assert (done.code, done.out.splitlines()) == (1, told)
    assert done.err.splitlines() == [
        f"{words}: 2 rencana diisi. {NEVER}",
        "Urungkan semuanya dengan: pmm-tui urungkan --periode 2026",
    ]
    empty = RencanaKinerja()
    bare = structs.replace(COMPLETE, data_diri=empty.data_diri, rangkuman=empty.rangkuman)
    assert drafts(places)[budi] == bare
    again = run("salin", "--dari", siti, "--ke", budi, *P)
    assert (again.code, again.out) == (0, f"{budi} {BUDI.nama}: tetap: tidak ada yang berubah.\n")
    tried = run("urungkan", "--uji-coba", *P)
    assert tried.out.splitlines() == [
        f"{budi} {BUDI.nama}: dapat kembali seperti semula.",
        f"{eka} Eka: dapat kembali seperti semula.",
    ]
    assert len(drafts(places)) == 3
    undone = run("urungkan", *P)
    assert (undone.code, undone.err) == (0, f"{words}: 2 rencana kembali seperti semula.\n")
    assert drafts(places) == {siti: COMPLETE}
    none = run("urungkan", *P)
    assert (none.code, none.err) == (
        1,
        "Tidak ada langkah Januari–Desember 2026 yang dapat diurungkan; periode lain: tulis --periode ID.\n",
    )


def test_the_document_of_a_copy(run: Run, places: Locations, ids: tuple[int, int], eka: int) -> None:
    """One for each teacher: what is filled, replaced, left alone, empty, left behind, and what remains to be done."""
    siti, budi = ids
    own = PraktikPembelajaran(indikator=("keteraturan-suasana-kelas",))
    save(places, eka, structs.replace(COMPLETE, praktik_pembelajaran=own, tugas_tambahan=TugasTambahan()), 4)
    save(places, siti, structs.replace(COMPLETE, perilaku_kerja=RencanaKinerja().perilaku_kerja), 2)
    found = run("salin", "--dari", SITI.nip, "--ke", budi, "--ke", eka, "99", "--timpa", "--json", *P)
    assert found.code == 1
    document = found.json
    assert document.pop("ditolak") == ['Guru "99" tidak ada; lihat nomornya dengan pmm-tui daftar.']
    first, second = document.pop("guru")
    assert document == {
        "periode": "2026",
        "uji_coba": False,
        "sumber": {"jenis": "salin", "keterangan": f"Disalin dari {SITI.nama}", "periode": "2026"},
        "langkah": 1,
    }
    assert (first["hasil"], first["kosong"], first["diganti"]) == ("diisi", ["perilaku_kerja"], [])
    assert second == {
        "id": eka,
        "nama": "Eka",
        "hasil": "diisi",
        "sebab": "",
        "diisi": ["praktik_pembelajaran"],
        "diganti": ["praktik_pembelajaran"],
        "dibiarkan": [],
        "kosong": [],
        "tertinggal": [{"bagian": "tugas_tambahan", "isi": "Tidak ada tugas tambahan", "sebab": "Dapodik mencatat: Wali Kelas"}],
        "konfirmasi_gugur": True,
        "masalah": 2,
    }
    undone = run("urungkan", "--json", *P).json
    assert undone == {
        "periode": "2026",
        "uji_coba": False,
        "langkah": 1,
        "jenis": "salin",
        "keterangan": f"Disalin dari {SITI.nama}",
        "kembali": [{"id": budi, "nama": BUDI.nama}, {"id": eka, "nama": "Eka"}],
        "dibiarkan": [],
    }


def test_what_is_there_is_left_alone_unless_asked(run: Run, places: Locations, ids: tuple[int, int], eka: int) -> None:
    """And the way to replace it is told; only the sections that are named."""
    siti, budi = ids
    own = RencanaKinerja(praktik_pembelajaran=PraktikPembelajaran(indikator=("keteraturan-suasana-kelas",)))
    save(places, budi, structs.replace(own, rangkuman=COMPLETE.rangkuman))
    only = ("--bagian", "praktik-pembelajaran", "perilaku_kerja")
    done = run("salin", "--dari", siti, "--ke", budi, *only, *P)
    assert done.out.splitlines() == [
        f"{budi} {BUDI.nama}: diisi: Perilaku Kerja.",
        "  Konfirmasi gurunya tidak berlaku lagi; minta guru membacanya lagi.",
        "  Sudah berisi, tidak diganti: Praktik Kinerja.",
    ]
    assert (done.code, "Bagian yang sudah berisi dibiarkan; --timpa menggantinya." in done.err) == (0, True)
    assert "1 rencana diisi. 1 konfirmasi guru gugur." in done.err
    assert drafts(places)[budi] == structs.replace(own, perilaku_kerja=COMPLETE.perilaku_kerja)
    done = run("salin", "--dari", siti, "--ke", budi, *only, "--timpa", *P)
    assert "  Isi lama diganti: Praktik Kinerja." in done.out.splitlines()
    assert "1 rencana diisi. 1 di antaranya isinya diganti." in done.err
    assert drafts(places)[budi].praktik_pembelajaran == COMPLETE.praktik_pembelajaran


def test_a_template_is_kept_listed_used_and_removed(run: Run, places: Locations, ids: tuple[int, int], eka: int) -> None:
    """For all: the head and who was submitted are left out by name; a duty comes without its SK."""
    siti, budi = ids
    save(places, siti, DUTY, 2)
    with Store.open(places.database) as store:
        store.roster.write([HEAD])
        head = store.roster.find(HEAD.nip)[0].id
        pegawai = store.roster.get(budi)
        assert pegawai is not None
        store.drafts.save(budi, "2026", COMPLETE, 1, NOW)
        store.outbox.seal(pegawai, "2026", COMPLETE, 1, NOW)
    tried = run("templat", "simpan", "Guru Kelas", "--dari", siti, "--uji-coba", *P)
    assert (tried.out, tried.err) == (
        f'Templat "Guru Kelas": {FIVE}.\n',
        f"Templat dapat disimpan. Uji coba: tidak ada yang diubah. {NEVER}\n",
    )
    assert "Belum ada templat" in run("templat", "daftar").err
    assert run("templat", "simpan", "Guru Kelas", "--dari", siti, *P).code == 0
    again = run("templat", "simpan", "guru  kelas", "--dari", siti, *P)
    assert (again.code, again.err) == (1, 'Templat "guru kelas" sudah ada; pakai nama lain, atau --timpa untuk menggantinya.\n')
    kept = run("templat", "simpan", "guru kelas", "--dari", siti, "--timpa", "--json", *P).json
    assert (kept["hasil"], kept["templat"]["nama"], kept["templat"]["bagian"]) == ("diganti", "guru kelas", list(PARTS))
    listed = run("templat", "daftar", *P).out.splitlines()
    assert listed[0].split() == ["NAMA", "PERIODE", "UNTUK", "BAGIAN", "DISIMPAN"]
    assert listed[1].startswith(f"guru kelas  2026     guru   {FIVE}")
    assert [one["nama"] for one in run("templat", "daftar", "--json").json["templat"]] == ["guru kelas"]
    used = run("templat", "pakai", "GURU KELAS", "--semua", *P)
    assert (used.code, used.out.splitlines()) == (
        1,
        [
            f"{budi} {BUDI.nama}: ditinggal: sudah diajukan (antre).",
            f"{eka} Eka: diisi: {FIVE}.",
            f"{head} Hasan: ditinggal: rencana kepala sekolah tidak diisi dari rencana guru.",
            f"{siti} {SITI.nama}: tetap: tidak ada yang berubah.",
        ],
    )
    assert "1 rencana diisi, 1 tetap, 2 ditinggal." in used.err
    assert drafts(places)[eka].tugas_tambahan == TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),))
    assert drafts(places)[siti] == DUTY
    assert run("templat", "hapus", "guru kelas", "--uji-coba").code == 0
    assert run("templat", "hapus", "guru KELAS", "--json").json["hasil"] == "dihapus"
    gone = run("templat", "hapus", "guru kelas")
    assert (gone.code, gone.err) == (
        1,
        'Templat "guru kelas" tidak ada. Belum ada templat; simpan dulu satu dari rencana yang sudah jadi.\n',
    )
    assert run("templat", "pakai", "guru kelas", eka).code == 1


def test_the_old_plans_are_carried_into_the_new_period(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Each their own; who has none is left out by name. Without periods it is the one in force and the one before."""
    siti, budi = ids
    save(places, siti, periode="2025")
    done = run("bawa", "--dari", "2025", "--ke", "2026", "--semua")
    assert done.code == 1
    assert done.out.splitlines() == [
        f"{budi} {BUDI.nama}: ditinggal: belum ada rencana Januari–Desember 2025 di sini.",
        f"{siti} {SITI.nama}: diisi: {FIVE.removeprefix('Rapor Pendidikan, ')}.",
    ]
    assert "Rapor Pendidikan periode baru harus dibaca lagi." in done.err
    assert "pmm-tui urungkan --periode 2026" in done.err
    assert run("urungkan", *P).code == 0
    assert drafts(places) == {}
    assert run("bawa", siti, "--uji-coba").code == 0
    assert drafts(places) == {}
    assert run("bawa", siti, "--json").json["sumber"]["periode"] == "2025"
    assert list(drafts(places)) == [siti]


def test_what_was_worked_on_since_is_left_alone(run: Run, places: Locations, ids: tuple[int, int], eka: int) -> None:
    """By name, with exit code 1."""
    siti, budi = ids
    run("salin", "--dari", siti, "--ke", budi, eka, *P)
    save(places, eka, DUTY, 2)
    undone = run("urungkan", *P)
    assert (undone.code, undone.out.splitlines()) == (
        1,
        [
            f"{budi} {BUDI.nama}: kembali seperti semula.",
            f"{eka} Eka: dibiarkan; sudah diedit atau diajukan sesudah langkah itu.",
        ],
    )
    assert undone.err.endswith(": 1 rencana kembali seperti semula, 1 dibiarkan.\n")
    assert drafts(places) == {siti: COMPLETE, eka: DUTY}


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("salin", "--dari", "99", "--ke", "1"), 1, 'Guru "99" tidak ada'),
        (("salin", "--dari", BUDI.nuptk, "--ke", "1"), 1, "belum punya isi rencana"),
        (("salin", "--dari", "1"), 2, "--ke"),
        (
            ("templat", "pakai", "x", "1"),
            1,
            'Templat "x" tidak ada. Belum ada templat; simpan dulu satu dari rencana yang sudah jadi.',
        ),
        (("templat", "pakai", "x"), 2, "Isi nomor guru (ID), atau --semua"),
        (("templat", "pakai", "x", "1", "--bagian", "data_diri"), 2, '"data_diri" tidak dikenal'),
        (("templat", "simpan", "\x1b", "--dari", "SITI"), 1, "Nama templat"),
        (("bawa",), 2, "Isi nomor guru (ID), atau --semua"),
        (("bawa", "--semua", "--dari", "2026", "--ke", "2026"), 1, "asal dan tujuan sama"),
        (("bawa", "--semua", "--ke", "2024-1"), 2, "tulis --dari PERIODE"),
        (("bawa", "--semua", "--dari", "1999"), 2, 'Periode "1999" tidak ada di katalog'),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, places: Locations, ids: tuple[int, int], arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    """One sentence, a documented exit code, and nothing is changed; with --json as a document too."""
    save(places, ids[0])
    found = run(*(SITI.nip if one == "SITI" else one for one in arguments))
    assert (found.code, found.out) == (code, "")
    assert sentence in found.err
    assert drafts(places) == {ids[0]: COMPLETE}
    assert sentence in run(*(SITI.nip if one == "SITI" else one for one in arguments), "--json").json["galat"]
