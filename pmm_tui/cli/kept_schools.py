"""The schools that this computer keeps apart: which there are, and which one a command means."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.parser_schools import must_name
from pmm_tui.errors import ConfigError, UsageError
from pmm_tui.locations import Locations, with_home
from pmm_tui.private_file import read_regular, reason, there, write_private
from pmm_tui.skp.nip import npsn_fault
from pmm_tui.store import Store
from pmm_tui.sync.known_school import owner_of
from pmm_tui.text import clean, shorten

_MOST_BYTES = 64 * 1024
_MEMBERS = {"first": "pertama", "last": "terakhir", "names": "nama"}
TICKS = "centang"
"""What a command does that else only reads."""


class Noted(Struct, frozen=True, omit_defaults=True, rename=_MEMBERS):
    """What is kept beside the schools' folders: the first school's number, the one last on the screen, names that were given."""

    first: str = ""
    last: str = ""
    names: dict[str, str] = {}


def _note_file(places: Locations) -> Path:
    return places.schools_folder / "daftar.json"


def read_notes(places: Locations) -> Noted:
    """What is kept; nothing where there never was more than one school. Raises ConfigError."""
    file = _note_file(places)
    if not there(file):
        return Noted()
    try:
        return msgspec.json.decode(read_regular(file, _MOST_BYTES), type=Noted)
    except OSError as error:
        raise ConfigError(f"{file}: tidak dapat dibaca ({reason(error)}); periksa izin berkas itu.") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ConfigError(
            f"{file}: bukan daftar sekolah yang utuh; pindahkan berkas itu, lalu jalankan: pmm-tui sekolah daftar."
        ) from None


def write_notes(places: Locations, noted: Noted) -> None:
    """Keep that; raises StorageError."""
    write_private(_note_file(places), msgspec.json.format(msgspec.json.encode(noted), indent=2) + b"\n")


def others(places: Locations) -> tuple[str, ...]:
    """The NPSN of each school after the first, in order."""
    try:
        return tuple(sorted(one.name for one in places.schools_folder.iterdir() if one.is_dir() and not npsn_fault(one.name)))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ConfigError(f"{places.schools_folder}: tidak dapat dibaca ({reason(error)}); periksa izin folder itu.") from None


def folders(context: RunContext) -> dict[str, Path]:
    """Where the records of each school are, by its NPSN, the first school first."""
    home = context.locations.first or context.locations
    first = first_number(context, read_notes(home), others(home))
    return {first: home.data_folder, **{npsn: home.for_school(npsn).data_folder for npsn in others(home)}}


def school_folders(context: RunContext) -> tuple[dict[str, str], int]:
    """Which school a command is about and where each one has its records, without the user's name; and the exit code of that."""
    told = {npsn: with_home(folder, context.env) for npsn, folder in folders(context).items()}
    return {"diperiksa": context.school, **told}, 0


def checked_npsn(text: str, named_by: str = "NPSN") -> str:
    """An NPSN that somebody typed; raises UsageError with what it has to be."""
    npsn = text.strip().upper()
    if fault := npsn_fault(npsn):
        raise UsageError(f"{named_by}: {shorten(clean(text), 30) or 'kosong'}: NPSN {fault}.")
    return npsn


# ---- which one is meant


def choose(context: RunContext, named: str, module: str, action: str) -> RunContext:
    """The surroundings of the school that a command means, which is `named` or the first. Raises UsageError, ConfigError.

    Where there are several, a command that changes anything has to name one. The screen goes on at the one that was on it last.
    """
    places = context.locations
    noted, more = read_notes(places), others(places)
    if named and module != "sekolah":
        return _named(context, checked_npsn(named, "--sekolah"), noted, more)
    if not more:
        fresh = noted.first and not there(context.config_file)  # the number was given before anything else
        return (
            context.for_school(noted.first, first=True, name=noted.names.get(noted.first, ""), several=False) if fresh else context
        )
    first = noted.first or first_npsn(context)
    here = context.for_school(first, first=True, name=noted.names.get(first, "")) if first else context
    if module in ("sekolah", "latihan"):
        return here
    if module == "layar":
        went_on = noted.last in more and here.config_is_usual
        return go_to(context, noted.last) if went_on else here
    if action == TICKS or must_name(module, action):
        raise UsageError(
            f"Di komputer ini ada beberapa sekolah; sebutkan yang dimaksud dengan --sekolah NPSN."
            f" {known_sentence(first, more, noted)}"
        )
    which = titled(first, noted.names.get(first, ""))
    context.out.say(f"Sekolah: {which}, yang pertama di komputer ini; yang lain dengan --sekolah NPSN.")
    return here


def _named(context: RunContext, npsn: str, noted: Noted, more: tuple[str, ...], *, anew: bool = False) -> RunContext:
    first = first_number(context, noted, more)
    if npsn == first or npsn in more:
        name, several = noted.names.get(npsn, ""), bool(more)
        return context.for_school(npsn, first=npsn == first, anew=anew, name=name, several=several)
    raise UsageError(
        f"Sekolah NPSN {npsn} belum ada di komputer ini. {known_sentence(first, more, noted)}"
        f" Bila nomornya benar, buat dulu: pmm-tui sekolah tambah {npsn}."
    )


def go_to(context: RunContext, npsn: str) -> RunContext:
    """The surroundings of another school of this computer, without what was named for the one that is left.

    Raises UsageError, ConfigError.
    """
    places = context.locations
    return _named(context, npsn, read_notes(places), others(places), anew=True)


def titled(npsn: str, name: str) -> str:
    """A school as sentences name it."""
    return f"{name} (NPSN {npsn})" if name else f"NPSN {npsn}" if npsn else "NPSN-nya belum diketahui"


def known_sentence(first: str, more: tuple[str, ...], noted: Noted) -> str:
    """The sentence that tells which schools there are."""
    every = [titled(npsn, noted.names.get(npsn, "")) for npsn in ((first,) if first else ()) + more]
    return f"Yang ada: {', '.join(every)}." if every else "Sekolah di komputer ini belum punya NPSN (isi di F7 Pengaturan)."


def first_number(context: RunContext, noted: Noted, more: tuple[str, ...], store: Store | None = None) -> str:
    """The first school's number: as noted once there are several, before that as it says itself; empty when unknown."""
    return noted.first if noted.first and more else first_npsn(context, store) or noted.first


def first_npsn(context: RunContext, store: Store | None = None) -> str:
    """The first school's number by its configuration and records, where none was noted; empty when unknown. Raises ConfigError."""
    first = context.first_school()
    told = first.config.sekolah.npsn.upper()
    if store is not None:
        owner = owner_of(store)
    elif there(first.locations.database):
        with first.open_store(guard=False, beside=True) as opened:
            owner = owner_of(opened)
    else:
        owner = ""
    if told and owner and told != owner:
        raise ConfigError(
            f"{first.config_file}: sekolah.npsn: {told}, padahal data di {first.locations.data_folder} milik NPSN {owner};"
            " betulkan salah satunya."
        )
    return told or owner
