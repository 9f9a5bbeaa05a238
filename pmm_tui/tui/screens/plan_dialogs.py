"""What the plan's screen asks: confirmations, which RHK to add, whether to save to a file of its own."""

from __future__ import annotations

from pmm_tui.errors import PmmError
from pmm_tui.services.plan_session import PlanView
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.model import RHK, Pegawai, RencanaKinerja
from pmm_tui.skp.nip import grouped
from pmm_tui.skp.rangkuman import kalimat_rhk
from pmm_tui.tui.screens.choose import Calon, PilihScreen
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.screens.screen import Layar
from pmm_tui.tui.widgets.look import StyleName

APPROVED = "Rencana ini sudah disetujui; server menolak perubahan sebelum kepala sekolah mengembalikannya."


def tanya_sesuai(ringkasan: str) -> Dialog:
    """Ask whether the data diri are right."""
    isi: list[tuple[str, StyleName]] = [
        (ringkasan, ""),
        ("Data diri yang sudah dinyatakan sesuai dipakai untuk seluruh rencana.", "dim"),
    ]
    return Dialog("Data diri sudah sesuai?", isi, [("ya", "Ya, lanjut"), ("tidak", "Periksa lagi")])


def tanya_ajukan(k: PlanView) -> Dialog:
    """Ask whether to submit: whose plan, which period, to whom, by which server, and what an acting head means."""
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


def ask_rhk(k: PlanView, *, notes: bool) -> PilihScreen:
    """Ask which RHK to add; without `notes` what a choice asks for is searched, but not shown."""
    return PilihScreen("Pilih Rencana Hasil Kerja", _rhk_choices(k.rencana, k.katalog, k.skema), catatan=notes)


def _rhk_choices(rencana: RencanaKinerja, katalog: Katalog, skema: Skema) -> list[Calon]:
    """Return the RHK on offer; those already in the plan come last and say so."""
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


async def offer_emergency_copy(screen: Layar, sentence: str, pegawai: Pegawai, rencana: RencanaKinerja) -> None:
    """The records cannot take the plan: offer to write it to a file of its own."""
    shell = screen.shell

    async def answered(button: str | None) -> None:
        if button != "berkas":
            return
        try:
            path = shell.services.simpan_darurat(pegawai, shell.in_force.periode, rencana)
            shell.announce(f"Rencana disimpan di {path}", True)
        except PmmError as error:
            shell.announce(error.sentence, False)

    if not isinstance(screen.app.screen, Dialog):
        buttons = [("berkas", "Simpan ke berkas"), ("lagi", "Nanti; tetap di layar")]
        await screen.app.push_screen(Dialog("Rencana belum tersimpan", [(sentence, "error")], buttons), answered)
