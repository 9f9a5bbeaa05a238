"""The rules about the teacher's confirmation: that it is there, how and when it was given."""

from __future__ import annotations

from collections.abc import Iterator

from pmm_tui.dates import long_date, parse_date
from pmm_tui.skp.model import CONFIRMED_BY, Masalah
from pmm_tui.skp.rules.case import Case
from pmm_tui.text import quoted


def _given(k: Case) -> Iterator[Masalah]:
    if not k.rencana.rangkuman.dikonfirmasi_guru:
        message = "Belum ditandai sudah dikonfirmasi guru."
        yield Masalah("belum-dikonfirmasi", message, "/rangkuman/dikonfirmasi_guru")


def _way(k: Case) -> Iterator[Masalah]:
    """A way asks for a day; both are empty in what older programs confirmed, and that stays as good as it was."""
    said = k.rencana.rangkuman
    if not said.dikonfirmasi_guru:
        return
    if said.cara and said.cara not in CONFIRMED_BY:
        message = f"Cara konfirmasi guru {quoted(said.cara)} tidak dikenal; pakai {', '.join(CONFIRMED_BY)}."
        yield Masalah("cara-asing", message, "/rangkuman/cara", halang=False)
    if said.tanggal and not said.cara:
        yield Masalah("cara-kosong", "Cara guru mengonfirmasi belum dipilih.", "/rangkuman/cara")


def _day(k: Case) -> Iterator[Masalah]:
    said, at = k.rencana.rangkuman, "/rangkuman/tanggal"
    if not said.dikonfirmasi_guru or not (said.cara or said.tanggal):
        return
    day = parse_date(said.tanggal)
    if day is None:
        message = f"Tanggal konfirmasi guru {quoted(said.tanggal)} tidak terbaca; tulis misalnya 15-07-2026."
        yield Masalah("tanggal-konfirmasi", message if said.tanggal else "Tanggal konfirmasi guru belum diisi.", at)
    elif k.today and day > k.today:
        message = f"Tanggal konfirmasi guru ({long_date(day)}) belum tiba."
        yield Masalah("konfirmasi-belum-tiba", message, at, halang=False)
    elif day < k.periode.rencana_mulai:
        message = f"Tanggal konfirmasi guru ({long_date(day)}) sebelum perencanaan dibuka {long_date(k.periode.rencana_mulai)}."
        yield Masalah("konfirmasi-terlalu-awal", message, at, halang=False)


RULES = (_given, _way, _day)
