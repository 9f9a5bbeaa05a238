"""Where Dapodik's web service is, its token, and the head that it names: what of it stands in the configuration or beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from pmm_tui.address import dapodik_url
from pmm_tui.cli.context import RunContext
from pmm_tui.config import KepalaConfig, beside
from pmm_tui.errors import ConfigError
from pmm_tui.private_file import read_private, there, write_private

if TYPE_CHECKING:
    from pmm_tui.roster.dapodik_web import WebHead
    from pmm_tui.services.in_force import InForce
    from pmm_tui.sync.http.dapodik_line import DapodikSettings

VARIABLE = "PMM_TUI_DAPODIK_TOKEN"
_MAX = 512


def token_file(context: RunContext) -> Path:
    """The file that holds the token of the web service."""
    return beside(context.config.dapodik.token_file or "token-dapodik", context.config_file)


def has_token(context: RunContext) -> bool:
    """Whether a token is there, in the environment or in its file."""
    return bool(context.env.get(VARIABLE, "").strip()) or there(token_file(context))


def read_token(context: RunContext) -> str:
    """The token, from the environment or from its file, which only its owner may read; raises ConfigError (key `token`).

    It never comes from the command line, where every user of the machine could see it.
    """
    from pmm_tui.sync.http.dapodik_line import NEXT_STEP  # lazy, with the network

    if given := context.env.get(VARIABLE, "").strip():
        return given
    file = token_file(context)
    if not (context.config.dapodik.token_file or there(file)):
        kept = f"simpan di {file} (hanya dapat dibaca Anda) atau isi {VARIABLE}"
        raise ConfigError(f"Token Dapodik belum ada: {NEXT_STEP}; {kept}.", "token")
    return read_private(file, _MAX + 2).decode("utf-8-sig", "replace").strip()


def write_token(context: RunContext, token: str) -> Path:
    """Write the token into its file, readable by its owner only, and return where; raises StorageError."""
    file = token_file(context)
    write_private(file, token.strip().encode() + b"\n")
    return file


def dapodik_settings(context: RunContext, in_force: InForce, *, url: str = "", npsn: str = "", token: str = "") -> DapodikSettings:
    """What asks Dapodik for the school in force; what is empty comes from the configuration. Raises ConfigError.

    An NPSN that is not the school's in force is refused: teachers of another school have no place among these.
    """
    from pmm_tui.sync.http.dapodik_line import DapodikSettings  # lazy, with the network

    here, asked = in_force.sekolah.npsn, npsn.strip().upper()
    if here and asked and asked != here:
        raise ConfigError(f"NPSN {asked} bukan sekolah yang sedang dikerjakan (NPSN {here}); periksa NPSN-nya.", "npsn")
    if not (here or asked):
        raise ConfigError("NPSN sekolah belum diketahui; isi di Pengaturan (F7), atau sebutkan dengan --npsn.", "npsn")
    url = dapodik_url(url or context.config.dapodik.url)
    return DapodikSettings(url=url, token=token.strip() or read_token(context), npsn=asked or here)


def keep_head(context: RunContext, head: WebHead) -> None:
    """Put the head that Dapodik names into the settings; raises ConfigError, StorageError."""
    config = context.file_config()
    kepala = KepalaConfig(nama=head.name, nip=head.nip, plt=head.acting)
    context.save_config(structs.replace(config, sekolah=structs.replace(config.sekolah, kepala_sekolah=kepala)))
