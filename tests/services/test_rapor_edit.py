"""The school's own Rapor Pendidikan beside the server's: whose word counts, and that nothing is replaced unseen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster import rapor_child, rapor_file
from pmm_tui.services import rapor_edit
from pmm_tui.services.in_force import InForce, find_in_force
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Rapor, Sekolah
from pmm_tui.store import Store
from tests.rapor_files import FILE_NAME, LABELS, LEVELS, NPSN, SCHOOL, report, write_report
from tests.services.conftest import NOW, PERIODE

KATALOG = bundled()
FINE = {"aktivitas-interaktif": "sedang", "instruksi-pembelajaran": "baik"}


@pytest.fixture(autouse=True)
def _in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child's reading in this process."""
    monkeypatch.setattr(rapor_file, "read_other", lambda module, path, way: rapor_child.read(path.read_bytes()))


def in_force(store: Store, own_katalog: Katalog | None = None) -> InForce:
    """What is in force now."""
    return find_in_force(
        store.reference.get,
        NOW.date(),
        chosen=PERIODE,
        own_katalog=own_katalog,
        own_sekolah=Sekolah(npsn=NPSN, nama=SCHOOL),
        own_rapor=store.own_rapor.all,
    )


def served(store: Store, **content: Any) -> None:
    """The server has told this rapor."""
    store.reference.put(f"rapor/{PERIODE}", '"v1"', msgspec.json.encode(Rapor(**content)), NOW)


def take(store: Store, tmp_path: Path, rows: Any = None, seconds: float = 0) -> rapor_edit.RaporProposal:
    """Take a download."""
    proposal = rapor_edit.propose_file(
        store, in_force(store), write_report(tmp_path / FILE_NAME, rows), NOW + timedelta(seconds=seconds)
    )
    rapor_edit.keep(store, in_force(store), proposal)
    return proposal


def typed(store: Store, *text: str) -> rapor_edit.RaporProposal:
    """Type levels."""
    proposal = rapor_edit.propose_typed(store, in_force(store), text, NOW)
    rapor_edit.keep(store, in_force(store), proposal)
    return proposal


def test_a_download_is_in_force_once_it_is_kept(store: Store, tmp_path: Path) -> None:
    """Proposing changes nothing; kept, all eight have their component's level, and it is known where that comes from."""
    proposal = rapor_edit.propose_file(store, in_force(store), write_report(tmp_path / FILE_NAME), NOW)
    assert len(proposal.changes) == 8
    assert in_force(store).rapor == Rapor()
    assert in_force(store).rapor_source.words == ""
    rapor_edit.keep(store, in_force(store), proposal)
    found = in_force(store)
    assert found.rapor == proposal.after
    assert found.rapor.capaian["aktivitas-interaktif"] == "kurang"
    assert len(found.rapor.menurut_komponen) == 8
    assert found.rapor_source == proposal.source
    assert found.rapor_source.words == f"unduhan {FILE_NAME}, diimpor 10 Januari 2026"
    assert found.rapor_source.own


def test_the_servers_levels_are_shown_before_they_give_way(store: Store, tmp_path: Path) -> None:
    """Each indicator with what was in force and what would be; those the download says nothing of keep the server's."""
    served(store, capaian=FINE | {"visi-misi-satuan-pendidikan": "baik"}, rekomendasi=("instruksi-pembelajaran",))
    assert in_force(store).rapor_source.words == "dari server"
    assert not in_force(store).rapor_source.own
    proposal = take(store, tmp_path)
    changes = {change.item.name.partition("/")[2]: (change.before, change.after) for change in proposal.changes}
    assert changes["aktivitas-interaktif"] == ("sedang", "kurang")
    assert changes["keteraturan-suasana-kelas"] == ("", "baik")
    found = in_force(store)
    assert found.rapor.capaian["visi-misi-satuan-pendidikan"] == "baik"
    assert found.rapor_source.kinds == ("berkas", "server")
    assert found.rapor.rekomendasi == ("aktivitas-interaktif", "instruksi-pembelajaran", "instruksi-yang-adaptif")


def test_a_fetch_does_not_replace_the_schools_own(store: Store, tmp_path: Path) -> None:
    """What the server tells later stands beside, shown with each indicator that it says otherwise."""
    take(store, tmp_path)
    before = in_force(store).rapor
    served(store, capaian=FINE)
    assert in_force(store).rapor == before
    told = {line.item.name: line.at_server for line in rapor_edit.shown(store, in_force(store)) if line.at_server}
    assert told == {"indikator/aktivitas-interaktif": "sedang", "indikator/instruksi-pembelajaran": "baik"}


def test_what_was_typed_stays_when_a_download_says_otherwise(store: Store, tmp_path: Path) -> None:
    """It is said that it stays; taken back, the download's word counts."""
    typed(store, "aktivitas-interaktif=baik", "Manajemen kelas=kurang")
    proposal = take(store, tmp_path)
    assert [item.name for item in proposal.stays] == ["komponen/manajemen-kelas", "indikator/aktivitas-interaktif"]
    found = in_force(store)
    assert (found.rapor.capaian["aktivitas-interaktif"], found.rapor.capaian["keteraturan-suasana-kelas"]) == ("baik", "kurang")
    assert found.rapor_source.kinds == ("berkas", "tangan")
    assert found.rapor_source.words.endswith("; sebagian diisi sendiri")
    back = typed(store, "aktivitas-interaktif=", "D.1.1 =")
    assert [(change.before, change.after) for change in back.changes] == [
        ("kurang", "baik"),
        ("kurang", "baik"),
        ("baik", "kurang"),
    ]
    assert in_force(store).rapor_source.kinds == ("berkas",)


