"""The answers of Dapodik's web service as a list: what is dropped at the door, what is proposed, and that a file gives the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster.compare import compare
from pmm_tui.roster.dapodik_child import strip
from pmm_tui.roster.dapodik_web import WebProposals, read_page, read_web
from pmm_tui.roster.model import RosterReading
from pmm_tui.roster.read import read_roster
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import Pegawai
from tests.dapodik import SECRET, teachers, write_dapodik
from tests.dapodik_web import Imitation

pytestmark = pytest.mark.process
TODAY = date(2026, 1, 8)


def body(rows: Any, **more: Any) -> bytes:
    return json.dumps({"results": len(rows), "rows": rows, **more}).encode()


def read(people: list[dict[str, Any]], classes: list[dict[str, Any]], katalog: Katalog) -> tuple[RosterReading, WebProposals]:
    """What comes of these rows after the door."""
    gtk, rombel = strip("getGtk", body(people)), strip("getRombonganBelajar", body(classes))
    return read_web({"npsn": "20512345", "nama": "SMP"}, gtk["rows"], rombel["rows"], katalog, TODAY)


TEACHER = {"ptk_id": "p-1", "ptk_induk": "1", "nama": "Siti", "jenis_kelamin": "P", "tanggal_lahir": "1985-07-14", "nip": "-",
        "nuptk": None, "jenis_ptk_id_str": "Guru Mapel", "status_kepegawaian_id_str": "GTY/PTY"}  # fmt: skip
CLASS = {"rombongan_belajar_id": "r-1", "nama": "VII A", "jenis_rombel": "1", "ptk_id": "p-1", "pembelajaran": []}


def test_nothing_private_leaves_the_child() -> None:
    """Neither pupils, nor NIK, mother, address, spouse, degrees' histories: what is not named is not read."""
    imitation = Imitation(30)
    for path, rows in (("getGtk", imitation.people), ("getRombonganBelajar", imitation.classes)):
        assert SECRET in json.dumps(rows)
        page = read_page(path, body(rows))
        assert len(page.rows) == len(rows)
        assert SECRET not in repr(page)
    assert "murid" not in repr(page)


def test_the_same_school_by_file_and_by_web_gives_the_same_teachers(tmp_path: Path, katalog: Katalog) -> None:
    """Every field that both have, of 80 teachers of all statuses, and then nothing to change."""
    imitation = Imitation(80)
    people = [{**cells, "Tugas Tambahan": d if (d := cells["Tugas Tambahan"]) == "Wali Kelas" else None} for cells in teachers(80)]
    by_file = read_roster(write_dapodik(tmp_path / "guru.xlsx", people), katalog, TODAY)
    gtk, rombel = (read_page(p, body(r)) for p, r in (("getGtk", imitation.people), ("getRombonganBelajar", imitation.classes)))
    by_web, _ = read_web({}, gtk.rows, rombel.rows, katalog, TODAY)

    def found(reading: RosterReading) -> set[Pegawai]:
        return {row.pegawai for row in reading.rows if row.pegawai}

    assert len(found(by_web)) == 80
    assert found(by_web) == found(by_file)
    stored = sorted(found(by_file), key=lambda p: p.nama)
    assert {row.outcome for row in compare(by_web, stored, katalog)} == {"sama"}
    assert by_web.origin == "Web Service Dapodik, 80 guru menurut abjad mulai baris 2"


@pytest.mark.parametrize("empty", ["-", None, "", " - ", [], {"x": 1}])
def test_a_dash_and_null_are_empty(empty: Any, katalog: Katalog) -> None:
    """In every member: none becomes a value of a teacher."""
    reading, _ = read([{**TEACHER, "nip": empty, "nuptk": empty, "pangkat_golongan_terakhir": empty}], [], katalog)
    pegawai = reading.rows[0].pegawai
    assert pegawai is not None
    assert (pegawai.nip, pegawai.nuptk, pegawai.golongan) == ("", "", "")
    assert reading.rows[0].warnings == ()


def test_numbers_may_come_as_numbers(katalog: Katalog) -> None:
    """A NIP and NUPTK without quotation marks keep all their digits."""
    reading, _ = read([{**TEACHER, "nip": 198507142010012012, "nuptk": 4046763664200013}], [], katalog)
    assert reading.rows[0].pegawai is not None
    assert (reading.rows[0].pegawai.nip, reading.rows[0].pegawai.nuptk) == ("198507142010012012", "4046763664200013")


