"""The school that `make_fixtures.py` plays: plans written by hand, computers, and what is done on them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import msgspec
import tomli_w

from tests.compat import wire
from tests.compat.cases import P
from tests.compat.program import DATA, Computer

BEHAVIOUR = [
    "berorientasi-pelayanan/memenuhi-kebutuhan",
    "berorientasi-pelayanan/ramah-solutif",
    "akuntabel/jujur-berintegritas",
    "kompeten/kualitas-terbaik",
    "harmonis/suka-menolong",
    "loyal/menjaga-rahasia",
    "adaptif/terus-berinovasi",
    "kolaboratif/terbuka-bekerja-sama",
]
OWN_RHK = {
    "uraian": 'Menyusun modul "ajar" berbasis proyek – é ñ 日本, 100%',
    "satuan": "modul",
    "bukti": "Modul\\ajar, surat tugas",
    "target": 2,
}


def complete(**changes: Any) -> dict[str, Any]:
    """A plan of 2026 that nothing is wrong with; `changes` replace sections."""
    return {
        "versi": 1,
        "periode": "2026",
        "data_diri": {"sesuai": True},
        "rapor_pendidikan": {"dimengerti": True},
        "praktik_pembelajaran": {"indikator": ["penerapan-disiplin-positif"]},
        "pengembangan_kompetensi": {"rhk": [{"kompetensi": "peserta-pelatihan-mandiri", "target": 2}]},
        "tugas_tambahan": {"tidak_ada": True},
        "perilaku_kerja": {"indikator": BEHAVIOUR},
        "rangkuman": {"dikonfirmasi_guru": True},
    } | changes


def duties(*names: str) -> dict[str, Any]:
    """The section of duties, each with its SK."""
    return {"tugas": [{"tugas": name, "nomor_sk": f"800/{n}/SK.2026", "tanggal_sk": "2026-01-05"} for n, name in enumerate(names)]}


SEMESTER = complete(
    periode="2024-1",
    pengembangan_kompetensi={
        "rhk": [
            {"kompetensi": "penggerak-komunitas-belajar", "target": 1},
            {"kompetensi": "peserta-praktik-baik", "target": 3},
            OWN_RHK | {"poin": 8},
        ]
    },
    tugas_tambahan=duties("guru-piket"),
    perilaku_kerja={"indikator": [BEHAVIOUR[0], *BEHAVIOUR[2:]]},
)
UNFINISHED = {"versi": 1, "periode": "2026", "praktik_pembelajaran": {"indikator": ["aktivitas-interaktif", "tidak-dikenal"]}}
HALF = complete(tugas_tambahan={}, perilaku_kerja={"indikator": BEHAVIOUR[:3]}, rangkuman={})
OTHER = complete(praktik_pembelajaran={"indikator": ["umpan-balik-konstruktif"]})

# The teacher's number in the list, which is the row of the roster, by what becomes of the plan.
QUEUED, UNKNOWN, SENT, REJECTED, CONFLICT, APPROVED, RETURNED, REPLACED, EDITED, LOCKED, CLASHING, FOREIGN = range(3, 15)
READY, HALF_DONE, BARE, OWN_DATA = 15, 16, 17, 18
FIRST_PLANS = {
    QUEUED: complete(),
    UNKNOWN: complete(pengembangan_kompetensi={"rhk": [OWN_RHK, {"kompetensi": "penelaah-aksi-nyata", "target": 99}]}),
    SENT: complete(tugas_tambahan=duties("kepala-lab-bengkel-produksi", "wali-kelas")),
    REJECTED: complete(tugas_tambahan=duties("ketua-program-keahlian")),
    CONFLICT: complete(),
    APPROVED: complete(),
    RETURNED: complete(),
    REPLACED: complete(),
    EDITED: complete(),
    LOCKED: complete(),
    CLASHING: complete(),
    READY: complete(data_diri={"golongan": "III/a", "jenjang_jabatan": "ahli-pertama", "sesuai": True}),
    HALF_DONE: HALF,
    BARE: UNFINISHED,
    OWN_DATA: SEMESTER,
}

EXPORTED = (
    *((number, "2026") for number in (1, QUEUED, UNKNOWN, SENT, REJECTED, READY, HALF_DONE, BARE)),
    (READY, "2025"),
    *((number, "2024-1") for number in (QUEUED, OWN_DATA)),
)
"""The plans whose files are kept, by teacher and period; the first was never begun."""


class School:
    """The computers of one school, its server and its head."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.rows = _roster()
        self.ours, self.others, self.host = (Computer(work / name) for name in ("ours", "others", "host"))
        self.server = self.host.root / "server.db"

    def done(self, computer: Computer, *argv: str, code: int = 0) -> str:
        """Run a command that must end with `code`; returns its stdout."""
        found, out, err = computer.say(*argv)
        assert found == code, (argv, found, out, err)
        return out

    def plans(self, computer: Computer, plans: dict[int, dict[str, Any]], code: int = 0) -> None:
        """Import plans by the teachers' numbers."""
        files = []
        for number, plan in plans.items():
            file = computer.root / f"plan-{number}.toml"
            file.write_bytes(tomli_w.dumps(plan | {"pegawai": self.rows[number - 1]}).encode())
            files.append(file.name)
        self.done(computer, "rencana", "impor", *files, code=code)

    def submit(self, computer: Computer, *numbers: int, config: str = "") -> None:
        """Seal plans; `config` names another configuration."""
        more = ("--config", str(computer.root / "config" / f"{config}.toml")) if config else ()
        for number in numbers:
            row = self.rows[number - 1]
            self.done(computer, "ajukan", row.get("nip") or row["nuptk"], *P, *more)

    def decide(self, url: str, token: str, number: int, verdict: str, note: str = "") -> None:
        """Let the head decide on a teacher's first revision."""
        allowed = {"authorization": f"Bearer {token}"}
        roster = msgspec.json.decode(wire.ask(url, wire.Request("GET", "/v1/pegawai", allowed)).body)["pegawai"]
        id = next(one["id"] for one in roster if one.get("nip") == self.rows[number - 1]["nip"])
        body = msgspec.json.encode({"revisi": 1, "keputusan": verdict, "catatan": note}).decode()
        assert wire.ask(url, wire.Request("POST", f"/v1/rencana/2026/{id}/keputusan", allowed, body)).status == 200


def keep(computer: Computer, stage: str, *, copies: bool = False) -> None:
    """Make a computer's records, as they are now, a stage, with the daily copies or without."""
    kept = None if copies else shutil.ignore_patterns("cadangan")
    shutil.copytree(computer.data, DATA / "client" / stage, ignore=kept)


def _roster() -> list[dict[str, str]]:
    with (DATA / "roster.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter=";") if len(row) > 5 and row[0].isdigit()]
    found = [{"nama": row[1], "nip": row[5].lstrip("'"), "nuptk": row[2].lstrip("'")} for row in rows]
    return [{name: value for name, value in row.items() if value} for row in found]
