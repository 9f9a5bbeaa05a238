"""The one way in for structured data: cleaned, and every error in Indonesian with its place."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Meta, Struct

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode, decode_json, nearest
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import RHK, Pegawai, Rapor, RencanaKinerja, Sekolah
from pmm_tui.skp.wire import ChangePage, Envelope, EnvelopeResult

LIBRARY = re.compile(
    r"\b(expected|got|object|array|missing|required|field|invalid|enum|value|encoded|length|regex|matching|unknown|contains|key|at"
    r"|str|int|bool|null|datetime|RFC3339|None|True|False)\b|`",
    re.IGNORECASE,
)
"""Words that only the library would say; none of them is Indonesian."""


class Part(Struct):
    """A part with every kind of member that a document of ours has."""

    name: Annotated[str, Meta(min_length=2, max_length=5)] = "ab"
    code: Annotated[str, Meta(pattern="^[a-z]+$")] = "a"
    count: Annotated[int, Meta(ge=1, le=9)] = 1
    flag: bool = False
    day: date = date(2026, 1, 1)
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    choice: Literal["one", "two"] = "one"
    items: tuple[str, ...] = ()
    numbers: dict[str, int] = {}
    maybe: int | None = None


class Document(Struct):
    """A document with one part that it must have."""

    part: Part
    again: tuple[Part, ...] = ()


@pytest.mark.parametrize(
    ("member", "value", "sentence"),
    [
        ("name", 5, "harus teks, bukan bilangan bulat."),
        ("name", None, "harus teks, bukan kosong."),
        ("name", True, "harus teks, bukan true atau false."),
        ("name", 1.5, "harus teks, bukan bilangan."),
        ("name", ["x"], "harus teks, bukan daftar."),
        ("name", {}, "harus teks, bukan tabel."),
        ("name", date(2026, 1, 1), "harus teks, bukan tanggal (2026-01-31)."),
        ("name", datetime(2026, 1, 1, tzinfo=UTC), "harus teks, bukan waktu."),
        ("name", time(10, 42), "harus teks, bukan jam."),
        ("name", "x", "panjangnya harus >= 2."),
        ("name", "x" * 6, "panjangnya harus <= 5."),
        ("code", "A b", "harus huruf kecil, angka dan tanda hubung saja."),
        ("count", "5", "harus bilangan bulat, bukan teks."),
        ("count", 1.5, "harus bilangan bulat, bukan bilangan."),
        ("count", 0, "harus bilangan bulat >= 1."),
        ("count", 10**30, "harus bilangan bulat <= 9."),
        ("flag", "ya", "harus true atau false, bukan teks."),
        ("day", "2026-02-30", "harus tanggal (2026-01-31)."),
        ("day", "kemarin", "harus tanggal (2026-01-31)."),
        ("day", 20260101, "harus tanggal (2026-01-31), bukan bilangan bulat."),
        ("at", "kemarin", "harus waktu."),
        ("choice", "blokir", "pilihan 'blokir' tidak dikenal; periksa ejaannya."),
        ("choice", 5, "harus teks, bukan bilangan bulat."),
        ("items", "x", "harus daftar, bukan teks."),
        ("numbers", [], "harus tabel, bukan daftar."),
        ("maybe", "x", "harus bilangan bulat atau kosong, bukan teks."),
    ],
)
def test_each_kind_of_error_is_one_indonesian_sentence(member: str, value: object, sentence: str) -> None:
    """What is wrong is said in our words, behind the document's name and the place, at any depth."""
    for raw, place in (
        ({"part": {member: value}}, f"part.{member}"),
        ({"part": {}, "again": [{}, {member: value}]}, f"again[1].{member}"),
    ):
        with pytest.raises(ShapeError) as caught:
            decode(raw, Document, "uji.toml")
        assert caught.value.sentence == f"uji.toml: {place}: {sentence}"
        assert caught.value.place == place


@pytest.mark.parametrize(
    ("raw", "sentence", "place"),
    [
        ({}, '"part" belum ada; tambahkan.', ""),
        ([], "harus tabel, bukan daftar.", ""),
        (None, "harus tabel, bukan kosong.", ""),
        ({"part": {"items": ["a", 5]}}, "part.items[1]: harus teks, bukan bilangan bulat.", "part.items[1]"),
        ({"part": {"numbers": {"a": "x"}}}, "part.numbers.a: harus bilangan bulat, bukan teks.", "part.numbers.a"),
    ],
)
def test_the_place_leads_into_lists_and_tables(raw: object, sentence: str, place: str) -> None:
    """A missing member is named where it belongs, an item by its number, and a table's value without its key."""
    with pytest.raises(ShapeError) as caught:
        decode(raw, Document, "uji")
    assert (caught.value.sentence, caught.value.place) == (f"uji: {sentence}", place)


