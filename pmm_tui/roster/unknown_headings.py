"""The refusal of a file in which no row is known as headings."""

from __future__ import annotations

from collections.abc import Sequence

from pmm_tui.errors import InputError

NO_HEADINGS = (
    "tidak punya baris judul dengan kolom Nama dan NIP atau NUPTK di {}; pakai Daftar Guru unduhan Dapodik, tambahkan baris judul "
    'itu, atau sebutkan kolomnya dengan --kolom "JUDUL=isian".'
)


class UnknownHeadingsError(InputError):
    """No row is known as headings; `headings` are the texts of the row that looks most like one."""

    def __init__(self, sentence: str, headings: Sequence[str]) -> None:
        super().__init__(sentence)
        self.headings = tuple(headings)
