"""The file for a stick: how large it is, where it may lie, what it never replaces, and what is said."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from pmm_tui.errors import InputError, PmmError, StorageError
from pmm_tui.services import transfer, transfer_disk
from pmm_tui.services.transfer import WouldReplaceError, WriteReport, Written, take_file, transfer_path, write_file
from pmm_tui.services.transfer_words import parcel_sentence, taken_sentence, write_sentence, written_sentence
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import RHK, DataDiri, PengembanganKompetensi, PerilakuKerja, RencanaKinerja
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from pmm_tui.sync.transfer_file import Parcel
from pmm_tui.sync.transfer_pack import last_written
from pmm_tui.sync.transfer_take import Taken
from tests.skp.sample_plan import complete_plan
from tests.store.samples import MORNING, PERIODE, seal, with_teachers
from tests.sync.parcels import PASSPHRASE, cheap_keys, opened, packed, parcel, rewritten

COMPLETE = complete_plan(bundled(), PERIODE)
NPSN, OTHER_NPSN = "20512345", "20598765"
TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_keys(monkeypatch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Records of a school of 40."""
    with Store.open(tmp_path / "pmm-tui.db") as opened_store:
        with_teachers(opened_store, 40)
        yield opened_store


def write(store: Store, path: Path, **more: bool) -> WriteReport:
    """Write what waits."""
    return write_file(store, path, PASSPHRASE, NPSN, PERIODE, MORNING, **more)


def own_plan(chance: random.Random) -> RencanaKinerja:
    """A whole plan with an RHK in the teacher's own words."""
    letters = "aeiounkstrlmdpgbhyj"
    words = " ".join("".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(12))
    free = RHK(uraian=words, satuan="kegiatan", bukti="Laporan", target=chance.randint(1, 9), poin=4)
    choice = COMPLETE.perilaku_kerja.indikator
    return (
        COMPLETE.with_section(DataDiri(golongan="III/c", sesuai=True))
        .with_section(PengembanganKompetensi(rhk=(free, *COMPLETE.pengembangan_kompetensi.rhk)))
        .with_section(PerilakuKerja(indikator=tuple(chance.sample(choice, len(choice)))))
    )


def test_forty_plans_are_small(store: Store, tmp_path: Path) -> None:
    """40 whole plans, each with an RHK of its own words, come to at most 20 kB."""
    chance = random.Random(1)
    for pegawai in store.roster.all():
        store.outbox.seal(pegawai, PERIODE, own_plan(chance), 1, MORNING, NPSN)
    report = write(store, tmp_path / "kiriman.pmm")
    assert report.plans == 40
    assert report.size <= 20_000
    assert report.size == (tmp_path / "kiriman.pmm").stat().st_size


def test_a_folder_gets_the_name_of_the_day(tmp_path: Path) -> None:
    """A folder, such as the stick's, gets a name without a number; a name stays."""
    assert transfer_path(str(tmp_path), TODAY) == tmp_path / "pmm-kiriman-2026-11-30.pmm"
    assert transfer_path(f" {tmp_path / 'satu.pmm'} ", TODAY) == tmp_path / "satu.pmm"


@pytest.mark.parametrize("text", ["", "  ", "/tidak/ada/usb/kiriman.pmm", "a\0b", "x" * 5000])
def test_places_that_are_none(text: str) -> None:
    """What is no place for a file is refused with a sentence, and no folder is made."""
    with pytest.raises(InputError):
        transfer_path(text, TODAY)


