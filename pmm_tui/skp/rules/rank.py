"""The rule that employment status and golongan belong together: the classes of PNS and of PPPK are lists of their own."""

from __future__ import annotations

from collections.abc import Iterator

from pmm_tui.skp.model import Masalah
from pmm_tui.skp.rangkuman import golongan_in_force
from pmm_tui.skp.rules.case import Case

_PPPK = "pppk"
"""How the catalogue's ids of the statuses with PPPK classes begin; those of all other ASN have the classes of PNS."""


def _golongan_of_status(k: Case) -> Iterator[Masalah]:
    status = k.katalog.find_status(k.pegawai.status_kepegawaian)
    golongan = k.katalog.find_golongan(golongan_in_force(k.rencana, k.pegawai))
    if status is None or not status.asn or golongan is None:
        return
    is_pppk = status.id.startswith(_PPPK)
    fitting = k.katalog.golongan.pppk if is_pppk else k.katalog.golongan.pns
    if fitting and golongan not in fitting:
        example = "seperti IX" if is_pppk else "seperti III/a"
        message = f"Golongan {golongan.kode} tidak cocok dengan status {status.label} (golongan {example}); periksa keduanya."
        yield Masalah("golongan-beda-status", message, "/data_diri/golongan", halang=False)


RULES = (_golongan_of_status,)
