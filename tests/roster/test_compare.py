"""Comparing a file with the stored teachers: new, changed, same, refused; and that importing twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.errors import InputError
from pmm_tui.roster.compare import compare, jumlah, ringkasan, to_write
from pmm_tui.roster.headings import peta_judul
from pmm_tui.roster.model import BarisBanding, Ubahan
from pmm_tui.roster.table import baca_sel
from pmm_tui.skp.model import Pegawai
from tests.dapodik import HEADINGS, TITLES, teachers
from tests.roster.conftest import NIP, NIP_LAIN, NIP_PPPK, NUPTK, NUPTK_LAIN, baca_kisi

BUDI = Pegawai(
    id=7, nama="Budi Santoso, S.Pd.", nip=NIP, nuptk=NUPTK, tanggal_lahir="1985-07-14", jenjang_jabatan="ahli-muda", id_server="s7"
)
SITI = Pegawai(id=8, nama="Siti", nip=NIP_LAIN, nuptk=NUPTK_LAIN, tanggal_lahir="1987-03-02")


def banding(ada: Iterable[Pegawai], *baris: tuple[object, ...]) -> tuple[BarisBanding, ...]:
    return compare(baca_kisi([("Nama", "NIP", "NUPTK", "Tanggal Lahir", "Pangkat Golongan"), *baris]), tuple(ada))


def keadaan(hasil: Iterable[BarisBanding]) -> list[str]:
    return [baris.keadaan for baris in hasil]


def write(ada: Iterable[Pegawai], hasil: Iterable[BarisBanding]) -> list[Pegawai]:
    """Write what an import says as a store would that lets nobody share a number, row by row."""
    stored = {pegawai.id: pegawai for pegawai in ada}
    for pegawai in to_write(hasil):
        at = pegawai.id or max(stored, default=0) + 1
        assert pegawai.id in (0, *stored)
        stored[at] = msgspec.structs.replace(pegawai, id=at)
        for field in ("nip", "nuptk"):
            numbers = [getattr(one, field) for one in stored.values() if getattr(one, field)]
            assert len(numbers) == len(set(numbers)), (field, pegawai)
    return list(stored.values())


def test_an_empty_roster_makes_every_teacher_new() -> None:
    """New teachers have no id yet."""
    (baris,) = banding([], ("Budi", NIP))
    assert (baris.keadaan, baris.lama, baris.pegawai) == ("baru", None, Pegawai(nama="Budi", nip=NIP))


def test_what_the_file_leaves_empty_stays_as_stored() -> None:
    """Ids, jenjang and every value that the file does not have are kept."""
    (baris,) = banding([BUDI], ("Budi Santoso, S.Pd.", NIP))
    assert (baris.keadaan, baris.pegawai, baris.ubahan) == ("sama", BUDI, ())


def test_a_change_says_from_what_to_what() -> None:
    """Only the fields that differ are listed, under their column's name."""
    (baris,) = banding([BUDI], ("Budi Santosa, S.Pd.", NIP, None, None, "III/c"))
    assert baris.keadaan == "diperbarui"
    assert baris.ubahan == (
        Ubahan("nama", "Nama", "Budi Santoso, S.Pd.", "Budi Santosa, S.Pd."),
        Ubahan("golongan", "Pangkat Golongan", "", "III/c"),
    )
    assert baris.pegawai == msgspec.structs.replace(BUDI, nama="Budi Santosa, S.Pd.", golongan="III/c")
    assert baris.lama == BUDI


def test_matching_goes_by_nip_then_nuptk_then_name_and_birth_date() -> None:
    """The first that fits decides; the others may be new or empty."""
    assert [b.lama for b in banding([BUDI, SITI], ("Lain", NIP), ("Siti", None, NUPTK_LAIN))] == [BUDI, SITI]
    (baris,) = banding([BUDI, SITI], ("BUDI  SANTOSO", None, None, "14/07/1985"))
    assert baris.lama == BUDI
    (baris,) = banding([BUDI], ("Budi Santoso", None, None, "15/07/1985"))
    assert baris.keadaan == "baru"


def test_a_corrected_nip_finds_its_teacher_by_name_and_birth_date() -> None:
    """Who was imported with a wrong NIP is updated, not doubled."""
    (baris,) = banding([msgspec.structs.replace(BUDI, nip=NIP_PPPK)], ("Drs. Budi Santoso", NIP, NUPTK_LAIN, "1985-07-14"))
    assert (baris.keadaan, baris.pegawai and baris.pegawai.id) == ("diperbarui", 7)
    assert Ubahan("nip", "NIP", NIP_PPPK, NIP) in baris.ubahan


