"""Copying onto several teachers: what it would do for whom, what it leaves out and why, one step done and taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from msgspec import structs

from pmm_tui.errors import DiskFullError, InputError, StorageError
from pmm_tui.services.copying import (
    CopyTrial,
    Source,
    do_copy,
    last_worked,
    source_of_teacher,
    source_of_template,
    try_copy,
)
from pmm_tui.services.listing import all_rows
from pmm_tui.skp.model import DataDiri, Pegawai, PraktikPembelajaran, Rangkuman, RencanaKinerja, TugasTambahan
from pmm_tui.skp.plan_carry import PARTS
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Conflict, Rejected
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.services.copying_cases import HEAD, SENT, TODAY, everyone, held_plan, hold, row_of, save, submitted, without
from tests.store.samples import numbered_teacher
from tests.tui.samples import CITRA, full_plan

OWN = PraktikPembelajaran(indikator=("keteraturan-suasana-kelas",))


@pytest.fixture
def citra(store: Store) -> Pegawai:
    """A third teacher, without any duty."""
    store.roster.write([CITRA])
    return store.roster.find(CITRA.nip)[0]


def tried(store: Store, source: Source, *teachers: Pegawai, parts: tuple[str, ...] = PARTS, replace: bool = False) -> CopyTrial:
    return try_copy(store, IN_FORCE, TODAY, source, [one.id for one in teachers], parts, replace=replace)


def from_ani(store: Store, ani: Pegawai, rencana: RencanaKinerja | None = None) -> Source:
    save(store, ani, rencana)
    return source_of_teacher(store, IN_FORCE, ani.id)


def test_a_plan_is_copied_and_taken_back_as_one_step(store: Store, ani: Pegawai, budi: Pegawai, citra: Pegawai) -> None:
    """With what it fills, leaves and why; the trial changes nothing; the judgement is that of the list afterwards."""
    source = from_ani(store, ani)
    save(store, budi, RencanaKinerja(data_diri=DataDiri(golongan="III/b", sesuai=True), praktik_pembelajaran=OWN), 4)
    before = everyone(store)
    trial = tried(store, source, ani, budi, citra)
    assert everyone(store) == before
    assert [(row.pegawai.nama, row.result, row.why) for row in trial.rows] == [
        (ani.nama, "ditinggal", "sumbernya sendiri"),
        (budi.nama, "diisi", ""),
        (citra.nama, "diisi", ""),
    ]
    of_budi, of_citra = row_of(trial, budi), row_of(trial, citra)
    assert (of_budi.edit, of_budi.kept, of_budi.replaced) == (4, ("praktik_pembelajaran",), ())
    assert [(one.section, one.what) for one in of_budi.left] == [("tugas_tambahan", "Tidak ada tugas tambahan")]
    assert (of_citra.changed, of_citra.left, of_citra.before) == (PARTS, (), None)
    step = do_copy(store, IN_FORCE, trial, NOW)
    assert step is not None
    assert (step.kind, step.words, step.count) == ("salin", f"Disalin dari {ani.nama}", 2)
    rows = {row.pegawai.id: row for row in all_rows(store, IN_FORCE, TODAY)}
    for row in trial.filled:
        assert rows[row.pegawai.id].rencana == row.after
        assert len(rows[row.pegawai.id].blocking) == row.blocking
    plan = rows[citra.id].rencana
    assert plan == without(full_plan(), "data_diri", "rangkuman")
    assert [m.kode for m in rows[citra.id].blocking] == ["belum-sesuai", "belum-dikonfirmasi"]
    undone = store.steps.undo(step.id, NOW)
    assert set(undone.back) == {budi.id, citra.id}
    assert {name: plan for name, (_, plan) in everyone(store).items()} == {name: plan for name, (_, plan) in before.items()}


def test_the_same_again_changes_nothing(store: Store, ani: Pegawai, citra: Pegawai) -> None:
    """And makes no step."""
    source = from_ani(store, ani)
    do_copy(store, IN_FORCE, tried(store, source, citra), NOW)
    trial = tried(store, source, citra, replace=True)
    assert [(row.result, row.why) for row in trial.rows] == [("tetap", "tidak ada yang berubah")]
    assert not trial.left_out
    step = store.steps.last(PERIODE)
    assert do_copy(store, IN_FORCE, trial, NOW) is None
    assert store.steps.last(PERIODE) == step


def test_replacing_says_what_is_replaced_and_whose_word_is_gone(store: Store, ani: Pegawai, citra: Pegawai) -> None:
    """The sections, and that the teacher has to confirm anew."""
    save(store, citra, structs.replace(full_plan(), praktik_pembelajaran=OWN), 3)
    source = from_ani(store, ani)
    kept = row_of(tried(store, source, citra), citra)
    assert (kept.result, kept.why, kept.kept, kept.unconfirmed) == ("tetap", "sudah berisi", ("praktik_pembelajaran",), False)
    row = row_of(tried(store, source, citra, replace=True), citra)
    assert (row.result, row.changed, row.replaced) == ("diisi", ("praktik_pembelajaran",), ("praktik_pembelajaran",))
    assert row.unconfirmed
    assert row.after is not None
    assert row.after.rangkuman == Rangkuman()


def test_only_some_sections(store: Store, ani: Pegawai, citra: Pegawai) -> None:
    """The others stay empty."""
    row = row_of(tried(store, from_ani(store, ani), citra, parts=("perilaku_kerja",)), citra)
    assert row.after == RencanaKinerja(perilaku_kerja=full_plan().perilaku_kerja)


def _unneeded(store: Store, pegawai: Pegawai) -> None:
    store.not_needed.mark([pegawai.id], PERIODE, "honor", NOW)


def _edited_after_approval(store: Store, pegawai: Pegawai) -> None:
    submitted(store, pegawai, SENT, "disetujui")
    save(store, pegawai, RencanaKinerja(praktik_pembelajaran=OWN), 2)


def _damaged(store: Store, pegawai: Pegawai) -> None:
    save(store, pegawai)
    store.database.call(
        lambda: store.database.connection.execute("UPDATE draf SET rencana = x'7b' WHERE pegawai_id = ?", (pegawai.id,))
    )


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (submitted, "sudah diajukan (antre)"),
        (lambda store, one: submitted(store, one, SENT), "sudah diajukan (terkirim)"),
        (lambda store, one: submitted(store, one, SENT, "disetujui"), "sudah disetujui kepala sekolah"),
        (_edited_after_approval, "sudah disetujui kepala sekolah"),
        (lambda store, one: submitted(store, one, Conflict(None)), "belum dilihat di sini"),
        (lambda store, one: hold(store, one, full_plan(7)), "belum dilihat di sini"),
        (_unneeded, "ditandai tidak perlu (honor)"),
        (_damaged, "drafnya rusak"),
    ],
)
def test_who_is_left_out(store: Store, ani: Pegawai, citra: Pegawai, make: Callable[[Store, Pegawai], None], why: str) -> None:
    """With the reason, whatever was asked for; the others are done all the same."""
    make(store, citra)
    source = from_ani(store, ani)
    before = store.drafts.edits(PERIODE)
    store.roster.write([numbered_teacher(9)])
    other = store.roster.find(numbered_teacher(9).nip)[0]
    trial = tried(store, source, citra, other, replace=True)
    row = row_of(trial, citra)
    assert (row.result, row.after) == ("ditinggal", None)
    assert why in row.why
    assert trial.left_out
    step = do_copy(store, IN_FORCE, trial, NOW)
    assert step is not None
    assert step.count == 1
    assert store.drafts.edits(PERIODE) == {**before, other.id: 1}


@pytest.mark.parametrize(
    "make", [lambda s, p: submitted(s, p, SENT, "dikembalikan"), lambda s, p: submitted(s, p, Rejected(masalah=()))]
)
def test_what_came_back_can_be_filled_anew(
    store: Store, ani: Pegawai, citra: Pegawai, make: Callable[[Store, Pegawai], None]
) -> None:
    """A returned or a refused plan is work to do."""
    make(store, citra)
    source = from_ani(store, ani, structs.replace(full_plan(), praktik_pembelajaran=OWN))
    trial = tried(store, source, citra, replace=True)
    assert row_of(trial, citra).changed == ("praktik_pembelajaran",)
    assert do_copy(store, IN_FORCE, trial, NOW) is not None


def test_a_heads_plan_and_a_teachers_are_two_kinds(store: Store, ani: Pegawai, citra: Pegawai) -> None:
    """Neither fills the other."""
    store.roster.write([HEAD])
    (head,) = store.roster.find(HEAD.nip)
    trial = tried(store, from_ani(store, ani), head)
    assert [(r.result, r.why) for r in trial.rows] == [("ditinggal", "rencana kepala sekolah tidak diisi dari rencana guru")]
    save(store, head, RencanaKinerja(praktik_pembelajaran=PraktikPembelajaran(indikator=("visi-misi-satuan-pendidikan",))))
    source = source_of_teacher(store, IN_FORCE, head.id)
    assert source.sasaran == "kepala-sekolah"
    trial = tried(store, source, citra)
    assert [(r.result, r.why) for r in trial.rows] == [("ditinggal", "rencana guru tidak diisi dari rencana kepala sekolah")]


def test_what_changed_after_the_trial_stops_the_whole_step(store: Store, ani: Pegawai, budi: Pegawai, citra: Pegawai) -> None:
    """An edit, a submission that left the edit as it was, and what was fetched: nothing of the step is done."""
    source = from_ani(store, ani)
    save(store, budi, RencanaKinerja(praktik_pembelajaran=OWN))
    begun = RencanaKinerja(praktik_pembelajaran=OWN)
    for change in (
        lambda: store.drafts.save(citra.id, PERIODE, begun, 5, NOW),
        lambda: store.outbox.seal(budi, PERIODE, begun, 1, NOW),
        lambda: hold(store, citra, full_plan()),
    ):
        trial = tried(store, source, budi, citra)
        assert trial.filled
        change()
        before = everyone(store)
        with pytest.raises(InputError, match=r"[Tt]idak ada yang diubah"):
            do_copy(store, IN_FORCE, trial, NOW)
        assert everyone(store) == before
    assert store.steps.last(PERIODE) is None


def test_a_full_disk_changes_nothing(store: Store, ani: Pegawai, budi: Pegawai, citra: Pegawai) -> None:
    """All of the step or none of it, also when the room ends in the middle."""
    source = from_ani(store, ani)
    trial = tried(store, source, budi, citra)
    before, connection = everyone(store), store.database.connection

    def limit(pages: int) -> None:
        store.database.call(lambda: connection.execute(f"PRAGMA max_page_count = {pages}").fetchone())

    filler = store.database.call(lambda: connection.execute("PRAGMA page_count").fetchone()[0])
    big = structs.replace(
        trial.filled[0].after or RencanaKinerja(), data_diri=DataDiri(golongan="x" * 200_000)
    )  # more than the pages that are left
    full = structs.replace(trial, rows=(*trial.rows[:1], structs.replace(trial.rows[1], after=big)))
    limit(filler)
    with pytest.raises(DiskFullError):
        do_copy(store, IN_FORCE, full, NOW)
    limit(1_000_000)
    assert everyone(store) == before
    assert store.steps.last(PERIODE) is None


def test_a_source_without_content_is_none(store: Store, ani: Pegawai) -> None:
    """Never begun, emptied again, or not in the roster; data diri alone are nobody else's."""
    for make in (lambda: None, lambda: save(store, ani, RencanaKinerja(data_diri=DataDiri(sesuai=True)))):
        make()
        with pytest.raises(InputError, match="belum punya isi rencana"):
            source_of_teacher(store, IN_FORCE, ani.id)
    with pytest.raises(InputError, match="Guru nomor 99"):
        source_of_teacher(store, IN_FORCE, 99)


