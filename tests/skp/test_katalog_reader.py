"""What a catalogue is refused for, each with its place."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime, time
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog_reader import bundled, parse_katalog, read_katalog

KATALOG: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(bundled()))
REMOVE = object()
Path = tuple[str | int, ...]


def changed(*changes: tuple[Path, Any]) -> dict[str, Any]:
    """The bundled catalogue with what stands at each path replaced, or taken out."""
    raw = copy.deepcopy(KATALOG)
    for path, value in changes:
        at: Any = raw
        for part in path[:-1]:
            at = at[part]
        if value is REMOVE:
            del at[path[-1]]
        else:
            at[path[-1]] = value
    return raw


def refused(raw: Any) -> ShapeError:
    """The error that such a catalogue is refused with."""
    with pytest.raises(ShapeError) as caught:
        parse_katalog(raw, "uji.toml")
    error = caught.value
    assert error.sentence.startswith("uji.toml: ")
    assert error.place in error.sentence
    assert "\n" not in error.sentence
    return error


@pytest.mark.parametrize("name", ["skema", "periode", "komponen", "indikator", "perilaku"])
def test_an_empty_list_is_refused(name: str) -> None:
    """What the form cannot do without must hold at least one entry."""
    error = refused(changed(((name,), [])))
    assert (error.place, "kosong" in error.sentence) == (name, True)


@pytest.mark.parametrize("name", ["kompetensi", "tugas_tambahan", "status_kepegawaian", "jenjang_jabatan"])
def test_what_a_school_may_do_without_can_be_empty(name: str) -> None:
    """RHK of the catalogue, tugas tambahan and the tables of data diri may be left out."""
    raw = changed(((name,), []), (("golongan",), {}))
    assert getattr(parse_katalog(raw, "uji"), name) == ()


@pytest.mark.parametrize("name", ["skema", "periode", "komponen", "indikator", "kompetensi", "tugas_tambahan", "perilaku"])
def test_an_id_stands_once(name: str) -> None:
    """The second entry of one id is refused, and the sentence names the id and where it stands again."""
    id = KATALOG[name][0]["id"]
    error = refused(changed(((name, 1, "id"), id)))
    assert error.place == f"{name}[1].id"
    assert f'"{id}"' in error.sentence


def test_an_indikator_perilaku_stands_once_in_its_value() -> None:
    """Within a value each id is one indikator's; another value may use it again."""
    first = KATALOG["perilaku"][2]["indikator"][0]["id"]
    assert refused(changed((("perilaku", 2, "indikator", 1, "id"), first))).place == "perilaku[2].indikator[1].id"
    assert parse_katalog(changed((("perilaku", 3, "indikator", 1, "id"), first)), "uji")


@pytest.mark.parametrize(
    ("path", "value", "place", "hint"),
    [
        (("periode", 3, "skema"), "ruang-gkt", "periode[3].skema", 'Mungkin maksudnya "ruang-gtk"?'),
        (("periode", 0, "skema"), "zzz", "periode[0].skema", "tidak ada."),
        (("indikator", 7, "komponen"), "manajemen", "indikator[7].komponen", '"manajemen-kelas"'),
        (("golongan", "pns", 4, "jenjang"), "ahli-perdana", "golongan.pns[4].jenjang", '"ahli-pertama"'),
        (("golongan", "pppk", 8, "jenjang"), "xyz", "golongan.pppk[8].jenjang", "tidak ada."),
    ],
)
def test_what_refers_to_nothing_is_refused(path: Path, value: str, place: str, hint: str) -> None:
    """A scheme, component or jenjang that is not there is named with its place, and with the nearest one where one is near."""
    error = refused(changed((path, value)))
    assert error.place == place
    assert f'"{value}"' in error.sentence
    assert hint in error.sentence


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ([(("skema", 1, "indikator_min"), 2)], "skema[1].indikator_min"),
        ([(("skema", 0, "perilaku_per_nilai_min"), 2)], "skema[0].perilaku_per_nilai_min"),
        ([(("skema", 0, "poin_min"), 129)], "skema[0].poin_min"),
        ([(("skema", 0, "indikator_min"), 0), (("skema", 0, "indikator_maks"), 0)], "skema[0]"),
        ([(("skema", 1, "perilaku_per_nilai_min"), 0), (("skema", 1, "perilaku_per_nilai_maks"), 0)], "skema[1]"),
        ([(("skema", 1, "perilaku_nilai_min"), 8)], "skema[1].perilaku_nilai_min"),
        ([(("periode", 2, "mulai"), "2026-01-01")], "periode[2].mulai"),
        ([(("periode", 2, "rencana_mulai"), "2025-02-01")], "periode[2].rencana_mulai"),
        ([(("praktik", "rhk_pola"), "Meningkatnya mutu {tugas}")], "praktik.rhk_pola"),
        ([(("tugas_tambahan_umum", "rhk_pola"), "Terlaksananya tugas")], "tugas_tambahan_umum.rhk_pola"),
    ],
)
def test_amounts_that_cannot_be_met_are_refused(changes: list[tuple[Path, Any]], place: str) -> None:
    """A least above a most, a period that ends before it begins and a sentence without its hole are named with their place."""
    assert refused(changed(*changes)).place == place