def test_what_waits_is_marked_before_the_file_is_there(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the moment of the write the plans are on their way already; afterwards they wait, and may have arrived."""
    seal(store, store.roster.all()[0])
    seen: list[str] = []
    real = transfer_disk.write_bytes

    def watch(path: Path, content: bytes) -> None:
        seen.extend(entry.keadaan for entry in store.outbox.all())
        real(path, content)

    monkeypatch.setattr(transfer, "write_bytes", watch)
    write(store, tmp_path / "kiriman.pmm")
    (entry,) = store.outbox.all()
    assert (seen, entry.keadaan, entry.catatan.startswith("Ada di berkas kiriman.pmm")) == (["sending"], "unknown", True)
    assert last_written(store) == Written(at=MORNING, name="kiriman.pmm", plans=1, decisions=0)


def test_a_write_that_failed_leaves_what_waits_untouched(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where surely nothing is in any file, a plan may still be replaced before it leaves; nothing is remembered."""
    seal(store, store.roster.all()[0])

    def full(path: Path, _: bytes) -> None:
        raise StorageError(f"{path}: disk penuh.")

    monkeypatch.setattr(transfer, "write_bytes", full)
    with pytest.raises(StorageError):
        write(store, tmp_path / "kiriman.pmm")
    assert [entry.keadaan for entry in store.outbox.all()] == ["queued"]
    assert last_written(store) is None


def test_a_write_that_failed_when_it_was_done(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file is there in spite of the trouble, the plans may arrive: they are not called untouched."""
    seal(store, store.roster.all()[0])
    real = transfer_disk.write_bytes

    def late(path: Path, content: bytes) -> None:
        real(path, content)
        raise StorageError(f"{path}: USB terlepas.")

    monkeypatch.setattr(transfer, "write_bytes", late)
    with pytest.raises(StorageError):
        write(store, tmp_path / "kiriman.pmm")
    assert [entry.keadaan for entry in store.outbox.all()] == ["unknown"]


@pytest.mark.parametrize(
    ("there", "says"),
    [
        (parcel(npsn=OTHER_NPSN), OTHER_NPSN),
        (parcel(npsn=NPSN), "komputer lain"),
    ],
)
def test_files_of_others_are_kept(store: Store, tmp_path: Path, there: Parcel, says: str) -> None:
    """Of another school, or of another computer of this one: replaced on the operator's word alone."""
    seal(store, store.roster.all()[0])
    file = tmp_path / "kiriman.pmm"
    rewritten(file, there)
    before = file.read_bytes()
    with pytest.raises(WouldReplaceError, match=says):
        write(store, file)
    assert (file.read_bytes(), [entry.keadaan for entry in store.outbox.all()]) == (before, ["queued"])
    write(store, file, replace=True)
    assert opened(file).npsn == NPSN


def test_a_file_with_another_passphrase_is_kept(store: Store, tmp_path: Path) -> None:
    """What cannot be opened may be anything."""
    seal(store, store.roster.all()[0])
    file = tmp_path / "kiriman.pmm"
    file.write_bytes(packed(parcel(npsn=NPSN), "kata sandi yang lain"))
    with pytest.raises(WouldReplaceError, match="mungkin kiriman sekolah lain"):
        write(store, file)


def test_one_at_a_time(store: Store, tmp_path: Path) -> None:
    """While something is being sent neither a file is written nor one taken."""
    seal(store, store.roster.all()[0])
    write(store, tmp_path / "kiriman.pmm")
    with store.outbox.one_sender:
        for work in (
            lambda: write(store, tmp_path / "kiriman.pmm"),
            lambda: take_file(store, tmp_path / "kiriman.pmm", PASSPHRASE, NPSN),
        ):
            with pytest.raises(PmmError, match="sedang berjalan"):
                work()


def test_on_a_disk_without_modes(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick keeps no owner and no mode: nothing here asks for one."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chmod", refused)
    monkeypatch.setattr(os, "chown", refused)
    monkeypatch.setattr(os, "link", refused)
    seal(store, store.roster.all()[0])
    assert write(store, tmp_path / "kiriman.pmm").size


def test_what_is_said_of_a_written_file(tmp_path: Path) -> None:
    """What goes, what stays, what comes next."""
    path = tmp_path / "x.pmm"
    report = WriteReport(path=path, plans=3, decisions=1, asked=2, later=1, size=2345)
    said = write_sentence(report)
    assert said.startswith(f"3 rencana dan 1 keputusan tertulis ke {path} (2,3 kB, terenkripsi). Di sini tetap menunggu")
    assert "menanyakan putusan atas 2 rencana" in said
    assert "1 revisi yang lebih baru menyusul" in said
    asking = write_sentence(replace(report, plans=0, decisions=0, later=0))
    assert asking == f"Tidak ada yang menunggu; {path} hanya menanyakan putusan atas 2 rencana terkirim (2,3 kB, terenkripsi)."
    assert "tidak ada berkas yang ditulis" in write_sentence(WriteReport(path=path, plans=0, decisions=0, asked=0, later=0))


def test_what_is_said_of_a_file() -> None:
    """Whose it is and what waits in it."""
    assert parcel_sentence(parcel(npsn=NPSN)) == f"Berkas sekolah NPSN {NPSN}: 1 rencana menunggu dikirim."


@pytest.mark.parametrize(
    ("taken", "says"),
    [
        (Taken(plans={1: Sent("R-1")}), "Dari berkas: 1 rencana terkirim."),
        (Taken(again=2), "Tidak ada yang baru di berkas ini. Tanda terimanya sudah tercatat di sini."),
        (Taken(unanswered=3), "Tidak ada yang baru di berkas ini. 3 belum dikirim dari berkas ini; tetap menunggu."),
        (Taken(foreign=1), "Tidak ada yang baru di berkas ini. 1 bukan dari data di komputer ini, jadi dibiarkan;"),
        (Taken(doubtful=1), "Tidak ada yang baru di berkas ini. 1 tanda terima tidak cocok dengan rencananya"),
    ],
)
def test_what_is_said_of_what_came_back(taken: Taken, says: str) -> None:
    """Each count has its words, and nothing is said of none."""
    assert taken_sentence(taken).startswith(says)


def test_when_it_was_written() -> None:
    """The hour today, the day later, nothing for never."""
    at = datetime(2026, 11, 30, 14, 5, tzinfo=UTC)
    written = Written(at=at, name="x.pmm", plans=1, decisions=0)
    assert written_sentence(None, at) == ""
    assert written_sentence(written, at, UTC).startswith("terakhir ke berkas ")
    assert written_sentence(written, at + timedelta(days=2), UTC) == "terakhir ke berkas 30-11-2026"
