"""Help for messages of e-Kinerja: the program's own list, and what the school's file beside the configuration adds."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from pmm_tui.errors import ConfigError, ShapeError
from pmm_tui.private_file import there
from pmm_tui.shapes.bounded_file import read_text
from pmm_tui.skp.sync_messages import SyncMessage, SyncMessages, bundled_messages, find_messages, read_messages, with_own

_MAX = 512 * 1024
NOT_LISTED = (
    "Pesan ini belum ada di daftar. Catat pesan lengkapnya, lalu tanyakan kepada admin instansi (lihat kinerja.bkn.go.id/profil, "
    "baris INSTANSI) atau Pusat Informasi Ruang GTK."
)
"""The honest answer where nothing fits."""


class SyncHelp(Struct, frozen=True, kw_only=True):
    """What was asked, what was found, and the titles and addresses of the sources by their ids."""

    query: str
    found: tuple[SyncMessage, ...]
    sources: dict[str, tuple[str, str]]

    def sources_of(self, message: SyncMessage) -> tuple[tuple[str, str], ...]:
        """Where a message was found: titles with their addresses, which may be empty."""
        named = (message.sumber,) if isinstance(message.sumber, str) else message.sumber
        return tuple(self.sources.get(name, (name, "")) for name in named if name)


def help_for(query: str, own_file: Path) -> SyncHelp:
    """Look a message up; an empty query gives the whole list. Raises ConfigError for a file of one's own that cannot be used."""
    messages = all_messages(own_file)
    found = find_messages(messages.pesan, query) if query.strip() else messages.pesan
    titles = {source.id: (source.judul, source.alamat) for source in messages.rujukan}
    return SyncHelp(query=query, found=found, sources=titles)


def message_named(message_id: str, own_file: Path) -> SyncMessage | None:
    """The message with that id; the program's own where the file cannot be used, None for none."""
    try:
        messages = all_messages(own_file)
    except ConfigError:
        messages = bundled_messages()
    return next((one for one in messages.pesan if one.id == message_id), None)


def all_messages(own_file: Path) -> SyncMessages:
    """The program's list with the file's; raises ConfigError."""
    if not there(own_file):
        return bundled_messages()
    text = read_text(
        own_file,
        _MAX,
        ConfigError,
        unreadable=lambda why: f"{own_file}: daftar pesan tidak dapat dibaca ({why}); periksa berkas itu, atau pindahkan.",
        too_large=f"{own_file}: lebih besar dari {_MAX // 1024} kB; pangkas, atau pindahkan berkas itu.",
        not_utf8=lambda line: f"{own_file}: baris {line} bukan teks UTF-8; simpan ulang berkas itu sebagai UTF-8.",
    )
    try:
        return with_own(bundled_messages(), read_messages(text, str(own_file)))
    except ShapeError as error:
        raise ConfigError(error.sentence) from None
