"""The configuration: frozen, read with tomllib, written with tomli-w; errors name file, line, key and the nearest known key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from pmm_tui.address import address_fault, dapodik_fault, dapodik_url, proxy_fault
from pmm_tui.errors import ConfigError, ShapeError
from pmm_tui.locations import Locations, expanded
from pmm_tui.private_file import foreign_writer, read_private, there, write_private
from pmm_tui.shapes.bounded_file import read_text
from pmm_tui.shapes.toml_text import find_line, parse_toml, read_toml
from pmm_tui.skp.nip import npsn_fault, parse_nip
from pmm_tui.text import clean

MAX_BYTES = 256 * 1024
MAX_TOKEN = 512

Seconds = Annotated[float, Meta(gt=0, le=3600)]
Text = Annotated[str, Meta(max_length=300)]


class ServerConfig(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The server: where it is, how we identify, how long we wait (seconds).

    `token_file` empty means the file `token` beside the configuration; relative paths count from the configuration's folder.
    `waktu_total` 0 lets a request take longer the more it moves.
    """

    url: Text = ""
    token_file: str = ""
    waktu_sambung: Seconds = 30.0
    waktu_tulis: Seconds = 60.0
    waktu_baca: Seconds = 90.0
    waktu_total: Annotated[float, Meta(ge=0, le=3600)] = 0.0
    proxy: Text = ""
    ca_file: str = ""