def test_who_belongs_to_another_school_is_marked(katalog: Katalog) -> None:
    """A warning at the row and a proposal; the teacher is judged like any other."""
    reading, proposals = read([{**TEACHER, "ptk_induk": "0"}, {**TEACHER, "nama": "Ani", "ptk_id": "p-2"}], [], katalog)
    warned = {row.name: [w.message for w in row.warnings if w.column == "PTK Induk"] for row in reading.rows}
    assert warned["Ani"] == []
    assert "bukan sekolah induk: merencanakan di sekolah induknya" in warned["Siti"][0]
    assert [teacher.name for teacher in proposals.away] == ["Siti"]


@pytest.mark.parametrize(
    ("kind", "words", "duty"),
    [("1", "Kelas", "Wali Kelas"), (1, "", "Wali Kelas"), ("51", "Ekstrakurikuler", "Pembina Ekstrakurikuler"),
     ("", "Ekstrakurikuler", "Pembina Ekstrakurikuler"), ("9", "Praktik", "")],
)  # fmt: skip
def test_classes_and_clubs_propose_duties(kind: Any, words: str, duty: str, katalog: Katalog) -> None:
    """As what Dapodik's column would say; other groups propose nothing."""
    reading, proposals = read([TEACHER], [{**CLASS, "jenis_rombel": kind, "jenis_rombel_str": words}], katalog)
    assert reading.rows[0].pegawai is not None
    assert reading.rows[0].pegawai.tugas_tambahan == duty
    told = proposals.of_row(2)
    assert (told.duties, told.classes) == ((duty,), ("VII A",)) if duty and told else told is None


def test_a_proposed_duty_is_added_to_those_that_are_stored(katalog: Katalog) -> None:
    """The web service knows some duties only: the others stay, and a second import changes nothing."""
    reading, _ = read([TEACHER], [CLASS, {**CLASS, "jenis_rombel": "51", "nama": "Pramuka"}], katalog)
    assert reading.rows[0].pegawai is not None
    stored = Pegawai(**{**{f: getattr(reading.rows[0].pegawai, f) for f in Pegawai.__struct_fields__}, "id": 1,
                        "tugas_tambahan": "Wakil Kepala Sekolah, wali kelas"})  # fmt: skip
    row = compare(reading, [stored], katalog)[0]
    assert row.pegawai is not None
    assert row.pegawai.tugas_tambahan == "Wakil Kepala Sekolah, wali kelas, Pembina Ekstrakurikuler"
    assert compare(reading, [row.pegawai], katalog)[0].outcome == "sama"


def test_subjects_and_hours_are_summed_up(katalog: Katalog) -> None:
    """Hours as text or number; what is no number counts nothing."""
    lessons = [{"ptk_id": "p-1", "nama_mata_pelajaran": "IPA", "jam_mengajar_per_minggu": hours} for hours in ("4", 2, "x", None)]
    _, proposals = read([TEACHER], [{**CLASS, "ptk_id": "-", "pembelajaran": lessons}], katalog)
    told = proposals.of_row(2)
    assert told is not None
    assert told.words == "mengajar IPA, 6 jam/minggu"


@pytest.mark.parametrize("lessons", [None, {}, "x", [1], [{"ptk_id": "p-9"}]])
def test_lessons_of_another_shape_cost_nothing_else(lessons: Any, katalog: Katalog) -> None:
    """They are only to be shown."""
    reading, proposals = read([TEACHER], [{**CLASS, "pembelajaran": lessons}], katalog)
    assert reading.rows[0].pegawai is not None
    assert reading.rows[0].pegawai.tugas_tambahan == "Wali Kelas"
    assert proposals.of_row(2) is not None


