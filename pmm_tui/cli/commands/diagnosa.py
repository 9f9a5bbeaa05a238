"""`pmm-tui diagnosa`: is everything in order; without secrets, names or numbers of teachers."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from pmm_tui import __version__
from pmm_tui.address import without_user
from pmm_tui.cli.context import RunContext
from pmm_tui.cli.kept_schools import school_folders
from pmm_tui.cli.output import is_terminal
from pmm_tui.cli.server_settings import exit_code, server_settings
from pmm_tui.dates import clock_difference
from pmm_tui.errors import AlreadyOpenError, ConfigError, PmmError, StorageError
from pmm_tui.locations import with_home, without_home
from pmm_tui.private_file import reason, there
from pmm_tui.services.clock_check import check_clock
from pmm_tui.services.delivery_words import STATE_WORDS
from pmm_tui.services.stages import stage_short
from pmm_tui.store import Store
from pmm_tui.store.check import sqlite_version
from pmm_tui.store.file import copies, recovery_log, wrecks
from pmm_tui.store.unfinished import places
from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.results import Document, NotModified, Stop
from pmm_tui.text import clean

_PACKAGES = (
    "textual", "rich", "httpx", "msgspec", "python-calamine", "platformdirs", "tomli-w", "truststore", "pynacl", "starlette",
    "uvicorn", "sqlalchemy",
)  # fmt: skip
_CLOCK_WARNING = 120.0
_LABELS = {"tty": "di terminal", "encoding": "penyandian huruf", "proxy": "proksi"}
"""What people read where the document's key is an English word."""


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Look at everything, whatever of it fails; the exit code is that of the first thing that did."""
    found: dict[str, dict[str, Any]] = {"versi": _versions(), "tempat": _places(context), "terminal": _terminal(context)}
    codes = []
    parts: tuple[tuple[str, Callable[[RunContext], tuple[dict[str, Any], int]]], ...] = (
        *((("sekolah", school_folders),) if context.school else ()),
        ("konfigurasi", _config),
        ("basis_data", _database),
        ("cadangan", _backups),
        ("server", _server),
    )
    for name, look in parts:
        try:
            found[name], code = look(context)
        except PmmError as error:
            found[name], code = {"galat": error.sentence}, error.exit_code
        except OSError as error:
            found[name], code = {"galat": f"Tidak dapat diperiksa ({reason(error)})."}, StorageError.exit_code
        codes.append(code)
        found[name] = {
            key: without_home(value, context.env) if isinstance(value, str) else value for key, value in found[name].items()
        }
    ours, theirs = (found[part].get("npsn", "-") for part in ("basis_data", "server"))
    if "-" not in (ours, theirs) and ours != theirs:
        found["server"]["peringatan"] = f"Token milik NPSN {theirs}, data di sini milik NPSN {ours}; pakai token sekolah ini."
        codes.append(PmmError.exit_code)
    if wrong := check_clock(context.now(), context.answer).sentence:
        found["jam"] = {"galat": wrong}
        codes.append(PmmError.exit_code)
    if args.json:
        context.out.document(found)
    else:
        for name, values in found.items():
            context.out.line(name.replace("_", " "))
            for key, value in values.items():
                context.out.line(f"  {_LABELS.get(key) or key.replace('_', ' ')}: {_word(value)}")
    return next((code for code in codes if code), 0)


def _word(value: Any) -> str:
    return {True: "ya", False: "tidak"}[value] if isinstance(value, bool) else str(value)


def _versions() -> dict[str, Any]:
    found = {"pmm-tui": __version__, "python": platform.python_version(), "sqlite": sqlite_version()}
    found["sistem"] = f"{platform.system()} {platform.release()} {platform.machine()}"
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "tidak terpasang"
    return found


def _places(context: RunContext) -> dict[str, Any]:
    places = {
        "konfigurasi": context.config_file,
        "data": context.locations.data_folder,
        "log": context.locations.log_folder,
        "laporan": context.locations.report_folder,
    }
    return {name: with_home(path, context.env) for name, path in places.items()}


def _terminal(context: RunContext) -> dict[str, Any]:
    return {
        "TERM": clean(context.env.get("TERM", "")) or "-",
        "tty": is_terminal(sys.stdin) and is_terminal(sys.stdout),
        "encoding": sys.stdout.encoding or "-",
        "NO_COLOR": bool(context.env.get("NO_COLOR")),
        "bahasa": clean(context.env.get("LC_ALL") or context.env.get("LANG", "")) or "-",
        "pengguna_root": hasattr(os, "geteuid") and os.geteuid() == 0,
    }


def _config(context: RunContext) -> tuple[dict[str, Any], int]:
    config = context.config
    faults = _keymap_faults(config.tombol)
    return {
        "berkas_ada": there(context.config_file),
        "periode": config.periode or "menurut tanggal",
        "katalog_sendiri": bool(config.katalog),
        "tema": config.tampilan.tema,
        "ascii": config.tampilan.ascii,
        "tombol_diubah": len(config.tombol),
        **({"galat": f"{' '.join(faults)} Layar tidak dibuka sebelum ini dibetulkan."} if faults else {}),
    }, ConfigError.exit_code if faults else 0


def _keymap_faults(keymap: dict[str, str]) -> list[str]:
    """What keeps the screen from opening; the other commands need no keys, and a scheduler's `kirim` goes on."""
    if not keymap:
        return []
    from pmm_tui.tui.keys import keymap_faults, make_room  # lazy: Textual only for those who changed a key

    return keymap_faults(make_room(keymap))