def test_a_row_that_fits_two_stored_teachers_is_refused() -> None:
    """The NIP of one and the NUPTK of another: both are named, neither is touched."""
    (baris,) = banding([BUDI, SITI], ("Budi", NIP, NUPTK_LAIN))
    assert (baris.keadaan, baris.pegawai) == ("ditolak", None)
    assert "Budi Santoso" in baris.alasan[0].pesan
    assert "Siti" in baris.alasan[0].pesan


def test_a_name_that_fits_two_stored_teachers_is_refused() -> None:
    """Two of one name and birth date cannot be told apart without a number."""
    kembar = [msgspec.structs.replace(BUDI, id=n, nip="", nuptk="") for n in (1, 2)]
    assert keadaan(banding(kembar, ("Budi Santoso", None, None, "1985-07-14"))) == ["ditolak"]


def test_two_rows_for_one_stored_teacher_refuse_the_second() -> None:
    """One row has the NIP, another the NUPTK of the same teacher."""
    hasil = banding([BUDI], ("Budi", NIP), ("Budi S", None, NUPTK))
    assert keadaan(hasil) == ["diperbarui", "ditolak"]
    assert "baris 2" in hasil[1].alasan[0].pesan


def test_a_number_matches_before_a_name_of_an_earlier_row() -> None:
    """The weaker match waits until all numbers have found their teachers."""
    hasil = banding([BUDI], ("Budi Santoso", NIP_PPPK, None, "1985-07-14"), ("Budi Santoso", NIP, None, "1985-07-14"))
    assert [(b.keadaan, b.lama) for b in hasil] == [("baru", None), ("diperbarui", BUDI)]


def test_a_row_in_conflict_keeps_weaker_matches_off_its_teachers() -> None:
    """Else the other row would take the number away that the conflict is about, and the next import would decide otherwise."""
    ada = [msgspec.structs.replace(BUDI, nuptk=""), SITI]
    baris = (("Tono", NIP, NUPTK_LAIN), ("Budi Santoso", NIP_PPPK, None, "1985-07-14"))
    pertama = banding(ada, *baris)
    assert keadaan(pertama) == ["ditolak", "baru"]
    assert keadaan(banding(write(ada, pertama), *baris)) == ["ditolak", "sama"]


def test_refused_rows_of_the_file_stay_refused() -> None:
    """Their reason is handed on, and they match nobody."""
    (baris,) = banding([BUDI], ("Budi", 1.98e17))
    assert (baris.keadaan, baris.alasan[0].kolom) == ("ditolak", "NIP")


def test_the_summary_is_json_and_counts_every_row() -> None:
    """`impor --json` prints it as it is; no private cell is in it."""
    kisi = [*TITLES, HEADINGS, *(tuple(row.get(judul) for judul in HEADINGS) for row in teachers(40)), ("Jumlah", "40")]
    bacaan = baca_kisi(kisi)
    hasil = compare(bacaan, [])
    isi = json.loads(json.dumps(ringkasan(bacaan, hasil)))
    assert isi["jumlah"] == {"baru": 40, "diperbarui": 0, "sama": 0, "ditolak": 0} == dict(jumlah(hasil))
    assert isi["dilewati"] == [{"baris": 46, "karena": "baris jumlah"}]
    assert (len(isi["baris"]), isi["baris"][0]["baris"], isi["baris"][0]["keadaan"]) == (40, 6, "baru")
    assert isi["asal"] == 'XLSX, lembar "Daftar Guru", judul di baris 5'


def test_forty_teachers_twice_change_nothing() -> None:
    """The second import of Dapodik's file is all `sama`."""
    kisi = [*TITLES, HEADINGS, *(tuple(row.get(judul) for judul in HEADINGS) for row in teachers(40))]
    bacaan = baca_kisi(kisi)
    stored = write([], compare(bacaan, []))
    assert jumlah(compare(bacaan, stored)) == {"baru": 0, "diperbarui": 0, "sama": 40, "ditolak": 0}


# ---------------------------------------------------------------- any grid at all

