"""The invented people of a list: whole and consistent, so that only how they are written down can be misread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_FEMALE = (
    "Siti Nur'aini", "Dewi Anggraéni", "Ni Luh Ayu", "Sri", "Yohana", "Rr. Kusuma", "Maria", "Fitri", "Cut Nyak Meutia", "Zoë",
    "Andi Tenri", "Ruth Bunga", "Halimatus", "Ida Ayu Made", "Theresia",
)  # fmt: skip
_MALE = (
    "Ahmad Ma'ruf", "Bambang", "I Made", "Muhammad", "T. Iskandar", "Yosef", "La Ode", "Agus", "Dominggus", "Andreas Müller",
    "H. Abdul", "Ketut", "Rahmat", "Asep", "Semuel",
)  # fmt: skip
_FAMILY = (
    "Wulandari", "Hidayat", "Simanjuntak", "Nasution", "Prasetyo", "Lestari", "Rahmawati", "Putra", "Foeh", "Tarigan", "Ndun",
    "Kurniadin", "da Silva", "Sañtoso", "Paramartha", "Bere", "Wenda", "Situmorang", "Al Fatih", "Pattiasina", "Mandagi",
)  # fmt: skip
_PLACES = ("Kupang", "Garut", "Bau-Bau", "Kab. Agam", "Jakarta", "Ende", "Sleman", "Tanjung Pinang", "Pare-Pare")
_DEGREES = ("S.Pd.", "S.Pd., M.Pd.", "S.Ag.", "S.Kom., Gr.", "M.Si.", "A.Ma.Pd.", "S.Pd.SD", "")
_RANKS = ("II/c", "III/a", "III/b", "III/c", "III/d", "IV/a", "IV/b", "IV/c")
_JOBS = ("Guru Mapel", "Guru Kelas", "Guru BK", "Guru TIK", "Kepala Sekolah")
_DUTIES = ("", "", "Wali Kelas", "Kepala Perpustakaan", "Pembina OSIS")
_STATUSES = (
    "PNS", "PNS", "PNS", "PPPK", "PPPK", "PPPK Paruh Waktu", "CPNS", "GTY/PTY", "Guru Honor Sekolah", "Guru Honor Sekolah",
    "Honor Daerah TK.II Kab/Kota",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A teacher: `name` without degrees; numbers bare; status, job and rank in the words of Dapodik."""

    name: str
    before: str
    after: str
    sex: str
    born: date
    place: str
    nip: str
    nuptk: str
    status: str
    job: str
    duty: str
    rank: str


def invent(seed: int, number: int) -> Person:
    """The person of that number in the list of that seed; nobody else there has their numbers."""
    luck = Random(f"{seed}:person:{number}")
    sex = luck.choice("LP")
    status = luck.choice(_STATUSES)
    born = date(1967, 1, 1) + timedelta(days=luck.randrange(36 * 365))
    nip = rank = ""
    if status in ("PNS", "CPNS"):
        year = 2025 if status == "CPNS" else max(born.year + 22, luck.randint(1990, 2022))
        nip, rank = f"{born:%Y%m%d}{year}{luck.randint(1, 12):02}", luck.choice(_RANKS)
    elif status.startswith("PPPK"):
        nip, rank = (
            f"{born:%Y%m%d}{luck.choice((2022, 2023, 2024, 2025))}{luck.choice((21, 21, 22))}",
            luck.choice(("IX", "X", "XI")),
        )
    if nip:
        nip += f"{'1' if sex == 'L' else '2'}{number + 1:03}"
    return Person(
        name=f"{luck.choice(_MALE if sex == 'L' else _FEMALE)} {luck.choice(_FAMILY)} {luck.choice(_FAMILY)}",
        before=luck.choice(("", "", "", "Drs." if sex == "L" else "Dra.", "Dr.")),
        after=luck.choice(_DEGREES),
        sex=sex,
        born=born,
        place=luck.choice(_PLACES),
        nip=nip,
        nuptk=f"{luck.randint(1, 9)}{luck.randint(10**11, 10**12 - 1)}{number + 100}" if luck.random() < 0.7 or not nip else "",
        status=status,
        job=luck.choice(_JOBS),
        duty=luck.choice(_DUTIES),
        rank=rank,
    )
