"""Plans of an earlier period carried over: each teacher's own, what could not come along, and when it is offered."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.errors import InputError
from pmm_tui.services.carry_over import NO_OFFER, Offer, offers, previous_periode, try_carry_over
from pmm_tui.services.copying import CopyTrial, do_copy
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    RHK,
    DataDiri,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    RencanaKinerja,
    Tugas,
    TugasTambahan,
)
from pmm_tui.skp.plan_carry import PARTS
from pmm_tui.store import Store
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.services.copying_cases import HEAD, SENT, TODAY, everyone, hold, row_of, save, submitted, without
from tests.tui.samples import full_plan

OLD = "2025"
SEMESTER = "2024-2"


def of(periode: str) -> object:
    return structs.replace(IN_FORCE, periode=periode, katalog=bundled().for_periode(periode))


def tried(store: Store, *teachers: Pegawai, old: str = OLD, new: str = PERIODE, replace: bool = False) -> CopyTrial:
    ids = [one.id for one in teachers or store.roster.all()]
    return try_carry_over(store, of(old), of(new), TODAY, ids, replace=replace)  # type: ignore[arg-type]


def test_each_gets_their_own_plan(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """Without data diri, confirmation, SK, and the word that the Rapor was read; as one step that can be undone."""
    duties = TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="7/2025", tanggal_sk="2025-07-01"),))
    save(store, ani, periode=OLD)
    save(store, budi, structs.replace(full_plan(9), tugas_tambahan=duties), periode=OLD)
    trial = tried(store)
    assert [(row.result, row.changed, row.left) for row in trial.rows] == [("diisi", PARTS[1:], ())] * 2
    step = do_copy(store, IN_FORCE, trial, NOW)
    assert step is not None
    assert (step.kind, step.words, step.periode) == ("bawa", "Dibawa dari Januari–Desember 2025", PERIODE)
    found = everyone(store)
    assert found[ani.nama][1] == without(full_plan(), "data_diri", "rapor_pendidikan", "rangkuman")
    assert found[budi.nama][1].pengembangan_kompetensi == full_plan(9).pengembangan_kompetensi
    assert found[budi.nama][1].tugas_tambahan == TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),))
    store.steps.undo(step.id, NOW)
    assert everyone(store) == {}
    assert len(store.drafts.all(OLD)) == 2


def test_where_there_is_no_draft_the_newest_plan_counts(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """The one that was sealed here, or that another computer sent; who has none is left out with the reason."""
    submitted(store, ani, SENT, periode=OLD)
    store.database.call(lambda: store.database.connection.execute("DELETE FROM draf"))
    assert row_of(tried(store), ani).result == "diisi"
    assert row_of(tried(store), budi).why == "belum ada rencana Januari–Desember 2025 di sini"
    hold(store, budi, full_plan(8), periode=OLD)
    after = row_of(tried(store), budi).after
    assert after is not None
    assert after.pengembangan_kompetensi == full_plan(8).pengembangan_kompetensi


def test_what_the_new_period_does_not_take_is_listed(store: Store, ani: Pegawai) -> None:
    """Another scheme: too many indicators of one value, points that are missing, what the catalogue has no more."""
    value = bundled().perilaku[0]
    plan = RencanaKinerja(
        praktik_pembelajaran=PraktikPembelajaran(indikator=("entah",)),
        pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(uraian="Menulis modul", target=2),)),
        perilaku_kerja=PerilakuKerja(indikator=tuple(f"{value.id}/{one.id}" for one in value.indikator)),
    )
    save(store, ani, plan, periode=OLD)
    row = row_of(tried(store, ani, new=SEMESTER), ani)
    assert row.changed == ("pengembangan_kompetensi",)
    assert [(one.section, one.what) for one in row.left] == [
        ("praktik_pembelajaran", "entah"),
        ("pengembangan_kompetensi", "Poin: Menulis modul"),
        ("perilaku_kerja", value.label),
    ]
    assert row.blocking > 0


def test_what_is_there_already_is_kept_unless_asked(store: Store, ani: Pegawai) -> None:
    """Section by section."""
    own = PraktikPembelajaran(indikator=("keteraturan-suasana-kelas",))
    save(store, ani, periode=OLD)
    save(store, ani, RencanaKinerja(data_diri=DataDiri(sesuai=True), praktik_pembelajaran=own), 3)
    row = row_of(tried(store, ani), ani)
    assert (row.edit, row.kept, row.changed) == (3, ("praktik_pembelajaran",), PARTS[2:])
    assert row_of(tried(store, ani, replace=True), ani).replaced == ("praktik_pembelajaran",)


def test_who_became_a_head_plans_anew(store: Store, ani: Pegawai) -> None:
    """A teacher's plan is none of a kepala sekolah, and the other way round."""
    save(store, ani, periode=OLD)
    store.roster.write([structs.replace(ani, jenis_ptk="Kepala Sekolah"), HEAD])
    (head,) = store.roster.find(HEAD.nip)
    own = RencanaKinerja(praktik_pembelajaran=PraktikPembelajaran(indikator=("visi-misi-satuan-pendidikan",)))
    save(store, head, own, periode=OLD)
    trial = tried(store, ani, head)
    assert row_of(trial, ani).why == "rencana kepala sekolah tidak diisi dari rencana guru"
    assert row_of(trial, head).result == "diisi"
    store.roster.write([structs.replace(head, jenis_ptk="Guru Mapel")])
    assert row_of(tried(store, head), head).why == "rencana guru tidak diisi dari rencana kepala sekolah"


def test_one_period_is_not_carried_onto_itself(store: Store) -> None:
    """It says so."""
    with pytest.raises(InputError, match="asal dan tujuan sama"):
        tried(store, old=PERIODE)


def test_it_is_offered_for_a_period_in_which_nothing_was_begun(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """How many, and from which; not those who need no plan or whose plan is on the server, nor when one was begun here."""
    assert offers(store, IN_FORCE) == NO_OFFER
    assert not offers(store, IN_FORCE)
    save(store, ani, periode=OLD)
    save(store, budi, periode=OLD)
    assert offers(store, IN_FORCE) == Offer(2, OLD, "Januari–Desember 2025")
    store.not_needed.mark([budi.id], PERIODE, "mutasi", NOW)
    assert offers(store, IN_FORCE).count == 1
    hold(store, ani, full_plan())
    assert not offers(store, IN_FORCE)
    store.not_needed.unmark([budi.id], PERIODE, NOW)
    assert offers(store, IN_FORCE).count == 1
    save(store, budi, RencanaKinerja(praktik_pembelajaran=PraktikPembelajaran(indikator=("x",))))
    assert not offers(store, IN_FORCE)


@pytest.mark.parametrize(
    ("periode", "before"), [("2026", "2025"), ("2025", "2024-2"), ("2024-2", "2024-1"), ("2024-1", ""), ("x", "")]
)
def test_the_period_before(periode: str, before: str) -> None:
    """Also where the server's catalogue has only one."""
    for katalog in (bundled(), bundled().only_periode(periode)) if periode != "x" else (bundled(),):
        found = previous_periode(katalog, periode)
        assert (found.id if found else "") == before
