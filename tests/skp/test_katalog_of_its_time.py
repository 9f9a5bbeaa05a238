"""What a catalogue is in the time of a period: older wordings stay for older periods, and no id is ever lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_parts import JenisTambahan, PraktikBefore, TugasBefore, TugasDefaultsBefore
from pmm_tui.skp.katalog_reader import bundled, read_katalog
from pmm_tui.skp.model import Pegawai, Tugas, TugasTambahan
from pmm_tui.skp.periksa import periksa
from pmm_tui.skp.rangkuman import counted_hours, proposed_tugas
from tests.skp.sample_plan import complete_plan, sample_teacher

NOW = bundled()
FIRST = read_katalog((Path(__file__).parents[1] / "compat" / "data" / "config" / "katalog.toml").read_text("utf-8"), "draf-1")
"""The catalogue that the first version came with, which a school may have as its own file."""
LISTS = ("komponen", "indikator", "kompetensi", "tugas_tambahan", "perilaku", "status_kepegawaian", "jenjang_jabatan")


def facts(katalog: Katalog, name: str) -> list[dict[str, Any]]:
    """A list of a catalogue without what says how sure it is and where it was found, and without names for the roster."""
    aside = ("keyakinan", "sumber", "alias", "catatan", "rhk")
    return [{k: v for k, v in msgspec.structs.asdict(item).items() if k not in aside} for item in getattr(katalog, name)]


@pytest.mark.parametrize("periode", ["2024-1", "2024-2", "2025"])
def test_an_older_period_is_as_it_was(periode: str) -> None:
    """Choices, labels, hours, sentence and access of the periods before 2026 are those of the first catalogue."""
    then = NOW.for_periode(periode)
    for name in LISTS:
        found = facts(then, name)
        assert (found[:12] if name == "status_kepegawaian" else found) == facts(FIRST, name), name
    assert then.praktik.rhk_pola == FIRST.praktik.rhk_pola
    assert then.jenis_ptk.berhak == FIRST.jenis_ptk.berhak
    assert then.tugas_tambahan_umum.jp_lain_maks == 0
    mine, first = NOW.find_periode(periode), FIRST.find_periode(periode)
    assert mine
    assert first
    for name in ("label", "mulai", "selesai", "rencana_mulai", "rencana_batas", "skema"):
        assert getattr(mine, name) == getattr(first, name)


@pytest.mark.parametrize("periode", [p.id for p in FIRST.periode])
def test_no_id_is_lost(periode: str) -> None:
    """Every id that a plan of any period could hold is still known in that period."""
    then = NOW.for_periode(periode)
    for name in LISTS:
        assert {item.id for item in getattr(FIRST, name)} <= {item.id for item in getattr(then, name)}, name
    ids = {f"{p.id}/{i.id}" for p in FIRST.perilaku for i in p.indikator}
    assert ids <= {f"{p.id}/{i.id}" for p in then.perilaku for i in p.indikator}
    assert {s.id for s in FIRST.skema} <= {s.id for s in NOW.skema}
    assert {g.kode for g in (*FIRST.golongan.pns, *FIRST.golongan.pppk)} <= {
        g.kode for g in (*then.golongan.pns, *then.golongan.pppk)
    }


def test_a_plan_of_2026_from_before_is_still_faultless() -> None:
    """A plan of 2026 with every tugas tambahan of the first catalogue is only warned of its hours."""
    every = TugasTambahan(tugas=tuple(Tugas(tugas=t.id) for t in FIRST.tugas_tambahan))
    found = periksa(complete_plan(NOW, "2026", tugas_tambahan=every), sample_teacher(), "2026", NOW)
    assert [(m.kode, m.halang) for m in found] == [("jp-lebih", False)]
    assert found[0].pesan == "Tugas tambahan lain berjumlah 17 JP; yang dihitung paling banyak 6 JP per minggu."


def test_the_tasks_of_today_have_their_names_and_hours() -> None:
    """Names, hours and what is new since Permendikdasmen 11/2025 (facts-2 2.3)."""
    then, now = NOW.for_periode("2025"), NOW.for_periode("2026")
    before, after = ({t.id: (t.label, t.jp) for t in one.tugas_tambahan} for one in (then, now))
    assert {i: (before[i][0], after[i][0]) for i in before if before[i][0] != after[i][0]} == {
        "koordinator-pkb": ("Koordinator PKB/PKG", "Koordinator pengembangan kompetensi"),
        "koordinator-bkk": ("Koordinator Bursa Kerja Khusus (BKK)", "Ketua Bursa Kerja Khusus (BKK)"),
        "penilai-kinerja-guru": ("Penilai kinerja guru", "Koordinator pengelolaan kinerja guru"),
        "tutor-pjj": ("Tutor pada pendidikan jarak jauh", "Tutor pendidikan kesetaraan"),
        "tppk": (
            "Koordinator/anggota Tim Pencegahan dan Penanganan Kekerasan (TPPK)",
            "Koordinator tim/satgas pencegahan dan penanganan kekerasan (TPPK)",
        ),
    }
    assert {i: (before[i][1], after[i][1]) for i in before if before[i][1] != after[i][1]} == {
        "ketua-lsp-p1": (1, 2),
        "tppk": (0, 2),
    }
    assert {i: after[i][1] for i in after if i not in before} == {
        "pengurus-bkk": 1, "anggota-lsp-p1": 1, "koordinator-projek": 2, "koordinator-inklusi": 2, "anggota-tppk": 1,
        "panitia-kegiatan": 1, "guru-wali": 2,
    }  # fmt: skip
    assert {t.id for t in now.tugas_tambahan if t.kelompok == "utama" and t.jp == 12} | {"pembimbing-khusus-inklusif"} == {
        t.id for t in now.tugas_tambahan if t.kelompok == "utama"
    }


def test_a_task_goes_by_its_names_of_other_times_too() -> None:
    """Dapodik's column may say the old or the new name: both propose the one task, in every period."""
    for periode in ("2025", "2026"):
        for column in ("Koordinator PKB/PKG", "Koordinator Pengembangan Kompetensi"):
            teacher = Pegawai(nama="Siti", tugas_tambahan=column)
            assert proposed_tugas(teacher, NOW.for_periode(periode), "SMP") == ("koordinator-pkb",)


