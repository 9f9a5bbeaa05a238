"""The head's desk: what the list says, which decisions are taken, what a page shows, defaults, roles and words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pmm_tui.errors import InputError
from pmm_tui.services.decision_words import QueueState, decision_json, decision_sentence
from pmm_tui.services.decisions import (
    QueueRow,
    approve_several,
    decide,
    default_expectations,
    queue,
    row_of,
    set_default_expectations,
    withdraw,
)
from pmm_tui.services.in_force import InForce, find_in_force
from pmm_tui.services.plan_reading import mark_opened, open_plan, page
from pmm_tui.services.roles import choose_role, first_screen, known_roles
from pmm_tui.skp.model import Pegawai, Rapor, Tugas, TugasTambahan
from pmm_tui.skp.wire import Change
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from tests.server.sample_school import complete_plan
from tests.store.samples import MORNING, numbered_teacher

PERIODE = "2026"
TODAY = MORNING.date()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "meja.db") as opened:
        yield opened


@pytest.fixture
def in_force() -> InForce:
    """The bundled catalogue, and the school's results."""
    found = find_in_force(lambda _: None, TODAY, chosen=PERIODE)
    return msgspec.structs.replace(found, rapor=Rapor(capaian={"penerapan-disiplin-positif": "kurang"}))


@pytest.fixture
def teachers(store: Store) -> tuple[Pegawai, ...]:
    """Three teachers; the server holds the plans of the first two."""
    store.roster.write(numbered_teacher(number) for number in (1, 2, 3))
    found = store.roster.all()
    for one in found[:2]:
        hand_in(store, one, complete_plan())
    return found


def hand_in(store: Store, pegawai: Pegawai, rencana: Any, edit: int = 1) -> None:
    """Let the server hold a plan."""
    entry = store.outbox.seal(pegawai, PERIODE, rencana, edit, MORNING)
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent("R-1", "2026-01-08T02:11:05Z", "diajukan")})


def tell(store: Store, pegawai: Pegawai, status: str, note: str = "", **more: Any) -> None:
    """Let the server tell how a plan stands."""
    plan = store.decisions.plan(pegawai.id, PERIODE)
    assert plan is not None
    when = "2026-01-09T00:00:00Z"
    told = Change(
        pegawai="g", periode=PERIODE, revisi=plan.revisi, sha256=plan.sha256, status=status, catatan=note, waktu=when, **more
    )
    store.decisions.take_told(pegawai.id, told)


def read(store: Store, in_force: InForce, pegawai: Pegawai) -> QueueRow:
    """Read a plan to its end; the row after it."""
    mark_opened(store, open_plan(store, in_force, row_of(store, in_force, pegawai), TODAY), MORNING)
    return row_of(store, in_force, pegawai)


def test_the_list(store: Store, in_force: InForce, teachers: tuple[Pegawai, ...]) -> None:
    """Everybody by name with the state by the server's word, or by a decision that waits."""
    one, two, _ = teachers
    tell(store, two, "dikembalikan", "Kurang.")
    decide(store, in_force, read(store, in_force, one), "setujui", MORNING)
    rows = queue(store, in_force)
    assert [row.pegawai.nama for row in rows] == ["Guru 01", "Guru 02", "Guru 03"]
    assert [row.state for row in rows] == [QueueState.APPROVED, QueueState.RETURNED, QueueState.MISSING]
    assert [(row.pending, row.opened, row.note) for row in rows] == [
        (True, True, ""),
        (False, False, "Kurang."),
        (False, False, ""),
    ]


def test_several_are_approved_only_where_each_was_opened(store: Store, in_force: InForce, teachers: tuple[Pegawai, ...]) -> None:
    """Those that were not are refused by name, with the reason; nothing of the others is held up."""
    read(store, in_force, teachers[0])
    done = approve_several(store, in_force, queue(store, in_force), MORNING)
    assert [one.result for one in done] == ["antre", "ditolak", "ditolak"]
    assert "Belum dibaca" in done[1].reason
    assert done[2].reason == "Rencananya belum diajukan."
    assert len(store.decisions.due(9)) == 1


@pytest.mark.parametrize("note", ["", "  ", "\n"])
@pytest.mark.parametrize("word", ["kembalikan", "buka"])
def test_a_note_is_required(store: Store, in_force: InForce, teachers: tuple[Pegawai, ...], word: Any, note: str) -> None:
    """Neither goes without a word for the teacher."""
    if word == "buka":
        tell(store, teachers[0], "disetujui")
    done = decide(store, in_force, read(store, in_force, teachers[0]), word, MORNING, note=note)
    assert (done.result, "Catatan" in done.reason) == ("ditolak", True)
    assert store.decisions.all() == ()


