"""What is wrong with a plan: one short function a rule, each says its sentence. Screen, command line and server ask here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmm_tui.dates import long_date
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.rules import confirmation, content, identity, rank
from pmm_tui.skp.rules.case import Case


def periksa(
    rencana: RencanaKinerja,
    pegawai: Pegawai,
    periode: str,
    katalog: Katalog,
    *,
    jenjang: str = "",
    today: date | None = None,
    atasan: str | None = None,
) -> tuple[Masalah, ...]:
    """Return everything that is wrong, in the order of the form; blocking ones have `halang`.

    `jenjang` is the kind of school (empty: unknown, then every tugas tambahan passes). `today` is the day to judge dates by,
    `atasan` the name of who rates the kepala sekolah; None leaves those rules out, as the server does. Raises ShapeError for a
    period that the catalogue does not have.
    """
    case = _case(rencana, pegawai, periode, katalog, jenjang, today, atasan)
    return tuple(masalah for rule in _RULES for masalah in rule(case))


def periksa_data_diri(
    pegawai: Pegawai,
    periode: str,
    katalog: Katalog,
    *,
    jenjang: str = "",
    today: date | None = None,
    atasan: str | None = None,
) -> tuple[Masalah, ...]:
    """Return what is wrong with the data of a teacher whose plan was never begun: that part of `periksa`, for a fifth of it."""
    case = _case(RencanaKinerja(), pegawai, periode, katalog, jenjang, today, atasan)
    found = (masalah for rule in _DATA_DIRI for masalah in rule(case))
    return tuple(m for m in found if m.section == "data_diri" and m.kode != "belum-sesuai")


def _case(
    rencana: RencanaKinerja,
    pegawai: Pegawai,
    periode: str,
    katalog: Katalog,
    jenjang: str,
    today: date | None,
    atasan: str | None,
) -> Case:
    skema, katalog = katalog.skema_periode(periode), katalog.for_periode(periode).for_jenis_ptk(pegawai.jenis_ptk)
    known = katalog.find_periode(periode)
    assert known is not None  # skema_periode raised otherwise
    return Case(rencana, pegawai, katalog, skema, known, jenjang, today, atasan)


def is_complete(masalah: tuple[Masalah, ...]) -> bool:
    """Whether nothing stops the plan from being sent."""
    return not any(m.halang for m in masalah)


# ---- the plan as a whole


def _window(k: Case) -> Iterator[Masalah]:
    if k.today is None:
        return
    if k.today > k.periode.rencana_batas:
        message = f"Batas perencanaan {k.periode.label} sudah lewat ({long_date(k.periode.rencana_batas)})."
        yield Masalah("lewat-batas", message, "", halang=False)
    elif k.today < k.periode.rencana_mulai:
        message = f"Perencanaan {k.periode.label} baru dibuka {long_date(k.periode.rencana_mulai)}."
        yield Masalah("belum-buka", message, "", halang=False)


_DATA_DIRI = (*rank.RULES, *identity.RULES)
_RULES = (*_DATA_DIRI, *content.RULES, *confirmation.RULES, _window)
