"""What may stand in a column about a teacher: which values are foreign to it, and which must not replace a better one."""

from __future__ import annotations

import re
from collections.abc import Collection

from pmm_tui.dates import parse_date
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.person import name_key
from pmm_tui.text import quoted

_EXCEL_ERROR = re.compile(
    r"#(?:REF|VALUE|DIV/0|NULL|NUM|SPILL|CALC|BUSY|BLOCKED|UNKNOWN|CONNECT)!|#N/?A|#NAME\?|#{3,}", re.IGNORECASE
)
_JENIS = re.compile(
    r"(guru|kepala|wakil|tenaga|instruktur|tutor|pamong|penjaga|pesuruh|laboran|pustakawan|pengawas|petugas|tukang|pendamping|"
    r"konselor|operator|staf|administrasi|bendahara|security|satpam|teknisi|pelatih|pengasuh|terapis)\b|.*\bteacher\b",
    re.IGNORECASE,
)
_GENERIC = ("status_kepegawaian", "jenis_ptk")


def excel_error(value: str) -> bool:
    """Whether a value is what Excel writes where a formula has gone wrong, as text."""
    return bool(_EXCEL_ERROR.fullmatch(value.strip()))


def is_foreign(field: str, value: str, katalog: Katalog | None) -> bool:
    """Whether a value (not empty) cannot be what a field of `Pegawai` holds."""
    if excel_error(value):
        return True
    match field:
        case "nama":
            return "\ufffd" in value or "?" in value or not any(map(str.isalpha, value))
        case "tanggal_lahir":
            return parse_date(value) is None
        case "jk":
            return value not in ("L", "P")
    if katalog is None:
        return False
    match field:
        case "status_kepegawaian":
            return bool(katalog.status_kepegawaian) and katalog.find_status(value) is None
        case "golongan":
            return bool(katalog.golongan.pns or katalog.golongan.pppk) and katalog.find_golongan(value) is None
        case "jenis_ptk":
            entitled = {kind.casefold() for kind in katalog.jenis_ptk.berhak}
            return bool(entitled) and value.casefold() not in entitled and not _JENIS.match(value)
    return False


def why_kept(field: str, old: str, new: str, katalog: Katalog | None, also_said: Collection[str] = ()) -> str:
    """Why `new` must not replace `old`, as a sentence that names both; empty when it may.

    `also_said` are the values that the same source has for the field elsewhere: a source that tells `PPPK Paruh Waktu` from `PPPK`
    means it.
    """
    if not old or not new or old == new:
        return ""
    stays = f"tetap {quoted(old)}."
    if is_foreign(field, new, katalog) and not is_foreign(field, old, katalog):
        return f"{quoted(new)} bukan isi kolom ini; {stays}"
    if field in _GENERIC and set(new.casefold().split()) < set(old.casefold().split()) and old not in also_said:
        return f"{quoted(new)} kurang rinci; {stays}"
    if field == "nama" and (new.isupper() or new.islower()) and not (old.isupper() or old.islower()):
        letters = "besar" if new.isupper() else "kecil"
        return f"{quoted(new)} hanya berhuruf {letters}; {stays}" if name_key(new) == name_key(old) else ""
    return ""


def why_typed_kept(old: str, new: str, typed: str | None) -> str:
    """Why `new` must not replace `old` by itself where that was typed by hand (`typed`), as a sentence; empty when it may."""
    if not typed or typed != old or not new or new == old:
        return ""
    return f"{quoted(new)} berbeda dari yang diketik sendiri; tetap {quoted(old)}."
