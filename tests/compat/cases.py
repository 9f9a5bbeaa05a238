"""What is asked of each stage of a school's records, and of the program itself; the answers lie in `data/said`."""

from __future__ import annotations

from msgspec import Struct

from tests.compat.program import Step

P = ("--periode", "2026")
CONFIG_OF = {"": "own", "teachers": "own", "drafts": "own", "outbox": "client", "crashed": "own"}
"""The configuration that each stage was made with."""

ENVELOPES = (
    "sql",
    "SELECT pegawai_id, periode, revisi, dasar, sha256, CAST(line AS TEXT), kunci, suntingan, keadaan, mungkin_tiba, percobaan,"
    " tanda_terima, waktu_server, status_server, masalah, dipegang, catatan FROM kiriman ORDER BY id",
)
HELD = ("sql", "SELECT pegawai_id, periode, revisi, sha256 FROM dipegang ORDER BY pegawai_id, periode")
DRAFTS = ("sql", "SELECT pegawai_id, periode, CAST(rencana AS TEXT), suntingan FROM draf ORDER BY pegawai_id, periode")
ROSTER = ("sql", "SELECT * FROM pegawai ORDER BY id")
SCHEMA = ("sql", "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")
VERSIONS = tuple(("sql", f"PRAGMA {name}") for name in ("user_version", "application_id"))

DELIVERIES: dict[str, tuple[tuple[str, tuple[Step, ...]], ...]] = {
    "drafts": (("first", (("ajukan", "--semua-lengkap", *P), ("kirim", "--json"), ENVELOPES, HELD)),),
    "crashed": (("bare", (("kirim", "--json"), ("kirim", "--json"), ENVELOPES, HELD)),),
    "outbox": (
        ("kirim", (("kirim", "--json"), ENVELOPES, HELD)),
        ("tarik", (("tarik", "--json", *P), ("daftar", "--json", *P), ENVELOPES, HELD, ROSTER, DRAFTS)),
        ("tarik-again", (("tarik", "--json", *P), ("kirim", "--json"))),
    ),
}
"""By stage, what is done with it, the configuration `client` and a server, under the names of the files in `data/wire`.

The server of `bare` cannot inflate.
"""


class Case(Struct, frozen=True):
    """Steps on the records of a stage; the stage '' has none yet. `config` takes the place of the stage's configuration."""

    name: str
    stage: str
    steps: tuple[Step, ...]
    config: str = ""


def _listing(stage: str, *more: Step) -> Case:
    """What every stage is asked."""
    documents = (("daftar", "--json", *P), ("periksa", "--json", *P), ("kirim", "--uji-coba", "--json"))
    return Case(stage, stage, (*documents, *more, ROSTER, DRAFTS, ENVELOPES, HELD, SCHEMA, *VERSIONS))


