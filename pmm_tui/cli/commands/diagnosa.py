"""`pmm-tui diagnosa`: is everything in order; without secrets, names or numbers of teachers."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
from collections.abc import Callable
from importlib import metadata
from typing import Any

from pmm_tui import __version__
from pmm_tui.address import without_user
from pmm_tui.cli.context import Konteks
from pmm_tui.cli.output import is_terminal
from pmm_tui.cli.server_settings import exit_code, server_settings
from pmm_tui.errors import ConfigError, PmmError, StorageError
from pmm_tui.locations import with_home, without_home
from pmm_tui.private_file import reason, there
from pmm_tui.store import Store
from pmm_tui.store.check import sqlite_version
from pmm_tui.store.file import copies, recovery_log, wrecks
from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.results import Stop
from pmm_tui.text import clean

_PACKAGES = (
    "textual", "rich", "httpx", "msgspec", "python-calamine", "platformdirs", "tomli-w", "truststore", "starlette", "uvicorn",
    "sqlalchemy",
)  # fmt: skip
_CLOCK_WARNING = 120.0


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Look at everything, whatever of it fails; the exit code is that of the first thing that did."""
    found: dict[str, dict[str, Any]] = {"versi": _versions(), "tempat": _places(konteks), "terminal": _terminal(konteks)}
    codes = []
    parts: tuple[tuple[str, Callable[[Konteks], tuple[dict[str, Any], int]]], ...] = (
        ("konfigurasi", _config),
        ("basis_data", _database),
        ("cadangan", _backups),
        ("server", _server),
    )
    for name, look in parts:
        try:
            found[name], code = look(konteks)
        except PmmError as error:
            found[name], code = {"galat": error.sentence}, error.exit_code
        except OSError as error:
            found[name], code = {"galat": f"Tidak dapat diperiksa ({reason(error)})."}, StorageError.exit_code
        codes.append(code)
        found[name] = {
            key: without_home(value, konteks.env) if isinstance(value, str) else value for key, value in found[name].items()
        }
    if args.json:
        konteks.out.document(found)
    else:
        for name, values in found.items():
            konteks.out.line(name.replace("_", " "))
            for key, value in values.items():
                konteks.out.line(f"  {key.replace('_', ' ')}: {_word(value)}")
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


def _places(konteks: Konteks) -> dict[str, Any]:
    places = {
        "konfigurasi": konteks.config_file,
        "data": konteks.locations.data_folder,
        "log": konteks.locations.log_folder,
        "laporan": konteks.locations.report_folder,
    }
    return {name: with_home(path, konteks.env) for name, path in places.items()}


def _terminal(konteks: Konteks) -> dict[str, Any]:
    return {
        "TERM": clean(konteks.env.get("TERM", "")) or "-",
        "tty": is_terminal(sys.stdin) and is_terminal(sys.stdout),
        "encoding": sys.stdout.encoding or "-",
        "NO_COLOR": bool(konteks.env.get("NO_COLOR")),
        "bahasa": clean(konteks.env.get("LC_ALL") or konteks.env.get("LANG", "")) or "-",
        "pengguna_root": hasattr(os, "geteuid") and os.geteuid() == 0,
    }


def _config(konteks: Konteks) -> tuple[dict[str, Any], int]:
    config = konteks.config
    return {
        "berkas_ada": there(konteks.config_file),
        "periode": config.periode or "menurut tanggal",
        "katalog_sendiri": bool(config.katalog),
        "tema": config.tampilan.tema,
        "ascii": config.tampilan.ascii,
        "tombol_diubah": len(config.tombol),
    }, 0


def _database(konteks: Konteks) -> tuple[dict[str, Any], int]:
    path = konteks.locations.database
    if not there(path):
        return {"ada": False}, 0
    with Store.open(path) as store:
        checked = store.database.check(full=True)
        found: dict[str, Any] = {
            "ada": True,
            "baik": checked.baik,
            "diindeks_ulang": checked.diindeks_ulang,
            "halaman_rusak": len(checked.rusak),
            "amplop_rusak": len(checked.amplop_rusak),
            "berakhir_bersih": not store.database.unclean,
            "ukuran_kb": path.stat().st_size // 1024,
            "guru": len(store.roster.all()),
            "kotak_kirim": ", ".join(f"{banyak} {nama}" for nama, banyak in store.outbox.counts().items() if banyak) or "kosong",
        }
        in_force = konteks.in_force(store)
        found |= {"periode": in_force.periode, "katalog": in_force.katalog_source}
    return found, 0 if checked.baik else 4


def _backups(konteks: Konteks) -> tuple[dict[str, Any], int]:
    """How many copies there are and how old, also when the database itself can no longer be opened."""
    path = konteks.locations.database
    found = copies(path)
    hours = [max(0.0, (konteks.now().timestamp() - copy.stat().st_mtime) / 3600) for copy in found]
    ages = {"terbaru_jam": round(min(hours), 1), "tertua_jam": round(max(hours), 1)} if hours else {}
    log = recovery_log(path)
    return {
        "banyak": len(found),
        **ages,
        "catatan_pemulihan_kb": log.stat().st_size // 1024 if there(log) else 0,
        "disisihkan": len(wrecks(path)),
    }, 0


def _server(konteks: Konteks) -> tuple[dict[str, Any], int]:
    if not konteks.config.server.url:
        return {"diatur": False}, 0
    found: dict[str, Any] = {"diatur": True, "alamat": without_user(konteks.config.server.url)}
    settings = server_settings(konteks.config, konteks.config_file, token="")
    proxy = settings.proxy_url()
    found["proxy"] = without_user(proxy) if proxy else "tidak ada"
    try:
        konteks.token()
        found["token_ada"] = True
    except ConfigError as error:
        found |= {"token_ada": False, "token_sebab": error.sentence}
    answer = asyncio.run(_ask(settings, konteks))
    if isinstance(answer, Stop):
        return found | {"terjangkau": False, "sebab": answer.karena}, exit_code(answer)
    beda = round(answer)
    found |= {"terjangkau": True, "beda_jam_detik": beda}
    if abs(beda) > _CLOCK_WARNING:
        found["peringatan"] = "Jam komputer ini berbeda jauh dari server; betulkan tanggal dan jamnya."
    return found, 0


async def _ask(settings: ServerSettings, konteks: Konteks) -> float | Stop:
    """Seconds that our clock is ahead of the server's, or why it was not reached. The token stays here."""
    from pmm_tui.sync.http.client import Client  # lazy: httpx only when there is a server to ask
    from pmm_tui.sync.pull import read_status

    async with Client(settings) as client:
        answer = await read_status(client, konteks.now)
    return answer if isinstance(answer, Stop) else answer[1]
