"""Which column is which: headings as Dapodik or people write them, with two things in one, or mapped by the operator."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from msgspec import Struct

from pmm_tui.roster.headings import COLUMNS, KNOWN_UNUSED, NUMBERS, PRIVATE, HeadingMap, heading_key

Remembered = Mapping[str, Mapping[str, str]]
"""What the operator said a column is: field (empty: nothing) by heading key, by the shape of the headings (`*`: of any file)."""

ANY = "*"

_SYNONYMS = {
    "tgl": "tanggal", "tg": "tanggal", "tanggl": "tanggal", "lhr": "lahir", "kelahiran": "lahir", "dpn": "depan", "blk": "belakang",
    "blkg": "belakang", "gol": "golongan", "pkt": "pangkat", "kepeg": "kepegawaian", "jns": "jenis", "kel": "kelamin",
    "klm": "kelamin", "tmpt": "tempat", "nm": "nama", "no": "nomor", "akhir": "terakhir", "tgs": "tugas", "tamb": "tambahan",
    "stat": "status", "stts": "status", "p3k": "pppk", "name": "nama",
}  # fmt: skip
_NOISE = frozenset(
    ("dan", "dengan", "beserta", "serta", "guru", "ptk", "gtk", "pegawai", "pendidik", "tenaga", "pengajar", "saudara", "anda",
     "sesuai", "yang", "bersangkutan", "ybs", "terbaru", "saat", "ini", "sekarang", "tanpa", "terang", "sk", "ijazah", "wajib",
     "isi",
     "isikan", "tulis", "tuliskan", "masukkan", "format", "digit", "angka", "spasi", "asn", "lengkapnya", "terakhir", "gelarnya")
)  # fmt: skip
_MEANT = {
    "nama": ("nama", "nama lengkap", "nama gelar", "nama lengkap gelar"),
    "nip": ("nip", "nip baru", "nip pppk", "ni pppk", "nomor nip", "nomor induk pppk", "nip ni pppk"),
    "nuptk": ("nuptk", "nomor nuptk"),
    "jk": ("jk", "jenis kelamin", "kelamin", "j kelamin", "l p", "jenis kelamin l p"),
    "tanggal_lahir": ("tanggal lahir", "tempat tanggal lahir", "ttl"),
    "status_kepegawaian": ("status kepegawaian", "jenis kepegawaian"),
    "tugas_tambahan": ("tugas tambahan",),
    "golongan": ("pangkat golongan", "golongan", "golongan ruang", "pangkat golongan ruang", "pangkat ruang", "pangkat"),
    "gelar_depan": ("gelar depan",),
    "gelar_belakang": ("gelar belakang",),
}
"""What a heading says when its words are written out and those that say nothing are left out."""

_BY_WORDS = {frozenset(words.split()): field for field, all_words in _MEANT.items() for words in all_words}
_VOCABULARY = ("tanggal", "lahir", "status", "kepegawaian", "jenis", "kelamin", "tugas", "tambahan", "pangkat", "golongan", "gelar",
               "depan", "belakang", "lengkap", "nuptk", "tempat")  # fmt: skip
_NEVER = frozenset(
    ("ibu", "ayah", "suami", "istri", "isteri", "anak", "wali", "kandung", "kepala", "sekolah", "atasan", "pasangan", "bank",
     "pajak",
     "rekening", "penilai", "pejabat", "instansi", "unit", "dusun", "jalan", "pengguna", "panggilan", "darah", "tmt", "lama", "nik",
     "siswa", "murid", "keluarga", "orangtua", "ortu", "darurat", "mertua", "nisn", "awal", "id", "ktp", "kk")
)  # fmt: skip
"""Words that make a heading one of something else."""

_FOREIGN_LIST = frozenset(("nisn", "nis", "kelas", "rombel", "namasiswa", "namaayah", "nomorpesertaun"))
_BRACKETS = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]")
_WORD = re.compile(r"[a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"\s*[/,&+;|\n]\s*|\s+(?:dan|atau|/|-)\s+", re.IGNORECASE)
_PRIVATE_KEYS = frozenset(map(heading_key, PRIVATE))
_UNUSED_KEYS = frozenset(map(heading_key, KNOWN_UNUSED)) | _PRIVATE_KEYS
_OTHER_NUMBERS = frozenset(("nrg", "npk", "niy", "nigb", "nigty", "nrp"))


class Columns(Struct, frozen=True):
    """The columns of a table: the place of each field, further columns of the same number, and what is not read.

    `near` are the headings that were taken although they are written wrongly, `unread` those that nothing is known of, by place;
    `chosen` are those that the operator has said something of, and what (nothing: not to be read).
    """

    places: dict[str, int]
    more: dict[str, tuple[int, ...]] = {}
    near: dict[str, str] = {}
    unread: dict[int, str] = {}
    chosen: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.places)


NONE = Columns({})


def heading_shape(texts: Sequence[str]) -> str:
    """What files of one shape share: a short digest of their headings, in order."""
    keys = "|".join(key for text in texts if (key := heading_key(text)))
    return sha256(keys.encode()).hexdigest()[:16]


def match(texts: Sequence[str], headings: HeadingMap, remembered: Remembered | None = None) -> Columns:
    """Say which column is which; `NONE` when this is no heading row.

    A heading row has the name, and a number or what only a list of teachers has. Of two columns that fit, the preferred heading,
    then the first.
    """
    said = _said(texts, remembered) if remembered else {}
    keys = [heading_key(text) if text else "" for text in texts]
    places: dict[str, int] = {}
    for number, key in enumerate(keys):
        if key and key not in said:
            places.setdefault(key, number)
    columns = {field: places[key] for field, known in headings.items() for key in reversed(known) if key in places}
    if "nama" in columns and "namalengkap" in places and "namalengkap" in headings["nama"]:
        columns["nama"] = places["namalengkap"]  # beside a short name
    near: dict[str, str] = {}
    if "nama" not in columns and not said and not any("nama" in key or "name" in key for key in places):
        return NONE
    columns |= {field: keys.index(key) for key, field in said.items() if field in headings and key in keys}
    if any(field not in columns for field in COLUMNS):
        _add_near(texts, keys, columns, near, headings, said)
    if not _is_list(columns, keys):
        return NONE
    for lone, other in (("jk_l", "jk_p"), ("jk_p", "jk_l")):
        if lone in columns and (other not in columns or "jk" in columns):
            del columns[lone]
    used = set(columns.values())
    more = {
        field: tuple(at for at, key in enumerate(keys) if key in headings.get(field, ()) and at != columns[field])
        for field in ("nip", "nama")
        if field in columns
    }
    used.update(at for places in more.values() for at in places)
    unread = {
        at: texts[at] for at, key in enumerate(keys) if key and at not in used and not _dull(texts[at]) and said.get(key) != ""
    }
    chosen = {text: said[key] for text, key in zip(texts, keys, strict=True) if key in said}
    return Columns(columns, {field: at for field, at in more.items() if at}, near, unread, chosen)


def _dull(text: str) -> bool:
    key = heading_key(text)
    return (
        text.casefold().endswith((" id", "_id"))
        or key in _UNUSED_KEYS
        or key.isdigit()
        or key.startswith(("tmt", "nosk", "tanggalsk", "tglsk", "masakerja"))
    )


def _said(texts: Sequence[str], remembered: Remembered) -> Mapping[str, str]:
    found = {**remembered.get(heading_shape(texts), {}), **remembered.get(ANY, {})}
    there = {heading_key(text) for text in texts}
    return {key: field for key, field in found.items() if key in there and key not in _PRIVATE_KEYS}


def _add_near(
    texts: Sequence[str],
    keys: Sequence[str],
    columns: dict[str, int],
    near: dict[str, str],
    headings: HeadingMap,
    said: Mapping[str, str],
) -> None:
    """Add the columns whose headings mean a field that has none yet."""
    taken = set(columns.values())
    for at, (text, key) in enumerate(zip(texts, keys, strict=True)):
        if not key or at in taken or key in said or key in _UNUSED_KEYS:
            continue
        field, wrong = meaning(text, headings)
        if field and field in headings and field not in columns and not (field == "nama_nip" and "nama" in columns):
            columns[field] = at
            if wrong:
                near[field] = text


def _is_list(columns: Mapping[str, int], keys: Sequence[str]) -> bool:
    named = "nama" in columns or "nama_nip" in columns
    if not named:
        return False
    if any(field in columns for field in (*NUMBERS, "nip_nuptk", "nip_lain", "nama_nip")):
        return True
    sure = ("status_kepegawaian", "jenis_ptk", "golongan")
    return "tanggal_lahir" in columns and any(field in columns for field in sure) and _FOREIGN_LIST.isdisjoint(keys)


def meaning(text: str, headings: HeadingMap) -> tuple[str, str]:
    """The field that a heading means, also one of two things in one column; and the word that is written wrongly in it."""
    key = heading_key(text)
    for field, known in headings.items():
        if key in known:
            return field, ""
    if key in _PRIVATE_KEYS:
        return "", ""
    bare = _BRACKETS.sub(" ", text)
    key = heading_key(bare)
    if known := next((field for field, names in headings.items() if key in names), ""):
        return known, ""
    field, wrong = _by_words(bare)
    if field:
        return field, wrong
    return _composite(bare, headings), ""


def of_others(text: str) -> bool:
    """Whether a heading is of somebody or something else: a spouse, a school, a date of appointment."""
    return not _NEVER.isdisjoint(_WORD.findall(text.casefold()))


def _by_words(text: str) -> tuple[str, str]:
    words = [_SYNONYMS.get(word, word) for word in _WORD.findall(_CAMEL.sub(" ", text).casefold())]
    if {"bapak", "ibu"} <= set(words):
        words = [word for word in words if word not in ("bapak", "ibu")]
    if not words or len(words) > 9 or not _NEVER.isdisjoint(words):
        return "", ""
    if words[:2] in (["jenis", "ptk"], ["jenis", "gtk"], ["jenis", "guru"]) and len(words) == 2:
        return "jenis_ptk", ""
    if words in (["status", "pegawai"], ["status", "guru"], ["status", "ptk"], ["status", "gtk"]):
        return "status_kepegawaian", ""
    meant, wrong = [], ""
    for word in words:
        if word in _NOISE or (word.isdigit() and len(words) > 1):
            continue
        right = word if word in _VOCABULARY else next((known for known in _VOCABULARY if _slipped(word, known)), word)
        wrong = wrong or (word if right != word else "")
        meant.append(right)
    return _BY_WORDS.get(frozenset(meant), ""), wrong


def _slipped(word: str, known: str) -> bool:
    """Whether a word of a heading is a known one with one letter wrong, missing, too many, or two that changed places."""
    if len(word) < 4 or abs(len(word) - len(known)) > 1 or word[0] != known[0]:
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    if word[at + 1 :] == known[at + 1 :] or word[at + 1 :] == known[at:] or word[at:] == known[at + 1 :]:
        return True
    return word[at : at + 2] == known[at : at + 2][::-1] and word[at + 2 :] == known[at + 2 :]


def _composite(text: str, headings: HeadingMap) -> str:
    """The field of a column that holds a name and a number, or one of two numbers; empty when it is neither."""
    parts = [part for part in _PARTS.split(text.strip()) if part]
    if not 2 <= len(parts) <= 5:
        return ""
    keys = [heading_key(part) for part in parts]
    fields = {_field_of(part, headings) for part in parts}
    if any(key in _PRIVATE_KEYS for key in keys):
        return "nip_lain" if "nip" in fields and "nama" not in fields else ""
    if "nama" in fields and ("nip" in fields or "nuptk" in fields):
        return "nama_nip"
    if {"nip", "nuptk"} <= fields and set(keys) - {"nip", "nuptk"} <= _OTHER_NUMBERS:
        return "nip_nuptk"
    if "nip" in fields and set(keys) - {"nip"} <= _OTHER_NUMBERS:
        return "nip_lain"
    return "golongan" if fields and fields <= {"golongan"} else ""


def _field_of(part: str, headings: HeadingMap) -> str:
    key = heading_key(part)
    return next((field for field, known in headings.items() if key in known), "") or _by_words(part)[0]
