"""NIP, NUPTK and NPSN: what is possible, what is doubtful, and how people write them (facts 2.1, 2.2)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.skp.nip import (
    NipParts,
    digits,
    grouped,
    is_placeholder,
    nip_doubts,
    nip_early,
    nip_faults,
    npsn_fault,
    nuptk_fault,
    parse_nip,
)

TODAY = date(2026, 1, 8)
PNS = "198507142010012034"
PPPK = "198507142023211001"


def test_a_pns_number_tells_birth_month_and_sex() -> None:
    """Birth date, year and month of appointment, sex and sequence stand in a PNS's number."""
    content = parse_nip("198507142010012134")
    assert content == NipParts(date(1985, 7, 14), 2010, 1, "P", 134)
    assert not content.pppk


@pytest.mark.parametrize("contract", [21, 22, 35, 99])
def test_a_pppk_number_counts_contracts_from_21(contract: int) -> None:
    """Where a PNS has a month, a PPPK has 21 for the first contract and more for later ones, and all of them are possible."""
    nip = f"{PPPK[:12]}{contract}{PPPK[14:]}"
    content = parse_nip(nip)
    assert content is not None
    assert content.pppk
    assert (content.year, content.month, content.jk) == (2023, contract, "L")
    assert nip_faults(nip, TODAY) == []


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_of_appointment_is_possible(month: int) -> None:
    """01 to 12 are months, and make no PPPK."""
    nip = f"{PNS[:12]}{month:02}{PNS[14:]}"
    content = parse_nip(nip)
    assert content is not None
    assert not content.pppk
    assert nip_faults(nip, TODAY) == []


@pytest.mark.parametrize("month", [0, *range(13, 21)])
def test_between_months_and_contracts_there_is_nothing(month: int) -> None:
    """00 and 13 to 20 are neither a month nor a contract."""
    (fault,) = nip_faults(f"{PNS[:12]}{month:02}{PNS[14:]}", TODAY)
    assert fault == f"angka ke-13 dan 14 harus bulan 01–12 (PNS) atau 21 ke atas (PPPK), ini {month:02}"


@pytest.mark.parametrize("born", ["19850230", "19851301", "19850001", "19850700", "00000714", "20230229"])
def test_a_birth_date_that_never_was_is_a_fault(born: str) -> None:
    """The first eight digits must be a day of the calendar."""
    nip = born + PNS[8:]
    content = parse_nip(nip)
    assert content is not None
    assert content.born is None
    assert nip_faults(nip, TODAY) == ["8 angka pertama bukan tanggal lahir yang ada"]


def test_a_leap_day_is_a_day() -> None:
    """29 February counts in the years that have it."""
    assert nip_faults("19840229" + PNS[8:], TODAY) == []


@pytest.mark.parametrize(("jk", "wanted"), [("1", "L"), ("2", "P")])
def test_digit_15_tells_the_sex(jk: str, wanted: str) -> None:
    """1 is laki-laki and 2 perempuan."""
    content = parse_nip(PNS[:14] + jk + PNS[15:])
    assert content is not None
    assert content.jk == wanted


@pytest.mark.parametrize("jk", "03456789")
def test_any_other_digit_15_is_a_fault(jk: str) -> None:
    """Nothing but 1 and 2 is a sex."""
    nip = PNS[:14] + jk + PNS[15:]
    assert nip_faults(nip, TODAY) == ["angka ke-15 harus 1 (laki-laki) atau 2 (perempuan)"]


@pytest.mark.parametrize(
    ("year", "fault"),
    [
        (2001, "tahun pengangkatan 2001 kurang dari 17 tahun sesudah lahir"),
        (1985, "tahun pengangkatan 1985 kurang dari 17 tahun sesudah lahir"),
        (0, "tahun pengangkatan 0 kurang dari 17 tahun sesudah lahir"),
        (2002, None),
        (2026, None),
        (2027, None),
        (2028, "tahun pengangkatan 2028 belum terjadi"),
        (9999, "tahun pengangkatan 9999 belum terjadi"),
    ],
)
def test_nobody_is_appointed_as_a_child_or_in_the_future(year: int, fault: str | None) -> None:
    """The year of appointment lies 17 years or more after birth and not after the coming year."""
    found = nip_faults(f"{PNS[:8]}{year:04}{PNS[12:]}", TODAY)
    assert found == ([fault] if fault else [])


def test_the_day_decides_what_is_the_future() -> None:
    """The same number is impossible one year and possible the next."""
    nip = f"{PNS[:8]}2029{PNS[12:]}"
    assert nip_faults(nip, date(2027, 12, 31))
    assert nip_faults(nip, date(2028, 1, 1)) == []


def test_the_coming_year_is_a_warning() -> None:
    """A number is given before its appointment begins: told, and nothing more; from that year on there is nothing to tell."""
    nip = f"{PNS[:8]}2028{PNS[12:]}"
    assert nip_faults(nip, date(2027, 12, 31)) == []
    assert nip_early(nip, date(2027, 12, 31)) == "tahun pengangkatan 2028 belum mulai; periksa NIP ini, atau tanggal komputer ini"
    assert nip_early(nip, date(2028, 1, 1)) == nip_early(PNS, date(2027, 12, 31)) == nip_early("x", date(2027, 1, 1)) == ""


@pytest.mark.parametrize("day", [date(1980, 1, 1), date(2019, 1, 1), date(2024, 6, 1)])
@pytest.mark.parametrize("year", [2023, 2025, 2026])
def test_a_clock_that_cannot_be_makes_no_number_impossible(day: date, year: int) -> None:
    """A computer whose clock fell back years before this version was made refuses no number and doubts none."""
    nip = f"{PNS[:8]}{year}{PNS[12:]}"
    assert nip_faults(nip, day) == []
    assert nip_early(nip, day) == ""