def test_a_row_of_before_decides_on_nothing_newer(store: Store, in_force: InForce, teachers: tuple[Pegawai, ...]) -> None:
    """The plan moved on while the page stood open: refused, also when somebody has read the newer one."""
    old = read(store, in_force, teachers[0])
    hand_in(store, teachers[0], complete_plan("keteraturan-suasana-kelas"), 2)
    read(store, in_force, teachers[0])
    done = decide(store, in_force, old, "setujui", MORNING)
    assert done.result == "ditolak"
    assert "Revisi 2" in done.reason


def test_an_approved_plan(store: Store, in_force: InForce, teachers: tuple[Pegawai, ...]) -> None:
    """It is approved no second time, not returned but opened, and other expectations are a decision of their own."""
    tell(store, teachers[0], "disetujui", keputusan="lain", ekspektasi={"kompeten": "A"})
    row = read(store, in_force, teachers[0])
    assert decide(store, in_force, row, "setujui", MORNING).result == "tetap"
    assert decide(store, in_force, row, "setujui", MORNING, expectations={"kompeten": " A "}).result == "tetap"
    assert decide(store, in_force, row, "kembalikan", MORNING, note="x").result == "ditolak"
    assert decide(store, in_force, row, "setujui", MORNING, expectations={"kompeten": "B"}, dry_run=True).result == "dapat"
    assert store.decisions.all() == ()
    assert decide(store, in_force, row, "buka", MORNING, note="Pindah.").result == "antre"
    (sealed,) = store.decisions.all()
    assert sealed.dasar == "lain"
    assert withdraw(store, row_of(store, in_force, teachers[0]))
    assert row_of(store, in_force, teachers[0]).state is QueueState.APPROVED


def test_what_no_decision_can_carry_is_refused(store: Store, in_force: InForce, teachers: tuple[Pegawai, ...]) -> None:
    """A note beyond bounds is told, and nothing of it is sealed."""
    done = decide(store, in_force, read(store, in_force, teachers[0]), "kembalikan", MORNING, note="x" * 2_001)
    assert done.result == "ditolak"
    assert store.decisions.all() == ()


def test_the_schools_own_expectations(store: Store, in_force: InForce, teachers: tuple[Pegawai, ...]) -> None:
    """An approval takes them unless it says others; a return never does; empty ones are none."""
    set_default_expectations(store, {"kompeten": " Berbagi di KKG. ", "loyal": " "})
    assert default_expectations(store) == {"kompeten": "Berbagi di KKG."}
    decide(store, in_force, read(store, in_force, teachers[0]), "setujui", MORNING)
    decide(store, in_force, read(store, in_force, teachers[1]), "kembalikan", MORNING, note="x")
    said = [one.said.ekspektasi for one in reversed(store.decisions.all()) if one.said]
    assert said == [{"kompeten": "Berbagi di KKG."}, {}]
    with pytest.raises(InputError):
        set_default_expectations(store, {"kompeten": "x" * 501})
    store.reference.set_memo("keputusan/ekspektasi", "rusak")
    assert default_expectations(store) == {}


def test_a_page_has_all_that_a_decision_needs(store: Store, in_force: InForce, teachers: tuple[Pegawai, ...]) -> None:
    """Who, the indicator against the Rapor, RHK, duties with their hours, conduct, confirmation, who sent it; and what changed."""
    parts = dict(page(open_plan(store, in_force, queue(store, in_force)[0], TODAY), in_force))
    assert "Rapor Pendidikan: kurang" in parts["Praktik Kinerja"]
    assert parts["Tugas Tambahan"] == ("tidak ada",)
    assert len(parts["Perilaku Kerja"]) == 7
    assert parts["Konfirmasi guru"] == ("cara dan tanggal tidak dicatat",)
    assert any("Revisi 1" in line for line in parts["Diajukan"])
    read(store, in_force, teachers[0])
    duties = TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="421.3/21"), Tugas(tugas="guru-piket")))
    hand_in(store, teachers[0], complete_plan().with_section(duties), 2)
    tell(store, teachers[0], "dikembalikan", "Kurang.", ekspektasi={"kompeten": "A"})
    sheet = open_plan(store, in_force, row_of(store, in_force, teachers[0]), TODAY)
    (first, *_) = page(sheet, in_force)
    assert first.heading == "Berubah sejak revisi 1 yang dibaca di sini"
    assert any("Wali kelas" in line or "Wali Kelas" in line for line in first.lines)
    parts = dict(page(sheet, in_force))
    assert parts["Tugas Tambahan"][-1] == "Tugas tambahan lain: 3 JP dari paling banyak 6"
    assert "SK 421.3/21" in parts["Tugas Tambahan"][0]
    assert "tanpa SK" in parts["Tugas Tambahan"][1]
    assert parts["Keputusan terakhir"][1:] == ("Kurang.", "Ekspektasi Kompeten: A")
    assert "Peringatan pemeriksaan" in parts


