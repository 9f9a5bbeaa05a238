"""What the wizard asks: confirmations, the list of RHK."""

from __future__ import annotations

from pmm_tui.services.plan_session import PlanView
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.model import RHK, RencanaKinerja
from pmm_tui.skp.nip import grouped
from pmm_tui.skp.rangkuman import kalimat_rhk
from pmm_tui.tui.screens.choose import Calon
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.widgets.rows import NamaGaya


def tanya_sesuai(ringkasan: str) -> Dialog:
    """Ask before the data diri are declared right."""
    isi: list[tuple[str, NamaGaya]] = [
        (ringkasan, ""),
        ("Data diri yang sudah dinyatakan sesuai dipakai untuk seluruh rencana.", "redup"),
    ]
    return Dialog("Data diri sudah sesuai?", isi, [("ya", "Ya, lanjut"), ("tidak", "Periksa lagi")])


def tanya_ajukan(k: PlanView) -> Dialog:
    """Ask before a plan is sealed: who, which period, to whom, through what, and what an acting head means."""
    kepala = k.sekolah.kepala_sekolah
    isi: list[tuple[str, NamaGaya]] = [
        (f"Guru     : {k.pegawai.nama}", ""),
        (f"NIP      : {grouped(k.pegawai.nip) or '-'}", ""),
        (f"Periode  : {k.periode.label}", ""),
        (f"Kepada   : {kepala.nama or 'kepala sekolah'}{' (Plt.)' if kepala.plt else ''}", ""),
        (f"Lewat    : {k.server or 'server belum diatur; rencana menunggu di Kotak Kirim'}", ""),
    ]
    if kepala.plt:
        isi.append(("Kepala sekolah berstatus Plt.: rencana langsung disetujui tanpa diperiksa. Pastikan sudah benar.", "awas"))
    isi += [(m.pesan, "awas") for m in k.masalah if not m.halang]
    return Dialog("Ajukan Perencanaan Kinerja?", isi, [("ya", "Ya, ajukan"), ("tidak", "Batal")])


def calon_rhk(rencana: RencanaKinerja, katalog: Katalog, skema: Skema) -> list[Calon]:
    """The RHK on offer; those already in the plan come last and say so."""
    ada = {rhk.kompetensi for rhk in rencana.pengembangan_kompetensi.rhk}
    calon = []
    for k in katalog.kompetensi:
        if k.aktif:
            catatan = k.catatan if skema.poin_dipakai or "poin" not in k.catatan else ""
            arti = " · ".join(t for t in (catatan, f"bukti: {k.bukti}" if k.bukti else "") if t)
            calon.append(
                Calon(
                    id=k.id,
                    label=k.peran,
                    kanan=f"{k.poin} poin" if skema.poin_dipakai else "",
                    catatan=arti,
                    tolak=f"RHK ini sudah ada: {kalimat_rhk(RHK(kompetensi=k.id), katalog)[:60]}…" if k.id in ada else "",
                )
            )
    return sorted(calon, key=lambda c: bool(c.tolak))