@pytest.mark.parametrize(
    "value", ["x" * 3000, "a\nb", "a - at `b", "a` - at `$.lain`", "Expected `int`, got `str`", "' - at `$.x`"]
)
def test_a_strange_choice_cannot_bend_the_sentence(value: str) -> None:
    """Text that looks like the library's own message, or runs on and on, stays inside its quotation and moves no place."""
    with pytest.raises(ShapeError) as caught:
        decode({"part": {"choice": value}}, Document, "uji")
    said = caught.value.sentence
    assert caught.value.place == "part.choice"
    assert said.startswith("uji: part.choice: pilihan ")
    assert said.endswith(" tidak dikenal; periksa ejaannya.")
    assert "\n" not in said
    assert len(said) < 160


def test_every_text_is_cleaned_on_the_way_in() -> None:
    """Values and keys lose what steers a terminal or hides, and line breaks stay in values."""
    rapor = decode({"capaian\u200b": {"a\x1b": "ba\u202eik"}, "rekomendasi": ["x\r\ny"]}, Rapor, "uji")
    assert rapor == Rapor(capaian={"a": "baik"}, rekomendasi=("x\ny",))


def test_members_that_we_do_not_know_are_passed_over() -> None:
    """A newer server may say more than this version understands."""
    assert decode({"nama": "Siti", "baru": {"a": [1]}}, Pegawai, "uji") == Pegawai(nama="Siti")


@pytest.mark.parametrize("number", [2**53 + 1, -(2**53) - 1, 10**4200])
def test_a_number_that_json_does_not_keep_is_refused(number: int) -> None:
    """Target and points are whole numbers that every reader keeps exactly; a number of a thousand digits is stopped at the door."""
    for member in ("target", "poin"):
        with pytest.raises(ShapeError) as caught:
            decode({member: number}, RHK, "uji")
        assert caught.value.place == member
        assert len(caught.value.sentence) < 100
    assert decode({"target": 2**53, "poin": -(2**53)}, RHK, "uji").target == 2**53


@pytest.mark.parametrize("wrap", [lambda x: [x], lambda x: {"a": x}])
def test_nesting_ends_somewhere(wrap: Any) -> None:
    """A document nested hundreds of levels deep is refused in a sentence, wherever the depth is."""
    value: Any = "x"
    for _ in range(500):
        value = wrap(value)
    with pytest.raises(ShapeError, match=r"^uji: susunannya terlalu dalam; periksa isinya\.$"):
        decode({"nama": value}, Pegawai, "uji")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"NaN",
        b'{"nama":Infinity}',
        b'{"nama":"\xff"}',
        b"\xff\xfe{\x00",
        b'{"nama":"\\ud800"}',
        b"[" * 100_000,
        b'{"nama":"a"}x',
        b'{"id":' + b"1" * 5000 + b"}",
        b"{'nama':'a'}",
        b'\xef\xbb\xbf{"nama":"a"}',
    ],
    ids=range(12),
)
def test_bytes_that_are_no_sound_json_are_refused(data: bytes) -> None:
    """Truncated, not UTF-8, NaN, two documents in one, endless brackets or digits: one sentence."""
    with pytest.raises(ShapeError, match=r"^Jawaban: bukan JSON yang utuh\.$"):
        decode_json(data, Pegawai, "Jawaban")


def test_sound_json_is_read() -> None:
    """JSON bytes become the struct, cleaned like everything else."""
    assert decode_json(b' {"nama":"Si\\u200bti","jk":"P"} ', Pegawai, "uji") == Pegawai(nama="Siti", jk="P")


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=10), inner, max_size=3)),
    max_leaves=8,
)
TYPES = (Katalog, Sekolah, Pegawai, Rapor, RencanaKinerja, Envelope, EnvelopeResult, ChangePage)


def _members(to: type) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(to)]


@given(st.data(), st.sampled_from(TYPES))
@settings(deadline=None)
def test_any_value_is_taken_or_refused_in_our_words(data: st.DataObject, to: type) -> None:
    """Whatever parsed document is decoded as whatever struct, the result is that struct or one sentence without a foreign word."""
    raw = data.draw(st.one_of(json_values, st.dictionaries(st.sampled_from(_members(to)), json_values)))
    try:
        assert type(decode(raw, to, "uji")) is to
        return
    except ShapeError as error:
        said, place = error.sentence, error.place
    assert place in said
    words = re.sub(r"pilihan .* tidak dikenal|true atau false|\"\w+\" belum ada", "", said.replace(place, "", 1))
    assert not LIBRARY.search(words), said
    assert "\n" not in said


@given(st.one_of(st.binary(), json_values.map(msgspec.json.encode)))
@settings(deadline=None)
def test_any_bytes_are_taken_or_refused(data: bytes) -> None:
    """No bytes bring down the reader of JSON."""
    try:
        decode_json(data, Pegawai, "uji")
    except ShapeError as error:
        said = error.sentence
        assert said.startswith("uji: ")
    else:
        assert isinstance(msgspec.json.decode(data), dict)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("targt", 'Mungkin maksudnya "target"?'),
        ("poin_mim", 'Mungkin maksudnya "poin_min"?'),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_the_nearest_known_key_is_offered(key: str, wanted: str) -> None:
    """One near key is named; where none is near nothing is guessed."""
    assert nearest(key, ["target", "poin_min", "poin_maks"]) == wanted
    assert nearest(key, []) == ""
