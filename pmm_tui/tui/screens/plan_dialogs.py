"""What the wizard asks and says: confirmations, the list of RHK, the sentence about the outbox."""

from __future__ import annotations

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.model import RHK, RencanaKinerja
from pmm_tui.skp.nip import grouped
from pmm_tui.skp.overview import Ikhtisar
from pmm_tui.skp.plan_state import Keadaan
from pmm_tui.skp.rangkuman import kalimat_rhk
from pmm_tui.store.outbox_entry import Kiriman
from pmm_tui.tui.panes.section import KonteksRencana
from pmm_tui.tui.screens.choose import Calon
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.widgets.look import StyleName

DIAJUKAN = "Perencanaan Kinerja sudah diajukan ke kepala sekolah"
ANTRE = "Antre, akan dikirim saat ada jaringan"


def tanya_sesuai(ringkasan: str) -> Dialog:
    """Ask before the data diri are declared right."""
    isi: list[tuple[str, StyleName]] = [
        (ringkasan, ""),
        ("Data diri yang sudah dinyatakan sesuai dipakai untuk seluruh rencana.", "dim"),
    ]
    return Dialog("Data diri sudah sesuai?", isi, [("ya", "Ya, lanjut"), ("tidak", "Periksa lagi")])


def tanya_ajukan(k: KonteksRencana) -> Dialog:
    """Ask before a plan is sealed: who, which period, to whom, through what, and what an acting head means."""
    kepala = k.sekolah.kepala_sekolah
    isi: list[tuple[str, StyleName]] = [
        (f"Guru     : {k.pegawai.nama}", ""),
        (f"NIP      : {grouped(k.pegawai.nip) or '-'}", ""),
        (f"Periode  : {k.periode.label}", ""),
        (f"Kepada   : {kepala.nama or 'kepala sekolah'}{' (Plt.)' if kepala.plt else ''}", ""),
        (f"Lewat    : {k.server or 'server belum diatur; rencana menunggu di Kotak Kirim'}", ""),
    ]
    if kepala.plt:
        isi.append(("Kepala sekolah berstatus Plt.: rencana langsung disetujui tanpa diperiksa. Pastikan sudah benar.", "warning"))
    isi += [(m.pesan, "warning") for m in k.masalah if not m.halang]
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


def kalimat_status(ringkas: Ikhtisar | None, kiriman: Kiriman | None) -> str:
    """What the Rangkuman says about sending; `DIAJUKAN` only where a checked receipt stands."""
    if ringkas is None or kiriman is None:
        return ""
    bukti = f"Tanda terima {kiriman.tanda_terima}. " if kiriman.tanda_terima else ""
    catatan = f" Catatan: {kiriman.catatan}" if kiriman.catatan else ""
    sentences = {
        Keadaan.ANTRE: f"{ANTRE}.",
        Keadaan.TERKIRIM: f"{DIAJUKAN}. {bukti}",
        Keadaan.DISETUJUI: f"{DIAJUKAN} dan disetujui. {bukti}",
        Keadaan.DIKEMBALIKAN: f"Dikembalikan kepala sekolah untuk diperbaiki.{catatan}",
        Keadaan.DIPERBAIKI: " ".join(("Server menolak:", *(m.pesan for m in kiriman.masalah))),
        Keadaan.BENTROK: "Bentrok: server memegang isi lain untuk rencana ini. Lihat Kotak Kirim.",
        Keadaan.BERUBAH: "Berubah sejak dikirim; ajukan lagi agar server menerima perubahan ini.",
    }
    return sentences.get(ringkas.keadaan, "").strip()
