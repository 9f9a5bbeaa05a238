"""How the cells of a teacher are written: by field, each spelling by its name, with what is meant."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.roster.fuzz.dates import DATES
from tests.roster.fuzz.oracle import NOTHING, Cell, Want
from tests.roster.fuzz.people import Person

Spelling = Callable[[str, Random], object]


def _groups(nip: str, between: str) -> str:
    return between.join((nip[:8], nip[8:14], nip[14], nip[15:]))


NIP: dict[str, Spelling] = {
    "bare": lambda n, _: n,
    "blanks": lambda n, _: _groups(n, " "),
    "dots": lambda n, _: _groups(n, "."),
    "dashes": lambda n, _: _groups(n, "-"),
    "no-break": lambda n, _: _groups(n, "\xa0"),
    "lines": lambda n, _: f"{n[:8]} {n[8:14]}\n{n[14]} {n[15:]}",
    "nip-dot": lambda n, _: f"NIP. {_groups(n, ' ')}",
    "nip-colon": lambda n, _: f"NIP: {n}",
    "nip-wide-colon": lambda n, _: f"NIP : {n}",
    "nip-lower": lambda n, _: f"nip {n}",
    "nip-glued": lambda n, _: f"NIP.{n}",
    "no-nip": lambda n, _: f"No. NIP {n}",
    "ni-pppk": lambda n, _: f"NI PPPK {n}",
    "ni-pppk-dot": lambda n, _: f"NI PPPK. {_groups(n, ' ')}",
    "nipppk": lambda n, _: f"NIPPPK {n}",
    "nip-p3k": lambda n, _: f"NI P3K. {n}",
    "nip-pppk": lambda n, _: f"NIP PPPK: {n}",
    "apostrophe": lambda n, _: f"'{n}",
    "backtick": lambda n, _: f"`{n}",
    "formula-text": lambda n, _: f'="{n}"',
    "quotes": lambda n, _: f'"{n}"',
    "invisible": lambda n, _: f"\u200b{n}\u202c",
    "trailing": lambda n, _: f" {n} ",
    "kind-after": lambda n, _: f"{n} (PPPK)" if n[12] == "2" else f"{n} (PNS)",
    "slashes": lambda n, _: _groups(n, "/"),
    "semicolon-after": lambda n, _: f"{n};",
}
NUPTK: dict[str, Spelling] = {
    "bare": lambda n, _: n,
    "blanks": lambda n, _: " ".join((n[:4], n[4:8], n[8:12], n[12:])),
    "nuptk-dot": lambda n, _: f"NUPTK. {n}",
    "nuptk-colon": lambda n, _: f"NUPTK : {n}",
    "apostrophe": lambda n, _: f"'{n}",
    "formula-text": lambda n, _: f'="{n}"',
    "trailing": lambda n, _: f"{n}\xa0",
}
NOTHINGS = (
    "-", "--", "---", "–", "—", "0", "tidak ada", "Tidak Ada", "TIDAK ADA", "tdk ada", "belum", "belum ada", "Belum Ada", "blm ada",
    "belum punya", "N/A", "n/a", "NA", "n.a.", "nihil", "kosong", "(kosong)", ".", "...", "null", "NULL", "None", "proses",
    "dalam proses", "belum terbit", "tidak punya", "?", "x", "- ", "'-", "/", "tidak memiliki", "masih proses",
)  # fmt: skip
"""What stands for nothing, in the column of a number."""
NIP_NOTHINGS = ("Non ASN", "non PNS", "honorer", "Honor", "GTT", "bukan ASN", "tidak ada NIP", "Belum ada NIP", "NIP. -", "NIP -")
JK: dict[str, Spelling] = {
    "letter": lambda s, _: s,
    "small": lambda s, _: s.lower(),
    "long": lambda s, _: {"L": "Laki-laki", "P": "Perempuan"}[s],
    "upper": lambda s, _: {"L": "LAKI-LAKI", "P": "PEREMPUAN"}[s],
    "wide": lambda s, _: {"L": "Laki - Laki", "P": "Perempuan "}[s],
    "two": lambda s, _: {"L": "Laki2", "P": "Pr"}[s],
    "short": lambda s, _: {"L": "Lk.", "P": "Pr."}[s],
    "pria": lambda s, _: {"L": "Pria", "P": "Wanita"}[s],
    "english": lambda s, _: {"L": "Male", "P": "Female"}[s],
    "both": lambda s, _: {"L": "L (Laki-laki)", "P": "P (Perempuan)"}[s],
    "laki": lambda s, _: {"L": "Laki", "P": "Perempuan"}[s],
}
STATUS: dict[str, Spelling] = {
    "dapodik": lambda s, _: s,
    "lower": lambda s, _: s.lower(),
    "upper": lambda s, _: s.upper(),
    "synonym": lambda s, luck: luck.choice({
        "PNS": ("PNS Daerah", "P N S", "Pegawai Negeri Sipil", "Pegawai Negeri Sipil (PNS)", "PNSD"),
        "CPNS": ("Calon PNS", "C P N S", "Calon Pegawai Negeri Sipil"),
        "PPPK": ("P3K", "PPPK Guru", "P3K Guru", "PPPK Penuh Waktu", "ASN PPPK", "P.P.P.K",
                 "Pegawai Pemerintah dengan Perjanjian Kerja"),
        "PPPK Paruh Waktu": ("PPPK PW", "P3K Paruh Waktu", "PPPK-PW", "P3K PW"),
        "GTY/PTY": ("GTY", "Guru Tetap Yayasan", "GTY / PTY"),
        "Guru Honor Sekolah": ("Honor Sekolah", "Guru Honorer Sekolah"),
        "Honor Daerah TK.II Kab/Kota": ("Honor Daerah TK II Kab/Kota", "honor daerah tk. ii kab / kota"),
    }[s]),
}  # fmt: skip
OTHER_STATUSES = ("Honorer", "GTT", "Honda", "Non ASN", "Kontrak Kerja WNA", "GTT/PTT Provinsi", "Sukwan", "Guru Kontrak")
"""Words that no single word of Dapodik is meant by: to be kept, or asked about."""
JOB: dict[str, Spelling] = {
    "dapodik": lambda s, _: s,
    "upper": lambda s, _: s.upper(),
    "synonym": lambda s, luck: luck.choice({
        "Guru Mapel": ("Guru Mata Pelajaran", "guru mapel", "Guru Bidang Studi"),
        "Guru Kelas": ("Guru Kelas SD", "guru kelas", "Guru  Kelas"),
        "Guru BK": ("Guru Bimbingan dan Konseling", "Guru Bimbingan Konseling", "Guru BP/BK", "Guru Bimbingan & Konseling"),
        "Guru TIK": ("Guru TIK/KKPI", "Guru T.I.K."),
        "Kepala Sekolah": ("KEPALA SEKOLAH", "Kepsek"),
    }[s]),
}  # fmt: skip
OTHER_JOBS = ("Tenaga Administrasi Sekolah", "Penjaga Sekolah", "Pustakawan", "Operator Sekolah")
_TITLES = {
    "II/c": "Pengatur", "III/a": "Penata Muda", "III/b": "Penata Muda Tk. I", "III/c": "Penata", "III/d": "Penata Tk. I",
    "IV/a": "Pembina", "IV/b": "Pembina Tk. I", "IV/c": "Pembina Utama Muda",
}  # fmt: skip
_NUMBER = {"II": "2", "III": "3", "IV": "4", "IX": "9", "X": "10", "XI": "11"}


def _split(rank: str) -> tuple[str, str]:
    roman, _, letter = rank.partition("/")
    return roman, letter


RANK: dict[str, Spelling] = {
    "dapodik": lambda r, _: r,
    "upper": lambda r, _: r.upper(),
    "blank": lambda r, _: r.replace("/", " "),
    "glued": lambda r, _: r.replace("/", ""),
    "dash": lambda r, _: r.replace("/", "-"),
    "dot": lambda r, _: r.replace("/", "."),
    "wide": lambda r, _: r.replace("/", " / "),
    "number": lambda r, _: _NUMBER[_split(r)[0]] + _split(r)[1],
    "number-slash": lambda r, _: "/".join(filter(None, (_NUMBER[_split(r)[0]], _split(r)[1]))),
    "gol": lambda r, _: f"Gol. {r}",
    "gol-dash": lambda r, _: f"Gol. {r.replace('/', '-')}",
    "golongan": lambda r, _: f"Golongan {r}",
    "gol-ruang": lambda r, _: f"Gol/Ruang {r}",
    "title-comma": lambda r, _: f"{_TITLES[r]}, {r}" if r in _TITLES else f"Gol. {r}",
    "title-brackets": lambda r, _: f"{_TITLES[r]} ({r})" if r in _TITLES else f"PPPK ({r})",
    "title-slash": lambda r, _: f"{_TITLES[r]} / {r}" if r in _TITLES else f"Ahli Pertama / {r}",
    "title-glued": lambda r, _: f"{_TITLES[r].replace(' ', '')}, {r}" if r in _TITLES else f"PPPK {r}",
    "title-upper": lambda r, _: f"{_TITLES[r]} / {r.replace('/', '.')}".upper() if r in _TITLES else f"GOL. {r}",
    "title-line": lambda r, _: f"{_TITLES[r]}\n{r}" if r in _TITLES else r,
    "before-title": lambda r, _: f"{r} - {_TITLES[r]}" if r in _TITLES else f"{r} - Ahli Pertama",
    "title-alone": lambda r, _: _TITLES.get(r, r),
    "pppk-letter": lambda r, _: f"{r}/a" if r in ("IX", "X", "XI") else r,
    "brackets": lambda r, _: f"({r})",
}


def name_cells(person: Person, spelling: str, luck: Random) -> dict[str, Cell]:
    """The cells of name and degrees; all of them together mean one name."""
    degrees = f"{person.before} {person.name}".strip() + (f", {person.after}" if person.after else "")
    if spelling == "degree-columns":
        return {
            "nama": Cell(person.name, Want(degrees)),
            "gelar_depan": Cell(person.before or None, NOTHING),
            "gelar_belakang": Cell(person.after or None, NOTHING),
        }
    written = {
        "plain": person.name,
        "degrees": degrees,
        "upper": degrees.upper(),
        "blanks": f" {person.name.replace(' ', '  ', 1)} ",
        "no-break": person.name.replace(" ", "\xa0"),
        "line": degrees.replace(", ", ",\n", 1),
        "curly": person.name.replace("'", "’"),
        "no-comma": degrees.replace(", ", " ", 1),
        "numbered": person.name,
    }[spelling]
    return {"nama": Cell(written, Want(" ".join(written.split())))}


NAMES = ("plain", "degrees", "upper", "blanks", "no-break", "line", "curly", "no-comma", "degree-columns")


def number_cell(value: str, spelling: str, table: dict[str, Spelling], nothing: object, luck: Random) -> Cell:
    """The cell of a number of a person, or of what stands for none."""
    if not value:
        return Cell(nothing, Want("", said=False))
    return Cell(table[spelling](value, luck), Want(value))


def date_cell(person: Person, spelling: str, luck: Random) -> Cell:
    """The cell of the birth date."""
    return Cell(DATES[spelling](person.born, luck), Want(person.born.isoformat()))


FAMILIES: dict[str, tuple[str, ...]] = {
    "nama": NAMES,
    "nip": tuple(NIP),
    "nuptk": tuple(NUPTK),
    "jk": tuple(JK),
    "tanggal": tuple(DATES),
    "status": (*STATUS, "other"),
    "jenis": (*JOB, "other"),
    "golongan": tuple(RANK),
}
"""The spellings of each field; the first is the plain one."""