def test_a_template_fills_and_the_rapor_of_another_period_is_not_read(store: Store, ani: Pegawai, citra: Pegawai) -> None:
    """What was said of an earlier Rapor Pendidikan says nothing of this one."""
    store.templates.save("Guru kelas", PERIODE, "", full_plan(), NOW)
    source = source_of_template(store, "guru KELAS")
    assert (source.kind, source.words) == ("templat", 'Templat "Guru kelas"')
    assert row_of(tried(store, source, citra), citra).changed == PARTS
    store.templates.save("Lama", "2025", "", full_plan(), NOW)
    assert row_of(tried(store, source_of_template(store, "lama"), citra), citra).changed == PARTS[1:]
    with pytest.raises(InputError, match="Yang ada: Guru kelas, Lama"):
        source_of_template(store, "entah")


def test_undoing_keeps_later_edits(store: Store, ani: Pegawai, budi: Pegawai, citra: Pegawai) -> None:
    """Of the teacher alone whose plan was worked on since."""
    step = do_copy(store, IN_FORCE, tried(store, from_ani(store, ani), budi, citra), NOW)
    assert step is not None
    edited = structs.replace(full_plan(), tugas_tambahan=TugasTambahan())
    save(store, citra, edited, 2)
    undone = store.steps.undo(step.id, NOW)
    assert (undone.back, undone.kept) == ((budi.id,), (citra.id,))
    assert everyone(store) == {ani.nama: (1, full_plan()), citra.nama: (2, edited)}