def test_a_teacher_who_has_access_since_2026_has_none_before() -> None:
    """Guru Pendidikan Khusus and Pamong Belajar are warned about in 2025 and not in 2026 (log H11)."""
    for label in ("Guru Pendidikan Khusus", "Pamong Belajar"):
        teacher = sample_teacher(jenis_ptk=label)
        said = {p: [m.kode for m in periksa(complete_plan(NOW, p), teacher, p, NOW)] for p in ("2025", "2026", "2027")}
        assert said == {"2025": ["jenis-ptk"], "2026": [], "2027": []}


@pytest.mark.parametrize("label", ["GTT/PTT Provinsi", "GTT/PTT Kab/Kota", "Kontrak Kerja WNA"])
def test_statuses_that_were_missing_are_known(label: str) -> None:
    """Older labels of Dapodik are known, and are no ASN (log H12)."""
    found = periksa(complete_plan(NOW, "2026"), sample_teacher(status_kepegawaian=label), "2026", NOW)
    assert [m.kode for m in found] == ["non-asn"]


def test_32_points_are_advised_and_not_demanded() -> None:
    """Fewer points are a warning; an own catalogue that refuses them still does (facts-2 2.1)."""
    plan = complete_plan(NOW, "2024-1")
    few = msgspec.structs.replace(plan, pengembangan_kompetensi=msgspec.structs.replace(
        plan.pengembangan_kompetensi, rhk=plan.pengembangan_kompetensi.rhk[1:]
    ))  # fmt: skip
    said = [[(m.kode, m.halang, m.pesan) for m in periksa(few, sample_teacher(), "2024-1", katalog)] for katalog in (NOW, FIRST)]
    assert said == [
        [("poin-kurang", False, "Poin baru 8, dianjurkan paling sedikit 32; tambah RHK atau target.")],
        [("poin-kurang", True, "Poin baru 8, paling sedikit 32; tambah RHK atau target.")],
    ]


def test_the_scheme_of_today_has_the_labels_of_its_site() -> None:
    """`ruang-gtk` says Praktik Kinerja, asks for no points and no upload; the scheme of 2024 says nothing of its own."""
    now, before = NOW.skema_periode("2026"), NOW.skema_periode("2024-1")
    assert now.id == NOW.skema_periode("2027").id == "ruang-gtk"
    assert (now.poin_dipakai, now.unggah_bukti) == (False, False)
    assert now.step_label("praktik_pembelajaran", "Praktik Pembelajaran") == "Praktik Kinerja"
    assert now.step_label("perilaku_kerja", "Perilaku Kerja") == "Perilaku Kerja"
    assert "tidak diunggah" in now.step_note("tugas_tambahan")
    assert before.step_label("praktik_pembelajaran", "Praktik Pembelajaran") == "Praktik Pembelajaran"
    assert before.step_note("tugas_tambahan") == ""
    assert len(now.langkah) == 5