class SendConfig(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How much goes into one batch at first."""

    batas_amplop: Annotated[int, Meta(ge=1, le=500)] = 40
    batas_kb: Annotated[int, Meta(ge=1, le=1024)] = 16


class KepalaConfig(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The head, who rates the plans."""

    nama: Text = ""
    nip: str = ""
    pangkat: Text = ""
    plt: bool = False


class AtasanConfig(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who rates the head's own plan, mostly the kepala dinas."""

    nama: Text = ""
    nip: str = ""
    pangkat: Text = ""
    jabatan: Text = ""
    unit_kerja: Text = ""


class DapodikConfig(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Dapodik's web service; `url` empty means this computer, `token_file` empty `token-dapodik` beside the configuration."""

    url: Text = ""
    token_file: str = ""


class SekolahConfig(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The school; what is filled in here counts before what the server says."""

    npsn: str = ""
    nama: Text = ""
    jenjang: Text = ""
    kepala_sekolah: KepalaConfig = KepalaConfig()
    atasan: AtasanConfig = AtasanConfig()


class LookConfig(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The look of the screen; `hemat` is the older word for the tier of that name."""

    tingkat: Literal["otomatis", "penuh", "hemat"] = "otomatis"
    tema: Literal["gelap", "terang", "ansi", "otomatis"] = "gelap"
    tanda: Literal["otomatis", "centang", "akar"] = "otomatis"
    warna: bool = True
    ascii: bool = False
    hemat: bool = False
    selisih: bool = True
    mouse: bool = False
    pratinjau: bool = True


class Config(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that can be set; the defaults are those of `config.example.toml`."""

    periode: Text = ""
    katalog: str = ""
    server: ServerConfig = ServerConfig()
    kirim: SendConfig = SendConfig()
    sekolah: SekolahConfig = SekolahConfig()
    dapodik: DapodikConfig = DapodikConfig()
    tampilan: LookConfig = LookConfig()
    tombol: dict[str, str] = {}


def config_path(option: str | None, env: Mapping[str, str], locations: Locations) -> tuple[Path, bool]:
    """Where the configuration is, and whether somebody named it: then it has to exist."""
    named = option or env.get("PMM_TUI_CONFIG", "").strip()
    return (expanded(named), True) if named else (locations.config_file, False)


def read_config(path: Path) -> Config:
    """Read and check a configuration file; raises ConfigError."""
    if fault := foreign_writer(path):
        raise ConfigError(f"Konfigurasi tidak dipakai. {fault}")
    text = read_text(
        path,
        MAX_BYTES,
        ConfigError,
        unreadable=lambda why: (
            f"{path}: konfigurasi tidak dapat dibaca ({why}); periksa berkas itu, atau tunjuk yang lain dengan --config."
        ),
        too_large=f"{path}: lebih besar dari {MAX_BYTES // 1024} kB, jadi bukan konfigurasi pmm-tui;"
        " tunjuk yang benar dengan --config.",
        not_utf8=lambda line: f"{path}: baris {line} bukan teks UTF-8; simpan ulang berkas itu sebagai UTF-8.",
    )
    return parse_config(text, str(path))


def parse_config(text: str, source: str) -> Config:
    """Build a configuration from TOML text; `source` names it. Raises ConfigError with line and key."""
    try:
        config = read_toml(text, Config, source)
    except ShapeError as error:
        sentence = error.sentence
        if error.place.startswith("tombol{"):
            wrong = _wrong_key(text)
            line = find_line(text, wrong)
            sentence = sentence.replace(error.place, f"{f'baris {line}: ' if line else ''}{wrong}")
        raise ConfigError(sentence) from None
    if fault := _fault(config):
        key, sentence = fault
        line = find_line(text, key)
        raise ConfigError(f"{source}: {f'baris {line}: ' if line else ''}{key}: {sentence}")
    return config


def _wrong_key(text: str) -> str:
    table = parse_toml(text, "").get("tombol", {})
    return next((f"tombol.{clean(key, limit=40)}" for key, value in table.items() if not isinstance(value, str)), "tombol")


def _fault(config: Config) -> tuple[str, str] | None:
    """The first value that has the right type and yet cannot be: its key and a sentence."""
    kepala, atasan = config.sekolah.kepala_sekolah, config.sekolah.atasan
    checks = (
        ("server.url", config.server.url and address_fault(config.server.url)),
        ("server.proxy", config.server.proxy and proxy_fault(config.server.proxy)),
        ("dapodik.url", config.dapodik.url and dapodik_fault(dapodik_url(config.dapodik.url))),
        ("sekolah.npsn", f"{fault}." if config.sekolah.npsn and (fault := npsn_fault(config.sekolah.npsn)) else ""),
        ("sekolah.kepala_sekolah.nip", "" if not kepala.nip or parse_nip(kepala.nip) else "harus 18 angka tanpa spasi."),
        ("sekolah.atasan.nip", "" if not atasan.nip or parse_nip(atasan.nip) else "harus 18 angka tanpa spasi."),
    )
    return next(((key, sentence) for key, sentence in checks if sentence), None)


def with_environment(config: Config, env: Mapping[str, str]) -> Config:
    """Put `PMM_TUI_SERVER` over the configuration's server; raises ConfigError."""
    url = env.get("PMM_TUI_SERVER", "").strip()
    if not url:
        return config
    if fault := address_fault(url):
        raise ConfigError(f"PMM_TUI_SERVER: {fault}")
    return msgspec.structs.replace(config, server=msgspec.structs.replace(config.server, url=url))


def write_config(path: Path, config: Config) -> None:
    """Write what differs from the defaults, whole or not at all, readable by its owner only.

    Raises ConfigError with its key for a value that reading would refuse, and StorageError.
    """
    if fault := _fault(config):
        raise ConfigError(f"{fault[0]}: {fault[1]}", fault[0])
    import tomli_w  # lazy: only the wizard and the settings write

    head = "# Konfigurasi pmm-tui. Semua kunci dan nilai bawaannya ada di config.example.toml.\n\n"
    write_private(path, (head + tomli_w.dumps(_pruned(msgspec.to_builtins(config)))).encode())


def _pruned(table: dict[str, Any]) -> dict[str, Any]:
    kept = {key: _pruned(value) if isinstance(value, dict) else value for key, value in table.items()}
    return {key: value for key, value in kept.items() if value != {}}


def beside(named: str, path: Path) -> Path:
    """The file that the configuration at `path` names: `~` is the home folder, other relative paths count from its folder."""
    return expanded(named) if named.startswith("~") else path.parent / named


def token_path(config: Config, path: Path) -> Path:
    """The file that holds the token."""
    return beside(config.server.token_file or "token", path)


def read_token(config: Config, path: Path, env: Mapping[str, str]) -> str:
    """The server token, from `PMM_TUI_TOKEN` or from its file, which only its owner may read; raises ConfigError.

    It never comes from the command line, where every user of the machine could see it.
    """
    if given := env.get("PMM_TUI_TOKEN", "").strip():
        return _checked_token(given, "PMM_TUI_TOKEN")
    file = token_path(config, path)
    if not (config.server.token_file or there(file)):
        raise ConfigError(f"Token server belum ada; simpan di {file} (hanya dapat dibaca Anda) atau isi PMM_TUI_TOKEN.")
    content = read_private(file, MAX_TOKEN + 2)
    return _checked_token(content.decode("utf-8-sig", "replace").strip(), str(file))


def write_token(config: Config, path: Path, token: str) -> Path:
    """Write the token into its file, readable by its owner only, and return where; raises ConfigError, StorageError."""
    file = token_path(config, path)
    write_private(file, _checked_token(token.strip(), "Token").encode() + b"\n")
    return file


def _checked_token(token: str, source: str) -> str:
    """The token itself; the sentences never repeat any of it."""
    if not token:
        raise ConfigError(f"{source}: kosong; isi token yang diberikan pengelola server.")
    if len(token) > MAX_TOKEN:
        raise ConfigError(f"{source}: lebih panjang dari {MAX_TOKEN} huruf, jadi bukan token; salin ulang tokennya.")
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise ConfigError(f"{source}: harus satu baris huruf, angka dan tanda biasa tanpa spasi; salin ulang tokennya.")
    return clean(token, limit=MAX_TOKEN)