NAMES = st.sampled_from(["Budi", "BUDI, S.Pd.", "Siti Nur'aini", "Drs. Budi", "Zoë", "Jumlah", "No", "", "-", "Nama", "NIP"])
NIPS = st.sampled_from([NIP, NIP_LAIN, NIP_PPPK, f"'{NIP}", "198507142010011013", "198507142010011000", "12", "", "-", "NIP"])
NUPTKS = st.sampled_from([NUPTK, NUPTK_LAIN, "4046763664200035", "123", "", "NUPTK"])
DATES = st.sampled_from(["1985-07-14", "14/07/1985", date(1985, 7, 14), 31242, "1987-03-02", "kapan", "", date.min, date.max])
ANYTHING = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
    st.just(timedelta(days=3)), st.just("x" * 4_001), NAMES, NIPS, NUPTKS, DATES,
)  # fmt: skip
COLUMNS = ("No", "Nama", "NIK", "NIP", "NUPTK", "Tanggal Lahir", "JK", "Status Kepegawaian", "Pangkat Golongan", "Gelar Belakang")
LIKELY = st.tuples(
    st.just(1),
    st.sampled_from(["Budi", "BUDI, S.Pd.", "Siti Nur'aini"]),
    st.just("RAHASIA"),
    st.sampled_from([NIP, NIP_LAIN, NIP_PPPK, "198507142010011013", None]),
    st.sampled_from([NUPTK, NUPTK_LAIN, "4046763664200035", None, None]),
    st.sampled_from(["1985-07-14", "1987-03-02", None]),
)
ROW = st.one_of(
    st.lists(ANYTHING, max_size=12),
    st.tuples(st.just(1), NAMES, st.just("RAHASIA"), NIPS, NUPTKS, DATES, st.sampled_from(["L", "P", ""])),
    *[LIKELY] * 4,
)
STORED = st.lists(
    st.builds(
        Pegawai,
        nama=st.sampled_from(["Budi", "Siti Nur'aini", "Zoë"]),
        nip=st.sampled_from(["", NIP, NIP_LAIN, NIP_PPPK]),
        nuptk=st.sampled_from(["", NUPTK, NUPTK_LAIN]),
        tanggal_lahir=st.sampled_from(["", "1985-07-14", "1987-03-02"]),
    ),
    max_size=5,
)


def unique(pegawai: Iterable[Pegawai]) -> list[Pegawai]:
    """A roster as the store holds it: ids, and no number twice."""
    seen: set[str] = set()
    kept = []
    for one in pegawai:
        numbers = {number for number in (one.nip, one.nuptk) if number}
        if not numbers & seen:
            kept.append(msgspec.structs.replace(one, id=len(kept) + 1))
            seen |= numbers
    return kept


def test_any_grid_is_read_and_importing_it_twice_changes_nothing() -> None:
    """Nothing but InputError is raised, every row is accounted for once, and after writing the accepted rows are all `sama`.

    A good part of the grids is read.
    """
    read: list[str] = []

    @settings(deadline=None, max_examples=250)
    @given(rows=st.lists(ROW, max_size=14), stored=STORED, above=st.lists(st.lists(st.text(max_size=5), max_size=3), max_size=4))
    def any_grid(rows: list[Any], stored: list[Pegawai], above: list[list[str]]) -> None:
        kisi = [*above, COLUMNS, *rows]
        try:
            bacaan = baca_kisi(kisi)
        except InputError:
            return
        read.append(bacaan.berkas)
        used = [at for at, judul in enumerate(kisi[bacaan.baris_judul - 1]) if judul in bacaan.kolom.values()]
        filled = [
            nomor
            for nomor, row in enumerate(kisi, 1)
            if nomor > bacaan.baris_judul and any(at < len(row) and baca_sel(row[at]) is not None for at in used)
        ]
        assert sorted([b.baris for b in bacaan.baris] + [b.baris for b in bacaan.dilewati]) == filled
        assert all((b.pegawai is None) == bool(b.alasan) for b in bacaan.baris)
        assert "RAHASIA" not in json.dumps(msgspec.to_builtins(bacaan))

        before = unique(stored)
        first = compare(bacaan, before)
        assert [b.baris for b in first] == [b.baris for b in bacaan.baris]
        second = compare(bacaan, write(before, first))
        assert keadaan(second) == ["ditolak" if b.keadaan == "ditolak" else "sama" for b in first]
        json.dumps(ringkasan(bacaan, first), allow_nan=False)

    any_grid()
    assert len(read) >= 25


@settings(deadline=None, max_examples=50)
@given(table=st.dictionaries(st.sampled_from(["alias", "dipakai", "jangan_disimpan", "x"]), st.recursive(ANYTHING, st.lists)))
def test_any_catalogue_table_gives_a_heading_map(table: dict[str, Any]) -> None:
    """A catalogue's raw table of any shape never breaks the import; the name is always read."""
    assert peta_judul(table)["nama"]


def test_times_are_no_dates() -> None:
    """What calamine gives for the serial number 0 in a date column is an empty cell."""
    assert baca_sel(time()) is None