@pytest.mark.parametrize(
    ("jenis", "post", "head", "acting"),
    [("Kepala Sekolah", "-", True, False), ("Guru Mapel", "Kepala Sekolah", True, False),
     ("Guru Mapel", "Plt. Kepala Sekolah", True, True), ("Guru Mapel", "Wakil Kepala Sekolah", False, False),
     ("Guru Mapel", None, False, False)],
)  # fmt: skip
def test_the_head_is_found_by_kind_or_post(jenis: str, post: str | None, head: bool, acting: bool, katalog: Katalog) -> None:
    """A deputy is none; only a proposal, with name and NIP as they were judged."""
    person = {**TEACHER, "nip": "198507142010012012", "jenis_ptk_id_str": jenis, "jabatan_ptk_id_str": post}
    reading, proposals = read([person], [], katalog)
    assert (proposals.head is not None) == head
    if proposals.head:
        assert (proposals.head.name, proposals.head.nip, proposals.head.acting) == ("Siti", "198507142010012012", acting)
    assert any("Jabatannya Kepala Sekolah" in w.message for w in reading.rows[0].warnings) == (head and jenis == "Guru Mapel")


def test_two_heads_are_nobody_s_choice_but_the_operator_s(katalog: Katalog) -> None:
    """None is proposed, and that is said."""
    people = [{**TEACHER, "ptk_id": f"p-{n}", "nama": f"Siti {n}", "jenis_ptk_id_str": "Kepala Sekolah"} for n in (1, 2)]
    _, proposals = read(people, [], katalog)
    assert proposals.head is None
    assert "lebih dari satu kepala sekolah" in proposals.notes[0]


def test_administrative_staff_are_judged_as_a_file_s_are(katalog: Katalog) -> None:
    """The row is taken with the warning that its kind has no access."""
    reading, _ = read([{**TEACHER, "jenis_ptk_id_str": "Tenaga Administrasi Sekolah"}], [], katalog)
    assert "tidak mendapat akses" in " ".join(w.message for w in reading.rows[0].warnings)


def test_the_order_is_the_alphabet_s_so_that_numbers_stay(katalog: Katalog) -> None:
    """Dapodik's own order does not count: the answers to rows are given by number."""
    people = [
        {**TEACHER, "ptk_id": name, "nama": name, "tanggal_lahir": f"198{at}-07-14"}
        for at, name in enumerate(("Wati", "adi", "Èka"))
    ]
    orders = [[row.name for row in read(list(order), [], katalog)[0].rows] for order in (people, people[::-1])]
    assert orders == [["adi", "Èka", "Wati"]] * 2


def test_a_school_comes_as_an_object_or_in_a_list() -> None:
    """Both are the one school."""
    school = {"npsn": "20512345", "nama": "SMP", "alamat_jalan": SECRET}
    for rows in (school, [school]):
        assert strip("getSekolah", json.dumps({"rows": rows}).encode())["rows"] == [
            {"npsn": "20512345", "nama": "SMP", "bentuk_pendidikan_id_str": "", "status_sekolah_str": ""}
        ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "terpotong"), (b"{", "terpotong"), (b'{"rows": [{"nama": "x"}', "terpotong"), (b'{"rows": []} x', "terpotong"),
        (b'{"rows": "dua"}', "bukan daftar"), (b"[]", "bukan daftar"), (b'{"rows": [1]}', "bukan daftar"), (b"{}", "bukan daftar"),
        (b'{"message": "Layanan \\u001b[31mditutup"}', 'bukan daftar yang dikenal: "Layanan .31mditutup"'),
        (b'{"rows": [{"nama": "\xff"}]}', "terpotong"), (b'{"rows": ' + b"[" * 200_000, "terlalu besar|terpotong|bukan daftar"),
        (b'{"rows": [' + b",".join([b'{"nama":"x"}'] * 5_001) + b"]}", "lebih dari 5000"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_one_sentence(content: bytes, why: str) -> None:
    """It has the way on, and nothing that a terminal obeys."""
    with pytest.raises(InputError, match=why) as raised:
        read_page("getGtk", content)
    assert raised.value.sentence.endswith("impor berkas Daftar Guru unduhan Dapodik.")
    assert raised.value.sentence.isprintable()


def test_an_answer_cut_at_any_byte_is_never_a_list() -> None:
    """The decoder is asked at every byte, the child at some: fewer teachers than there are would look whole."""
    whole = body(Imitation(2).people)
    for at in range(len(whole)):
        with pytest.raises(InputError):
            strip("getGtk", whole[:at])
    for at in (1, len(whole) // 2, len(whole) - 1):
        with pytest.raises(InputError, match="terpotong"):
            read_page("getGtk", whole[:at])


def test_no_teacher_at_all_is_no_import(katalog: Katalog) -> None:
    """It is told, with what to look at."""
    with pytest.raises(InputError, match="tidak memegang satu guru pun"):
        read([], [], katalog)
