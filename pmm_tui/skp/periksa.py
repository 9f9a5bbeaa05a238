"""What is wrong with a plan: one short function a rule, each says its sentence. Screen, command line and server ask here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmm_tui.dates import tanggal
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.rules import content, identity
from pmm_tui.skp.rules.case import Kasus


def periksa(
    rencana: RencanaKinerja,
    pegawai: Pegawai,
    periode: str,
    katalog: Katalog,
    *,
    jenjang: str = "",
    hari_ini: date | None = None,
) -> tuple[Masalah, ...]:
    """Return everything that is wrong, in the order of the form; blocking ones have `halang`.

    `jenjang` is the kind of school (empty: unknown, then every tugas tambahan passes). `hari_ini` is the day to judge dates by;
    None leaves those rules out, as the server does. Raises ShapeError for a period that the catalogue does not have.
    """
    skema = katalog.skema_periode(periode)
    known = katalog.cari_periode(periode)
    assert known is not None  # skema_periode raised otherwise
    kasus = Kasus(rencana, pegawai, katalog, skema, known, jenjang, hari_ini)
    return tuple(masalah for rule in _ATURAN for masalah in rule(kasus))


def lengkap(masalah: tuple[Masalah, ...]) -> bool:
    """Whether nothing stops the plan from being sent."""
    return not any(m.halang for m in masalah)


# ---- the plan as a whole


def _konfirmasi(k: Kasus) -> Iterator[Masalah]:
    if not k.rencana.rangkuman.dikonfirmasi_guru:
        pesan = "Belum ditandai sudah dikonfirmasi guru."
        yield Masalah("belum-dikonfirmasi", pesan, "/rangkuman/dikonfirmasi_guru")


def _jendela(k: Kasus) -> Iterator[Masalah]:
    if k.hari_ini is None:
        return
    if k.hari_ini > k.periode.rencana_batas:
        pesan = f"Batas perencanaan {k.periode.label} sudah lewat ({tanggal(k.periode.rencana_batas)})."
        yield Masalah("lewat-batas", pesan, "", halang=False)
    elif k.hari_ini < k.periode.rencana_mulai:
        pesan = f"Perencanaan {k.periode.label} baru dibuka {tanggal(k.periode.rencana_mulai)}."
        yield Masalah("belum-buka", pesan, "", halang=False)


_ATURAN = (*identity.ATURAN, *content.ATURAN, _konfirmasi, _jendela)
