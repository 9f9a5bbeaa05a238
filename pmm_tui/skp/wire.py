"""The one definition of what travels between client and server (docs/protocol.md).

Invariant: an envelope is frozen as bytes when it is sealed; its digest is of exactly those bytes, without the newline.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.model import Pegawai, RencanaKinerja

WIRE_VERSION = 1
MAX_ENVELOPE_BYTES = 64 * 1024
MAX_REVISION = 1_000_000
IDENTITY = ("id", "nip", "nuptk")
"""The members that can identify a teacher in an envelope."""
NDJSON = "application/x-ndjson"
BASE_DIGITS = 8
"""How many digits of the base's digest an envelope names."""

State = Literal["tersimpan", "sudah-ada", "bentrok", "ditolak", "galat"]
Revision = Annotated[int, Meta(ge=1, le=MAX_REVISION)]
StatusServer = Literal["diajukan", "disetujui", "dikembalikan"]
Keputusan = Literal["setujui", "kembalikan", "buka"]


class EnvelopePegawai(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The teacher in an envelope: at least one of `id` (the server's), `nip`, `nuptk`; and the data diri as confirmed."""

    id: str = ""
    nip: str = ""
    nuptk: str = ""
    nama: str = ""
    status_kepegawaian: str = ""
    jenis_ptk: str = ""
    golongan: str = ""
    jenjang_jabatan: str = ""

    def identity(self) -> dict[str, str]:
        """The identifying members alone, as a result echoes them."""
        return {name: value for name in IDENTITY if (value := getattr(self, name))}


class Envelope(Struct, frozen=True, kw_only=True):
    """A plan on its way, of the school `npsn`, where the client knows its number.

    `dasar` is the last revision of the plan whose content the client's operator saw or wrote, 0 for none; `sidik_dasar` the first
    digits of its digest, as after a restored backup another content may bear the same number.
    """

    pegawai: EnvelopePegawai
    npsn: Annotated[str, Meta(max_length=8)] | UnsetType = UNSET
    periode: Annotated[str, Meta(min_length=1, max_length=40)]
    revisi: Revision
    dasar: Annotated[int, Meta(ge=0, le=MAX_REVISION)]
    sidik_dasar: Annotated[str, Meta(pattern="^[0-9a-f]{8}$")] | UnsetType = UNSET
    rencana: RencanaKinerja


class WireMasalah(Struct, frozen=True, omit_defaults=True):
    """One reason of a refusal: where in the plan (JSON pointer), a stable code, a sentence."""

    pointer: str = ""
    kode: str = ""
    pesan: str = ""


class Held(Struct, frozen=True, omit_defaults=True):
    """What the server holds of a plan in conflict; after a decision on it also how it stands and the id of that decision."""

    revisi: int
    sha256: str
    status: str = ""
    keputusan: str = ""


class EnvelopeResult(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The server's result for one envelope; `pegawai` echoes the identifying members that the envelope had."""

    pegawai: Any = None
    periode: str
    revisi: int
    sha256: str
    keadaan: State
    tanda_terima: str = ""
    waktu: str = ""
    status: str = ""
    masalah: tuple[WireMasalah, ...] = ()
    dipegang: Held | None = None


class Change(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A change that the server tells: `pegawai` is its opaque id, `keputusan` the id of the decision that stands on the revision.

    `ekspektasi` are the head's expectation texts by perilaku.
    """

    pegawai: str
    periode: str
    revisi: int
    sha256: str
    status: str
    catatan: str = ""
    waktu: str = ""
    oleh: str = ""
    keputusan: str = ""
    ekspektasi: dict[str, str] = {}


class ChangePage(Struct, frozen=True):
    """Changes since a cursor, and the cursor to ask with next."""

    cursor: str
    perubahan: tuple[Change, ...]


def envelope_of(
    pegawai: Pegawai, periode: str, revision: int, base: int, rencana: RencanaKinerja, *, npsn: str = "", base_sha256: str = ""
) -> Envelope:
    """Build the envelope of a plan; the data diri are the plan's where it has its own. `base_sha256` is the base's digest."""
    return Envelope(
        npsn=npsn or UNSET,
        sidik_dasar=base_sha256[:BASE_DIGITS] or UNSET,
        pegawai=EnvelopePegawai(
            id=pegawai.id_server,
            nip=pegawai.nip,
            nuptk=pegawai.nuptk,
            nama=pegawai.nama,
            status_kepegawaian=pegawai.status_kepegawaian,
            jenis_ptk=pegawai.jenis_ptk,
            golongan=rencana.data_diri.golongan or pegawai.golongan,
            jenjang_jabatan=rencana.data_diri.jenjang_jabatan or pegawai.jenjang_jabatan,
        ),
        periode=periode,
        revisi=revision,
        dasar=base,
        rencana=rencana,
    )


def seal(envelope: Envelope) -> bytes:
    """Return the one line of UTF-8 JSON that travels, without its newline; the same envelope gives the same bytes."""
    return msgspec.json.encode(envelope, order="deterministic")


def digest(line: bytes) -> str:
    """SHA-256 of a line without its newline, in lower-case hex."""
    import hashlib  # lazy: it loads OpenSSL, which the start of the screen can do without

    return hashlib.sha256(line).hexdigest()


def open_envelope(line: bytes) -> Envelope:
    """Read an envelope; raises ShapeError, also when no member identifies the teacher or the line is too long."""
    if len(line) > MAX_ENVELOPE_BYTES:
        raise ShapeError(f"Amplop lebih besar dari {MAX_ENVELOPE_BYTES // 1024} kB.")
    envelope = decode_json(line, Envelope, "Amplop")
    if not envelope.pegawai.identity():
        raise ShapeError("Amplop: pegawai: id, NIP atau NUPTK harus ada.", "pegawai")
    return envelope


def same_key(echo: Any, sent: dict[str, str]) -> bool:
    """Whether a result's `pegawai` names the teacher that we sent (`sent`: the envelope's identifying members).

    It may be an object whose identifying members all are ours and share at least one with us, or one of the values itself.
    """
    if isinstance(echo, str):
        return echo in sent.values()
    if isinstance(echo, dict):
        ours = {name: echo[name] for name in sent if echo.get(name)}
        return bool(ours) and all(sent[name] == value for name, value in ours.items())
    return False