@pytest.mark.parametrize(
    "number",
    ["0", "0" * 16, "9" * 16, "1" * 18, "1234567890123456", "0123456789012345", "123456789012345678",
     "9000000000000000", "9999000000000000", "1234123412341234", "1234567812345678"],
)  # fmt: skip
def test_what_only_fills_a_cell_is_a_placeholder(number: str) -> None:
    """Zeros, nines, counting digits and blocks that come again name nobody."""
    assert is_placeholder(number)


@pytest.mark.parametrize(
    "number", ["", "12", "x" * 16, PNS, "1046763664300003", "1000000000073406", "199011112011111111", "1234767660300456"]
)
def test_a_number_of_a_person_is_none(number: str) -> None:
    """Runs and repetitions inside a number that somebody may have are nothing."""
    assert not is_placeholder(number)


@pytest.mark.parametrize("nip", ["", "1", PNS[:-1], PNS + "1", PNS[:-1] + "x", " " + PNS[1:], "١" * 18, "²" * 18, "-" + PNS[1:]])
def test_what_is_not_18_plain_digits_is_no_nip(nip: str) -> None:
    """Anything but 18 ASCII digits is refused with its length, tells nothing and is shown as it is."""
    assert parse_nip(nip) is None
    assert nip_faults(nip, TODAY) == [f"harus 18 angka, ini {len(nip)} karakter"]
    assert nip_doubts(nip, "1985-07-14", "L") == []
    assert grouped(nip) == nip


def test_every_fault_is_told() -> None:
    """A number that is wrong in several ways is told all of them at once."""
    assert len(nip_faults("198513142010133034", TODAY)) == 3


@pytest.mark.parametrize(
    ("tanggal_lahir", "jk", "wanted"),
    [
        ("1985-07-14", "P", []),
        ("", "", []),
        ("1985-07-15", "P", ["tanggal lahir menurut NIP 1985-07-14, menurut data 1985-07-15"]),
        ("1985-07-14", "L", ["jenis kelamin menurut NIP P, menurut data L"]),
        (
            "1990-01-01",
            "L",
            ["tanggal lahir menurut NIP 1985-07-14, menurut data 1990-01-01", "jenis kelamin menurut NIP P, menurut data L"],
        ),
    ],
)
def test_a_disagreement_is_a_doubt(tanggal_lahir: str, jk: str, wanted: list[str]) -> None:
    """Where birth date or sex are known and differ from the number, both readings are named; what is unknown is no doubt."""
    assert nip_doubts(PNS, tanggal_lahir, jk) == wanted


def test_a_number_without_date_or_sex_raises_no_doubt() -> None:
    """What the number itself does not tell cannot disagree; that is a fault already."""
    assert nip_doubts("198513142010013034", "1985-07-14", "P") == []


@pytest.mark.parametrize(
    "written", ["19850714 201001 2 034", "19850714.201001.2.034", "19850714-201001-2-034", f"'{PNS}", f"’{PNS} "]
)
def test_a_number_is_read_as_people_write_it(written: str) -> None:
    """Spaces, dots, dashes and Excel's leading apostrophe are not part of a number."""
    assert digits(written) == PNS


@given(st.dates(date(1950, 1, 1), date(2004, 12, 31)), st.integers(17, 20), st.integers(1, 12), st.sampled_from("12"))
@settings(deadline=None)
def test_a_possible_number_survives_its_grouped_form(born: date, age: int, month: int, jk: str) -> None:
    """Every possible number has no fault, and reads the same after it was grouped for people."""
    nip = f"{born:%Y%m%d}{born.year + age}{month:02}{jk}001"
    assert nip_faults(nip, TODAY) == []
    assert digits(grouped(nip)) == nip
    assert [len(part) for part in grouped(nip).split(" ")] == [8, 6, 1, 3]


@given(st.one_of(st.text(), st.from_regex(r"[0-9]{16,18}", fullmatch=True)), st.dates(), st.text(), st.text())
@settings(deadline=None)
def test_no_text_makes_them_stumble(text: str, today: date, birth_date: str, jk: str) -> None:
    """Whatever is given as a number, date or sex, every function answers."""
    digits(text)
    grouped(text)
    faults = nip_faults(text, today)
    assert faults or parse_nip(text)
    assert all("\n" not in said for said in (*faults, nuptk_fault(text), npsn_fault(text)))
    for doubt in nip_doubts(text, birth_date, "L"):
        assert "\n" not in doubt
        assert len(doubt) < 100


@pytest.mark.parametrize(
    ("nuptk", "ok"),
    [("1046763664300003", True), ("0" * 16, True), ("104676366430000", False), ("1046763664300003 ", False), ("١" * 16, False)],
)
def test_a_nuptk_has_16_digits(nuptk: str, ok: bool) -> None:
    """Sixteen ASCII digits, of which no check digit can be reckoned; else its length is told."""
    assert nuptk_fault(nuptk) == ("" if ok else f"harus 16 angka, ini {len(nuptk)} karakter")


@pytest.mark.parametrize(
    ("npsn", "ok"),
    [
        ("20512345", True),
        ("P9934567", True),
        ("p9934567", False),
        ("2051234", False),
        ("205123456", False),
        ("2051234P", False),
        ("20512345\n", False),
        ("٢٠٥١٢٣٤٥", False),
        ("", False),
    ],
)
def test_an_npsn_has_eight_characters(npsn: str, ok: bool) -> None:
    """Eight digits, the first of which may be a capital letter."""
    assert bool(npsn_fault(npsn)) is not ok
