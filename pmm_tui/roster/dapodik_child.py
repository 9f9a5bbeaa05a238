"""The child process that opens an answer of Dapodik's web service: the answer on its standard input, one JSON document out.

Invariant: a member that is not named here is skipped by the decoder and never becomes a value: pupils (`anggota_rombel`), NIK, the
mother's name, addresses and spouses end here, unread (UU 27/2022). The argument is the path that was asked.
"""

from __future__ import annotations

import sys
from typing import Any

import msgspec
from msgspec import Raw, Struct, defstruct

from pmm_tui.errors import InputError
from pmm_tui.roster.child import deliver
from pmm_tui.roster.sandbox import confine
from pmm_tui.text import clean

MEMBERS: dict[str, tuple[str, ...]] = {
    "getSekolah": ("npsn", "nama", "bentuk_pendidikan_id_str", "status_sekolah_str"),
    "getGtk": (
        "ptk_terdaftar_id", "ptk_id", "ptk_induk", "nama", "gelar_depan", "gelar_belakang", "jenis_kelamin", "tanggal_lahir",
        "nuptk", "nip", "jenis_ptk_id_str", "jabatan_ptk_id_str", "status_kepegawaian_id_str", "pangkat_golongan_terakhir",
    ),
    "getRombonganBelajar": ("rombongan_belajar_id", "nama", "jenis_rombel", "jenis_rombel_str", "ptk_id"),
}  # fmt: skip
"""What is read of each row, by the path that is asked; no other path is ever asked."""
_LESSON = ("ptk_id", "nama_mata_pelajaran", "mata_pelajaran_id_str", "jam_mengajar_per_minggu")
MAX_ROWS = 5_000
MAX_TEXT = 300
"""Characters of one member that are kept."""
_MAX_LESSONS = 200  # of one class
_NOTHING = ("-", "--", "null")
_LIST = "pembelajaran"
_BROKEN = "terpotong atau bukan JSON"
_NO_LIST = "bukan daftar yang dikenal"


class _Envelope(Struct):
    """What stands around the rows."""

    rows: Raw = Raw()
    results: Any = None
    message: Any = None


def strip(path: str, content: bytes) -> dict[str, Any]:
    """The rows of an answer, of each only the members in `MEMBERS` as short clean texts, and how many there are by its own word.

    `results` is -1 where it does not say. Raises InputError with the end of a sentence.
    """
    row = defstruct("Row", [*((name, Any, None) for name in MEMBERS[path]), (_LIST, Raw, Raw())])
    try:
        envelope = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_Envelope)
        if not envelope.rows:
            raise InputError(_told(envelope.message))
        rows = _rows(envelope.rows, row)
    except msgspec.ValidationError:
        raise InputError(_NO_LIST) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InputError(_BROKEN) from None
    if len(rows) > MAX_ROWS:
        raise InputError(f"berisi lebih dari {MAX_ROWS} baris")
    return {"results": _count(envelope.results), "rows": [_kept(path, one) for one in rows]}


def _rows(rows: Raw, row: type[Struct]) -> list[Any]:
    """A list, or the one row of a school, which comes as an object."""
    start = bytes(rows).lstrip()[:1]
    if start == b"{":
        return [msgspec.json.decode(rows, type=row)]
    return [] if start == b"n" else msgspec.json.decode(rows, type=list[row])  # type: ignore[valid-type]


def _kept(path: str, row: Any) -> dict[str, Any]:
    kept: dict[str, Any] = {name: _text(getattr(row, name)) for name in MEMBERS[path]}
    if path == "getRombonganBelajar":
        kept[_LIST] = _lessons(row.pembelajaran)
    return kept


def _lessons(content: Raw) -> list[dict[str, str]]:
    """Who teaches what in a class; nothing where it has another shape than expected: it is only to be shown."""
    lesson = defstruct("Lesson", [(name, Any, None) for name in _LESSON])
    try:
        found = msgspec.json.decode(content or b"[]", type=list[lesson] | None)  # type: ignore[valid-type]
    except msgspec.DecodeError:
        return []
    return [{name: _text(getattr(one, name)) for name in _LESSON} for one in (found or [])[:_MAX_LESSONS]]


def _text(value: Any) -> str:
    """A text or a number as text; empty for `-`, for null, and for what is neither."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    content = clean(str(value), limit=MAX_TEXT)
    return "" if content.casefold() in _NOTHING else content


def _count(value: Any) -> int:
    content = _text(value)
    return int(content) if content.isascii() and content.isdigit() and len(content) < 7 else -1


def _told(message: Any) -> str:
    words = _text(message)[:120]
    return f'{_NO_LIST}: "{words}"' if words else _NO_LIST


def main() -> None:
    """Read standard input within the limits and write the document."""
    confine()
    deliver(lambda content: strip(sys.argv[1], content))


if __name__ == "__main__":
    main()
