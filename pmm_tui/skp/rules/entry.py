"""What only the check before entry asks of a teacher's data: nothing here stops a plan, and no server judges by it."""

from __future__ import annotations

from collections.abc import Iterator

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import StatusKepegawaian
from pmm_tui.skp.model import Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.nip import parse_nip
from pmm_tui.skp.rangkuman import golongan_in_force, jenjang_in_force
from pmm_tui.text import quoted

_POSTS_1993 = frozenset((
    "guru pratama", "guru pratama tingkat i", "guru muda tingkat i", "guru madya tingkat i", "guru dewasa",
    "guru dewasa tingkat i", "guru pembina", "guru pembina tingkat i", "guru utama muda", "guru utama madya",
))  # fmt: skip
"""Posts of Kepmenpan 84/1993 that no later rule has; Guru Muda, Madya and Utama came again in 16/2009 (facts 2.4)."""


def asn_kind(status: StatusKepegawaian) -> str:
    """`PNS` or `PPPK` for civil servants, by the id; empty for the rest."""
    if not status.asn:
        return ""
    return "PPPK" if "pppk" in status.id else "PNS"


def status_against_nip(status: StatusKepegawaian, nip: str) -> str:
    """Where an employment status and the shape of a NIP disagree, as a sentence."""
    parts, kind = parse_nip(nip), asn_kind(status)
    if parts is None:
        return f"NIP kosong padahal status {status.label}; periksa di Dapodik." if kind else ""
    if not kind:
        return f"Ada NIP padahal status {status.label}; periksa statusnya di Dapodik."
    if kind == "PNS" and parts.pppk:
        return f"NIP berpola PPPK (angka ke-13 dan 14: {parts.month}), padahal status {status.label}; periksa di Dapodik."
    if kind == "PPPK" and not parts.pppk:
        return f"NIP berpola PNS (angka ke-13 dan 14: {parts.month:02}), padahal status {status.label}; periksa di Dapodik."
    return ""


def old_post(name: str, katalog: Katalog) -> str:
    """The rule of before whose name a post has (`84/1993`, `16/2009`); empty for one that is in force or none."""
    said = " ".join(name.casefold().replace("tk.", "tingkat ").replace("tk ", "tingkat ").split())
    if said in _POSTS_1993:
        return "84/1993"
    return "16/2009" if any(said == alias.casefold() for level in katalog.jenjang_jabatan for alias in level.alias) else ""


def before_entry(pegawai: Pegawai, rencana: RencanaKinerja, katalog: Katalog) -> Iterator[Masalah]:
    """What is missing or does not agree; all of it warnings. `katalog` is that of the period."""
    if not pegawai.jk:
        yield _warning("jk-kosong", "Jenis kelamin belum ada.", "jk")
    if not pegawai.tanggal_lahir:
        yield _warning("lahir-kosong", "Tanggal lahir belum ada.", "tanggal_lahir")
    status = katalog.find_status(pegawai.status_kepegawaian)
    if status and parse_nip(pegawai.nip) and (message := status_against_nip(status, pegawai.nip)):
        yield _warning("nip-beda-status", message, "status_kepegawaian")
    if not pegawai.nuptk and pegawai.nip:
        yield _warning("nuptk-kosong", "NUPTK belum ada.", "nuptk")
    yield from _post(pegawai, rencana, katalog)


def _post(pegawai: Pegawai, rencana: RencanaKinerja, katalog: Katalog) -> Iterator[Masalah]:
    said, suggested = jenjang_in_force(rencana, pegawai, katalog)
    level = katalog.find_jenjang(said)
    if level is None:
        if rule := old_post(said, katalog):
            message = f"Jabatan {quoted(said)} memakai nama lama ({rule}); sinkron dapat gagal karenanya."
            yield _warning("jabatan-lama", message, "jenjang_jabatan")
        return
    golongan = katalog.find_golongan(golongan_in_force(rencana, pegawai))
    expected = katalog.find_jenjang(golongan.jenjang) if golongan else None
    if golongan and expected and not suggested and expected.id != level.id:
        message = f"Golongan {golongan.kode} lazimnya {expected.label}, tertulis {level.label}; periksa keduanya."
        yield _warning("golongan-beda-jenjang", message, "jenjang_jabatan")


def _warning(kode: str, pesan: str, field: str) -> Masalah:
    return Masalah(kode, pesan, f"/data_diri/{field}", halang=False)
