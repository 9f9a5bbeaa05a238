"""What the commands that talk to the server share: its settings, and what its trouble means as an exit code."""

from __future__ import annotations

from pathlib import Path

from pmm_tui.cli import INTERRUPTED
from pmm_tui.config import Config, beside
from pmm_tui.errors import ConfigError, PmmError, ServerError
from pmm_tui.sync.http.line import Limits, ServerSettings
from pmm_tui.sync.results import Stop

_CONFIGURATION = ("token", "akses")


def server_settings(config: Config, config_file: Path, token: str) -> ServerSettings:
    """The server as a configuration has it; raises ConfigError when it names none, or one that cannot be used."""
    server = config.server
    if not server.url:
        raise ConfigError(f"Alamat server belum diatur; isi url pada [server] di {config_file}.")
    return ServerSettings(
        url=server.url.rstrip("/"),
        token=token,
        connect=server.waktu_sambung,
        write=server.waktu_tulis,
        read=server.waktu_baca,
        total=server.waktu_total or None,
        proxy=server.proxy,
        ca_file=beside(server.ca_file, config_file) if server.ca_file else None,
    )


def limits(config: Config) -> Limits:
    """How much goes into one batch at first."""
    send, usual = config.kirim, Limits()
    return Limits(
        envelopes=send.batas_amplop,
        bytes=send.batas_kb * 1024,
        max_envelopes=max(send.batas_amplop, usual.max_envelopes),
        max_bytes=max(send.batas_kb * 1024, usual.max_bytes),
    )


def exit_code(stop: Stop) -> int:
    """What ended a run early, as an exit code."""
    if stop.kind == "batal":
        return INTERRUPTED
    if stop.kind == "berjalan":
        return PmmError.exit_code
    return ConfigError.exit_code if stop.kind in _CONFIGURATION else ServerError.exit_code