def test_a_newer_download_takes_the_place_of_the_older_one(store: Store, tmp_path: Path) -> None:
    """Also where it says nothing any more of what the older one said."""
    take(store, tmp_path)
    levels = LEVELS | {"D.1.1": ("Capaian Tidak Tersedia", ""), "D.1.3": ("Sedang", "55")}
    proposal = take(store, tmp_path, report(levels), 60)
    changes = {change.item.label: (change.before, change.after) for change in proposal.changes}
    assert changes["Keteraturan Suasana Kelas"] == ("baik", "")
    assert changes["Aktivitas Interaktif"] == ("kurang", "sedang")
    assert "keteraturan-suasana-kelas" not in in_force(store).rapor.capaian
    assert in_force(store).rapor_source.at == NOW + timedelta(seconds=60)


def test_the_same_download_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    """And says so."""
    take(store, tmp_path)
    assert take(store, tmp_path, seconds=9).changes == ()


def test_going_back_to_the_servers(store: Store, tmp_path: Path) -> None:
    """Each change is shown before; without anything of the server there is nothing to go back to."""
    take(store, tmp_path)
    with pytest.raises(InputError, match="belum ada dari server"):
        rapor_edit.propose_server(store, in_force(store), NOW)
    served(store, capaian=FINE)
    proposal = rapor_edit.propose_server(store, in_force(store), NOW + timedelta(seconds=5))
    assert ("kurang", "sedang") in [(change.before, change.after) for change in proposal.changes]
    rapor_edit.keep(store, in_force(store), proposal)
    assert in_force(store).rapor == Rapor(capaian=FINE)
    assert in_force(store).rapor_source.words == "dari server"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("aktivitas-interaktip=baik", 'Mungkin maksudnya "aktivitas-interaktif"?'),
        ("aktivitas-interaktif=hebat", "kurang, sedang, baik"),
        ("aktivitas-interaktif", "tulis ID=CAPAIAN"),
        ("=baik", "bukan komponen atau indikator"),
        ("D.9.9=baik", "bukan komponen atau indikator"),
    ],
)
def test_typed_levels_that_cannot_be(store: Store, text: str, words: str) -> None:
    """One sentence with the way on, and nothing is kept."""
    with pytest.raises(InputError) as refused:
        rapor_edit.propose_typed(store, in_force(store), ["Manajemen kelas=baik", text], NOW)
    assert words in refused.value.sentence
    with pytest.raises(InputError, match="disebut dua kali"):
        rapor_edit.propose_typed(store, in_force(store), ["D.1.1=baik", "manajemen-kelas=kurang"], NOW)
    assert store.own_rapor.all(PERIODE) == ()


def test_a_file_that_says_nothing_of_a_school_is_asked_about(store: Store, tmp_path: Path) -> None:
    """And another school's is refused outright."""
    silent = write_report(tmp_path / "rapor.xlsx", report(npsn="", school=""))
    assert rapor_edit.propose_file(store, in_force(store), silent, NOW).asks.startswith("rapor.xlsx tidak menyebut NPSN")
    other = write_report(tmp_path / "lain.xlsx", report(npsn="69900001"))
    with pytest.raises(InputError, match="milik sekolah NPSN 69900001"):
        rapor_edit.propose_file(store, in_force(store), other, NOW)


def test_under_a_catalogue_of_before_a_download_is_read_all_the_same(store: Store, tmp_path: Path) -> None:
    """One that knows neither codes nor the kepala sekolah's dimension, as an older server lends it."""
    older = msgspec.structs.replace(KATALOG, sasaran=(), rapor=msgspec.structs.replace(KATALOG.rapor, kode={}))
    labels = LABELS | {"D.1.1": "Manajemen kelas (indeks)"}
    path = write_report(tmp_path / FILE_NAME, report(LEVELS | {"D.3": ("Baik", "1")}, labels=labels))
    proposal = rapor_edit.propose_file(store, in_force(store, older), path, NOW)
    assert len(proposal.after.capaian) == 8


def test_what_is_shown_says_whose_each_level_is(store: Store, tmp_path: Path) -> None:
    """Components with their scores, indicators by component or of their own, the recommended ones marked."""
    take(store, tmp_path)
    typed(store, "instruksi-pembelajaran=baik", "visi-misi-satuan-pendidikan=kurang")
    lines = {line.item.name: line for line in rapor_edit.shown(store, in_force(store))}
    whole = lines["komponen/metode-pembelajaran"]
    assert (whole.level, whole.score, whole.origin) == ("kurang", "41,00", "berkas")
    assert (lines["indikator/aktivitas-interaktif"].origin, lines["indikator/aktivitas-interaktif"].advised) == ("komponen", True)
    assert (lines["indikator/instruksi-pembelajaran"].origin, lines["indikator/instruksi-pembelajaran"].level) == ("tangan", "baik")
    assert lines["indikator/visi-misi-satuan-pendidikan"].advised
    assert lines["indikator/dukungan-untuk-refleksi-guru"].level == ""