def _database(context: RunContext) -> tuple[dict[str, Any], int]:
    path = context.locations.database
    if not there(path):
        return {"ada": False}, 0
    with _opened(path) as store:
        beside = store.database.read_only
        checked = store.database.check(full=True)
        found: dict[str, Any] = {
            "ada": True,
            "baik": checked.good,
            "diindeks_ulang": checked.reindexed,
            "halaman_rusak": len(checked.damaged),
            "amplop_rusak": len(checked.damaged_envelopes),
            **({"terbuka_di_jendela_lain": True} if beside else {"berakhir_bersih": not store.database.unclean}),
            "ukuran_kb": path.stat().st_size // 1024,
            "guru": len(store.roster.all()),
            "kotak_kirim": ", ".join(_counted(store)) or "kosong",
        }
        in_force = context.in_force(store, tell=False)
        stage = stage_short(in_force, context.today()) or "tidak ada"
        found |= {"periode": in_force.periode, "tahap": stage, "katalog": in_force.katalog_source}
        found["npsn"] = in_force.sekolah.npsn or "-"
    return found, 0 if checked.good else 4


def _opened(path: Path) -> Store:
    """The store, also beside another window that holds it."""
    try:
        return Store.open(path)
    except AlreadyOpenError:
        return Store.beside(path)


def _counted(store: Store) -> list[str]:
    """How many envelopes are in each state, in words."""
    words = {state: words.short.replace(",", "") for state, words in STATE_WORDS.items()}
    return [f"{count} {words[state]}" for state, count in store.outbox.counts().items() if count]


def _backups(context: RunContext) -> tuple[dict[str, Any], int]:
    """How many copies there are and how old, also when the database itself can no longer be opened."""
    path = context.locations.database
    found = copies(path)
    hours = [max(0.0, (context.now().timestamp() - copy.stat().st_mtime) / 3600) for copy in found]
    ages = {"terbaru_jam": round(min(hours), 1), "tertua_jam": round(max(hours), 1)} if hours else {}
    log = recovery_log(path)
    return {
        "banyak": len(found),
        **ages,
        "catatan_pemulihan_kb": log.stat().st_size // 1024 if there(log) else 0,
        "disisihkan": len(wrecks(path)),
        **({"setengah_jadi": left} if (left := len(places(path))) else {}),
    }, 0


def _server(context: RunContext) -> tuple[dict[str, Any], int]:
    if not context.config.server.url:
        return {"diatur": False}, 0
    found: dict[str, Any] = {"diatur": True, "alamat": without_user(context.config.server.url)}
    settings = server_settings(context.config, context.config_file, token="")
    proxy = settings.proxy_url()
    found["proxy"] = without_user(proxy) if proxy else "tidak ada"
    token = ""
    try:
        token = context.token()
        found["token_ada"] = True
    except ConfigError as error:
        found |= {"token_ada": False, "token_sebab": error.sentence}
    answer = asyncio.run(_ask(msgspec.structs.replace(settings, token=token), context))
    if isinstance(answer, Stop):
        return found | {"terjangkau": False, "sebab": answer.reason}, exit_code(answer)
    ahead, school = answer
    found |= {"terjangkau": True, "beda_jam_detik": round(ahead)}
    if abs(ahead) > _CLOCK_WARNING:
        found["peringatan"] = f"{clock_difference(ahead)}; betulkan tanggal dan jamnya."
    told, code = _accepted(school) if token else ({}, 0)
    return found | told, code


def _accepted(school: Document | NotModified | Stop | None) -> tuple[dict[str, Any], int]:
    """Whether the server takes the token, and for which school; nothing about that when the answer was about something else."""
    if isinstance(school, Stop):
        refused = {"token_diterima": False} if school.kind in ("token", "akses") else {}
        return refused | {"token_sebab": school.reason}, exit_code(school)
    value = school.value if isinstance(school, Document) and isinstance(school.value, dict) else {}
    told = {name: clean(str(value.get(name, "")), limit=200) or "-" for name in ("npsn", "nama", "peran")}
    return {"token_diterima": True, "npsn": told["npsn"], "sekolah": told["nama"], "peran": told["peran"]}, 0


async def _ask(settings: ServerSettings, context: RunContext) -> tuple[float, Document | NotModified | Stop | None] | Stop:
    """Seconds that our clock is ahead of the server's and what it says of the token; or why it was not reached.

    The token goes only to what has answered as our server does.
    """
    from pmm_tui.sync.http.client import Client  # lazy: httpx only when there is a server to ask
    from pmm_tui.sync.server_status import read_status

    async with Client(settings) as client:
        answer = await read_status(client, context.now)
        if isinstance(answer, Stop):
            return answer
        return answer[1], await client.sekolah() if settings.token else None