def test_the_limit_is_told_only_of_duties_that_it_counts(store: Store, in_force: InForce, teachers: tuple[Pegawai, ...]) -> None:
    """A main duty shows its own hours, without the sum of the other duties and their limit."""
    duties = TugasTambahan(tugas=(Tugas(tugas="kepala-lab-bengkel-produksi", nomor_sk="421.3/21"),))
    hand_in(store, teachers[0], complete_plan().with_section(duties), 2)
    (only,) = dict(page(open_plan(store, in_force, row_of(store, in_force, teachers[0]), TODAY), in_force))["Tugas Tambahan"]
    assert only.endswith("SK 421.3/21: 12 JP")


def test_a_page_of_a_heads_plan_has_the_heads_choices(store: Store, in_force: InForce) -> None:
    """Of a head whose number the configuration does not know: the indicator of D.3 in words, and no duties are missed."""
    store.roster.write([msgspec.structs.replace(numbered_teacher(9), jenis_ptk="Kepala Sekolah")])
    (head,) = store.roster.all()
    hand_in(store, head, complete_plan("visi-misi-satuan-pendidikan").with_section(TugasTambahan()))
    read(store, in_force, head)
    hand_in(store, head, complete_plan("dukungan-untuk-refleksi-guru").with_section(TugasTambahan()), 2)
    sheet = open_plan(store, in_force, row_of(store, in_force, head), TODAY)
    parts = dict(page(sheet, in_force))
    assert "kepemimpinan instruksional yang berfokus pada Dukungan untuk Refleksi Guru" in parts["Praktik Kinerja"][0]
    assert parts["Tugas Tambahan"] == ("tidak ada",)
    assert [(one.theirs, one.mine) for one in sheet.changes] == [("Visi-misi Satuan Pendidikan", "Dukungan untuk Refleksi Guru")]


def test_nothing_to_read(store: Store, in_force: InForce, teachers: tuple[Pegawai, ...]) -> None:
    """A plan that was not handed in, or of which the content is not here, is told and counts as nothing read."""
    with pytest.raises(InputError, match="belum diajukan"):
        open_plan(store, in_force, row_of(store, in_force, teachers[2]), TODAY)
    store.outbox.hold(teachers[2].id, PERIODE, 1, "a" * 64, "diajukan", "", "")
    with pytest.raises(InputError, match="pmm-tui tarik"):
        open_plan(store, in_force, row_of(store, in_force, teachers[2]), TODAY)
    assert "pmm-tui tarik" in decide(store, in_force, row_of(store, in_force, teachers[2]), "setujui", MORNING).reason


def test_what_is_said_of_a_decision(store: Store, teachers: tuple[Pegawai, ...]) -> None:
    """The operator's side: who decided what, when, and the note; nothing while nothing is decided."""
    plan = store.decisions.plan(teachers[0].id, PERIODE)
    assert plan is not None
    assert (decision_sentence(plan), decision_json(plan), decision_json(None)) == ("", None, None)
    tell(store, teachers[0], "dikembalikan", "Tambah satu RHK.")
    plan = store.decisions.plan(teachers[0].id, PERIODE)
    assert plan is not None
    assert decision_sentence(plan).startswith("Dikembalikan kepala sekolah ")
    assert decision_sentence(plan).endswith(" Catatan: Tambah satu RHK.")
    told = decision_json(plan)
    assert told is not None
    assert told["waktu"] == "2026-01-09T00:00:00Z"


@pytest.mark.parametrize(
    ("answer", "roles", "screen"),
    [
        (None, ("operator",), "operator"),
        ({"peran": "operator"}, ("operator",), "operator"),
        ({"peran": "kepala_sekolah"}, ("kepala_sekolah",), "kepala"),
        ({"peran": "kepala_sekolah", "semua_peran": ["operator", "kepala_sekolah"]}, ("kepala_sekolah", "operator"), "pilih"),
        ({"peran": "dinas"}, ("operator",), "operator"),
        ({"peran": 5}, ("operator",), "operator"),
        ({}, ("operator",), "operator"),
    ],
)
def test_the_role_decides_the_first_screen(store: Store, answer: Any, roles: tuple[str, ...], screen: str) -> None:
    """What the server last told counts; what it does not tell is the operator's."""
    if answer is not None:
        store.reference.put("sekolah", "", msgspec.json.encode(answer), MORNING)
    assert (known_roles(store), first_screen(store)) == (roles, screen)


def test_who_has_both_roles_comes_back_to_the_one_chosen(store: Store) -> None:
    """Until they ask to choose again; of one role there is nothing to choose."""
    store.reference.put("sekolah", "", b'{"peran":"kepala_sekolah","semua_peran":["kepala_sekolah","operator"]}', MORNING)
    for role, screen in (("operator", "operator"), ("kepala_sekolah", "kepala"), (None, "pilih")):
        choose_role(store, role)  # type: ignore[arg-type]
        assert first_screen(store) == screen
    choose_role(store, "operator")
    store.reference.put("sekolah", "", b'{"peran":"kepala_sekolah"}', MORNING)
    assert first_screen(store) == "kepala"