CASES = (
    _listing("teachers"),
    _listing("drafts", ("daftar", "--json", "--periode", "2024-1")),
    _listing("outbox", ("daftar", *P), ("periksa", *P)),
    _listing("crashed"),
    Case(
        "fresh",
        "",
        (
            ("lokasi", "--json"),
            ("impor", "roster.csv", "--uji-coba", *P),
            ("impor", "roster.csv", "--json", *P),
            ("impor", "roster.csv", *P),
            ROSTER,
            SCHEMA,
            *VERSIONS,
        ),
    ),
    Case("nothing-to-restore", "", (("pulihkan", "--json"), ("kirim", "--json"), ("tarik", "--json", *P))),
    Case("submit", "drafts", (("ajukan", "--semua-lengkap", "--json", *P), ENVELOPES, ("kirim", "--uji-coba"))),
    Case("submit-words", "drafts", (("ajukan", "--semua-lengkap", "--uji-coba", *P), ("ajukan", "1", "2", "x", *P))),
    Case(
        "submit-again",
        "outbox",
        (("ajukan", "--semua-lengkap", "--uji-coba", "--json", *P), ("ajukan", *map(str, range(1, 25)), "--json", *P), ENVELOPES),
    ),
    Case(
        "restore-copy-and-log",
        "outbox",
        (("remove", "pmm-tui.db"), ("pulihkan", "--json"), ("daftar", "--json", *P), ENVELOPES, ROSTER, DRAFTS, HELD),
    ),
    Case(
        "restore-log",
        "outbox",
        (
            ("remove", "pmm-tui.db"),
            ("remove", "cadangan/*"),
            ("daftar", "--json", *P),
            ("pulihkan", "--json"),
            ("daftar", "--json", *P),
            ENVELOPES,
        ),
    ),
    Case("restore-nothing", "outbox", (("pulihkan",),)),
    Case(
        "export",
        "outbox",
        (
            ("rencana", "ekspor", "3", "4", "x", "--ke", "out", "--json", *P),
            ("rencana", "ekspor", "3", "--ke", "out", *P),
            ("rencana", "ekspor", "198507142010012004", "--ke", "out", "--timpa", *P),
        ),
    ),
    Case(
        "import-plans",
        "teachers",
        (
            ("rencana", "impor", "plans/*.toml", "--json"),
            ("rencana", "impor", "plans/*.toml"),
            DRAFTS,
        ),
    ),
    Case("backup", "outbox", (("cadangan", "usb.db"), ("pulihkan", "usb.db", "--json"), ENVELOPES)),
    Case(
        "every-key",
        "outbox",
        (
            ("diagnosa", "--json"),
            ("diagnosa", "--json", "--config", "config/example.toml", *P),
            ("ajukan", "15", "--uji-coba"),
            ("kirim", "--json"),
            ("kirim", "--json", "--config", "config/typo.toml"),
        ),
        "full",
    ),
    Case("tokens", "", (("server", "token", "daftar", "--json", "--database", "server/server.db"),)),
    Case(
        "wrong",
        "teachers",
        (
            ("terbang",),
            ("daftar", "--jsn"),
            ("rencana", "ekspor", "--json", *P),
            ("ajukan", "999", "--json", *P),
            ("daftar", "--json", "--periode", "1999"),
            ("impor", "tidak-ada.csv", "--json"),
            ("rencana", "impor", "tidak-ada.toml", "--json"),
            ("kirim", "--json", "--config", "tidak-ada.toml"),
            ("pulihkan", "tidak-ada.db", "--json"),
            ("server", "sekolah", "--npsn", "1"),
        ),
    ),
)

COMMANDS: tuple[Step, ...] = (
    (),
    ("layar",),
    ("latihan",),
    ("impor",),
    ("daftar",),
    ("rencana",),
    ("rencana", "ekspor"),
    ("rencana", "impor"),
    ("salin",),
    ("templat",),
    ("templat", "simpan"),
    ("templat", "daftar"),
    ("templat", "pakai"),
    ("templat", "hapus"),
    ("bawa",),
    ("urungkan",),
    ("periksa",),
    ("beda",),
    ("cetak",),
    ("ajukan",),
    ("antrean",),
    ("putuskan",),
    ("kirim",),
    ("tarik",),
    ("katalog",),
    ("rapor",),
    ("rapor", "impor"),
    ("rapor", "isi"),
    ("rapor", "tampil"),
    ("rapor", "pakai-server"),
    ("belajar-id",),
    ("belajar-id", "impor"),
    ("belajar-id", "tandai"),
    ("belajar-id", "tampil"),
    ("bantu-sinkron",),
    ("atasan",),
    ("server",),
    ("server", "sekolah"),
    ("server", "token"),
    ("server", "token", "buat"),
    ("server", "token", "daftar"),
    ("server", "token", "cabut"),
    ("cadangan",),
    ("pulihkan",),
    ("lokasi",),
    ("diagnosa",),
    ("pelengkap",),
)
"""Every command; its help is a contract too."""
SHELLS = ("bash", "zsh", "fish", "tcsh", "powershell")