def test_who_was_worked_on_last_is_nobody_elses_work(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """What was fetched from another computer is not what one did here."""
    save(store, ani)
    store.held.take(held_plan(budi, full_plan(5)), full_plan(5), 1, NOW, seen=False)
    assert store.drafts.get(budi.id, PERIODE) is not None
    assert last_worked(store, PERIODE, besides=0) == ani.id
    assert last_worked(store, PERIODE, besides=ani.id) is None


def _statements(store: Store, work: Callable[[], object]) -> list[str]:
    told: list[str] = []
    connection: sqlite3.Connection = store.database.connection
    store.database.call(lambda: connection.set_trace_callback(told.append))
    try:
        work()
    finally:
        store.database.call(lambda: connection.set_trace_callback(None))
    return told


def test_reading_takes_as_many_statements_for_a_thousand(store: Store, ani: Pegawai) -> None:
    """And the step is one transaction, whose statements outside of the rows themselves do not grow either."""
    source = from_ani(store, ani)
    counts = []
    for first, last in ((10, 15), (100, 1100)):
        store.roster.write([numbered_teacher(number) for number in range(first, last)])
        ids = [one.id for one in store.roster.all() if one.id != ani.id]
        found: list[CopyTrial] = []
        reads = _statements(store, lambda ids=ids, found=found: found.append(try_copy(store, IN_FORCE, TODAY, source, ids)))
        writes = _statements(store, lambda found=found: do_copy(store, IN_FORCE, found[0], NOW))
        done = len(found[0].filled)
        assert done >= last - first
        begun = sum(one.startswith("BEGIN") for one in writes)
        rows = sum(one.startswith(("INSERT INTO draf", "INSERT INTO langkah_guru")) for one in writes)
        assert (begun, rows) == (1, 2 * done)
        counts.append((len(reads), len(writes) - rows))
    assert counts[0] == counts[1]


def test_a_fault_of_the_storage_is_told(store: Store, ani: Pegawai, citra: Pegawai) -> None:
    """Not swallowed."""
    trial = tried(store, from_ani(store, ani), citra)
    store.database.call(lambda: store.database.connection.execute("DROP TABLE langkah_guru"))
    with pytest.raises(StorageError):
        do_copy(store, IN_FORCE, trial, NOW)