# ---- the mechanism


def own(**other: Any) -> Katalog:
    """The first catalogue with those parts replaced."""
    return msgspec.structs.replace(FIRST, **other)


def test_a_catalogue_of_before_is_its_own_in_every_period() -> None:
    """What knows no times is the same for all of them, and so is what has been taken for a period once."""
    assert all(FIRST.for_periode(periode.id) is FIRST for periode in FIRST.periode)
    assert NOW.for_periode("entah") is NOW
    assert "entah" not in vars(NOW)["_for_periode"]
    once = NOW.for_periode("2025")
    assert NOW.for_periode("2025") is once
    assert once.for_periode("2025") is once


def test_a_changed_copy_does_not_remember_the_original() -> None:
    """A copy with other tasks has those in its periods too."""
    assert NOW.for_periode("2026").tugas_tambahan
    assert msgspec.structs.replace(NOW, tugas_tambahan=()).for_periode("2026").tugas_tambahan == ()


def test_of_several_wordings_the_first_that_still_held_counts() -> None:
    """The day a wording ended belongs to it; the day after it has the next."""
    wording = (TugasBefore(sampai=date(2025, 1, 1), label="B", jp=2), TugasBefore(sampai=date(2024, 1, 1), label="A", jp=1))
    kind = msgspec.structs.replace(FIRST.tugas_tambahan[0], label="C", jp=3, dahulu=wording)
    katalog = own(tugas_tambahan=(kind,))
    found = {p.id: katalog.for_periode(p.id).tugas_tambahan[0] for p in katalog.periode}
    assert {p: (t.label, t.jp, t.alias) for p, t in found.items()} == {
        "2024-1": ("A", 1, ("C", "B")),
        "2024-2": ("B", 2, ("C", "A")),
        "2025": ("B", 2, ("C", "A")),
        "2026": ("C", 3, ("B", "A")),
    }


def test_a_task_is_offered_from_its_day_on() -> None:
    """`mulai` is the first day on which a period may begin that offers it."""
    kind = msgspec.structs.replace(FIRST.tugas_tambahan[0], mulai=date(2025, 1, 1))
    katalog = own(tugas_tambahan=(kind,))
    assert {p.id: len(katalog.for_periode(p.id).tugas_tambahan) for p in katalog.periode} == {
        "2024-1": 0, "2024-2": 0, "2025": 1, "2026": 1,
    }  # fmt: skip


def test_each_part_alone_makes_a_catalogue_one_of_times() -> None:
    """Sentence, limit of hours and access each have their time, whatever the others say."""
    change = msgspec.structs.replace
    day = date(2025, 1, 1)
    katalog = own(praktik=change(FIRST.praktik, dahulu=(PraktikBefore(sampai=day, rhk_pola="Dulu {indikator}"),)))
    assert [katalog.for_periode(p).praktik.rhk_pola for p in ("2025", "2026")] == ["Dulu {indikator}", FIRST.praktik.rhk_pola]
    shared = change(FIRST.tugas_tambahan_umum, jp_lain_maks=6, dahulu=(TugasDefaultsBefore(sampai=day, jp_lain_maks=4),))
    katalog = own(tugas_tambahan_umum=shared)
    assert [katalog.for_periode(p).tugas_tambahan_umum.jp_lain_maks for p in ("2025", "2026")] == [4, 6]
    katalog = own(jenis_ptk=change(FIRST.jenis_ptk, tambahan=(JenisTambahan(label="Laboran", mulai=date(2026, 1, 1)),)))
    assert ["Laboran" in katalog.for_periode(p).jenis_ptk.berhak for p in ("2025", "2026")] == [False, True]


def test_hours_are_counted_of_what_counts_together() -> None:
    """Main tasks, guidance and unknown ids do not count."""
    chosen = TugasTambahan(tugas=tuple(Tugas(tugas=t) for t in ("wakil-kepala", "guru-wali", "wali-kelas", "guru-piket", "entah")))
    assert counted_hours(complete_plan(NOW, "2026", tugas_tambahan=chosen), NOW.for_periode("2026")) == 3