def test_points_of_a_scheme_without_points_do_not_matter() -> None:
    """Where points do not count, their range is not looked at; and a range or a period of one is a range."""
    assert parse_katalog(changed((("skema", 1, "poin_min"), 5)), "uji")
    assert parse_katalog(changed((("skema", 0, "poin_min"), 128), (("periode", 0, "selesai"), "2024-01-01")), "uji")


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("skema", 0, "label"), REMOVE, "skema[0]"),
        (("skema", 0, "id"), "PMM 2024", "skema[0].id"),
        (("skema", 0, "id"), "-x", "skema[0].id"),
        (("skema", 0, "id"), "", "skema[0].id"),
        (("skema", 0, "id"), "x" * 81, "skema[0].id"),
        (("skema", 0, "poin_min"), -1, "skema[0].poin_min"),
        (("skema", 0, "poin_min"), 10_001, "skema[0].poin_min"),
        (("skema", 0, "poin_min"), "32", "skema[0].poin_min"),
        (("skema", 0, "poin_min"), 1.5, "skema[0].poin_min"),
        (("skema", 0, "poin_kurang"), "blokir", "skema[0].poin_kurang"),
        (("skema", 0, "poin_dipakai"), "ya", "skema[0].poin_dipakai"),
        (("periode", 1, "mulai"), "2024-13-01", "periode[1].mulai"),
        (("periode", 1, "mulai"), 20240101, "periode[1].mulai"),
        (("perilaku", 6, "indikator", 2, "label"), "", "perilaku[6].indikator[2].label"),
        (("indikator", 0, "label"), "x" * 601, "indikator[0].label"),
        (("tugas_tambahan", 0, "jenjang"), "SMP", "tugas_tambahan[0].jenjang"),
        (("tugas_tambahan", 0, "jenjang", 1), 5, "tugas_tambahan[0].jenjang[1]"),
        (("versi",), REMOVE, ""),
        (("versi",), 1, "versi"),
        (("praktik",), REMOVE, ""),
        (("schema",), 2, "schema"),
        (("schema",), "1", "schema"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_at_its_place(path: Path, value: Any, place: str) -> None:
    """Missing, too long, out of range or of another kind: the place says which one of which list."""
    assert refused(changed((path, value))).place == place


@pytest.mark.parametrize("raw", [None, [], "katalog", 5, {}])
def test_what_is_no_table_is_refused(raw: Any) -> None:
    """Whatever else was parsed is no catalogue."""
    assert refused(raw).place == ""


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("schema 1", "baris 1 kolom 8"),
        ("schema = 1\nversi = \n", "baris 2 kolom"),
        ("a = " + "[" * 5000, "terlalu dalam"),
        ("a = " + "9" * 5000, "terlalu panjang"),
        ("", '"versi" belum ada'),
    ],
)
def test_a_file_that_is_no_catalogue_is_told_in_our_words(text: str, part: str) -> None:
    """Text that is no TOML, or no catalogue, is one Indonesian sentence with the line, never the parser's own words."""
    with pytest.raises(ShapeError) as caught:
        read_katalog(text, "sekolah.toml")
    assert caught.value.sentence.startswith("sekolah.toml: ")
    assert part in caught.value.sentence
    for word in ("Expected", "Invalid", "line", "Exceeds", "Cannot"):
        assert word not in caught.value.sentence


def test_hidden_characters_do_not_come_in() -> None:
    """Every text of a catalogue is cleaned on the way in."""
    raw = changed((("indikator", 0, "label"), "Ke\u202eteraturan\x1b[31m"), (("versi",), " draf\u200b-2 "))
    katalog = parse_katalog(raw, "uji")
    assert katalog.indikator[0].label == "Keteraturan[31m"
    assert katalog.versi == "draf-2"


def _paths(value: Any, path: Path = ()) -> list[Path]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [found for key, item in inner for found in _paths(item, (*path, key))]


PATHS = [path for path in _paths(KATALOG) if path[0] != "impor_dapodik"]
junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.just([]),
    st.just({}),
    st.sampled_from([date(2026, 1, 1), time(1, 2), datetime(2026, 1, 1, tzinfo=UTC)]),
    st.sampled_from(["x", "2026-02-30", "kemarin", "x" * 700]),
    st.lists(st.integers(), max_size=2),
    st.just(REMOVE),
)


@given(st.sampled_from(PATHS), junk)
@settings(deadline=None)
def test_any_other_value_is_taken_or_refused_in_our_words(path: Path, value: Any) -> None:
    """Whatever stands at any place, the catalogue is read or refused with one sentence that has no word of the library's."""
    try:
        parse_katalog(changed((path, value)), "uji.toml")
        return
    except ShapeError as error:
        said, place = error.sentence, error.place
    assert said.startswith("uji.toml: ")
    assert place in said
    assert "\n" not in said
    assert len(said) < 300
    for word in ("Expected", "Invalid", "Object", "isinya tidak sah", "None", "datetime", "`"):
        assert word not in said.replace(str(value), "")
