"""What the plan's screen asks: confirmations, which RHK to add, whether to save to a file of its own."""

from __future__ import annotations

from pmm_tui.errors import PmmError
from pmm_tui.services.compare import Comparison, summary
from pmm_tui.services.plan_view import PlanView
from pmm_tui.services.status_words import time_words
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.model import RHK, Pegawai, RencanaKinerja
from pmm_tui.skp.nip import grouped
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.rangkuman import confirmation_words, rhk_sentence
from pmm_tui.text import shorten
from pmm_tui.tui.screens.choose import Choice, ChoiceScreen
from pmm_tui.tui.screens.dialog import Dialog, DialogLine
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.look import Look, StyleName
from pmm_tui.tui.widgets.row_layout import LABEL_WIDTH
from pmm_tui.tui.widgets.rows import Gap, Pair, Text

_SHOWN = 4
"""Differences that are shown one by one."""


def ask_confirm(summary: str) -> Dialog:
    """Ask whether the data diri are right."""
    lines: list[tuple[str, StyleName]] = [
        (summary, ""),
        ("Data diri yang sudah dinyatakan sesuai dipakai untuk seluruh rencana.", "dim"),
    ]
    return Dialog("Data diri sudah sesuai?", lines, [("tidak", "Periksa lagi"), ("ya", "Ya, lanjut")])


def ask_submit(view: PlanView, comparison: Comparison | None, look: Look, also: str = "") -> Dialog:
    """Ask whether to submit: whose plan, which period, how it was confirmed, to whom, by which server, what to look out for.

    `comparison` tells which revision it replaces, whose, and what differs; `also` what else is said with a yes.
    """
    replaces = comparison if comparison and comparison.revision else None
    if look.thrifty:
        return _ask_submit_thrifty(view, f"Menggantikan {replaces.whose}; {summary(replaces)}." if replaces else "", also)
    kepala, rows = view.sekolah.kepala_sekolah, list[DialogLine]()
    number = ("NIP", grouped(view.pegawai.nip)) if view.pegawai.nip else ("NUPTK", view.pegawai.nuptk or "belum ada")
    rows += [Pair("Guru", view.pegawai.nama), Pair(*number), Pair("Periode", view.periode.label)]
    rows.append(Pair("Kepada", view.rater or view.rater_post))
    rows.append(Pair("Lewat", view.server or "server belum diatur; rencana menunggu di Kotak Kirim"))
    rows.append(Pair("Konfirmasi", confirmation_words(view.rencana.rangkuman)))
    if also:
        rows.append(Text(also, "strong"))
    if kepala.plt:
        rows.append(Text("Plt.: langsung disetujui tanpa diperiksa. Pastikan sudah benar.", "warning"))
    rows += [Text(m.pesan, "warning") for m in view.masalah if not m.halang]
    rows += [Gap(), *_replaced_rows(view, replaces, look)]
    again = f"Ajukan revisi {view.revision}" if view.revision > 1 else "Ajukan"
    detail = f"revisi {view.revision}" if view.revision > 1 else ""
    return Dialog("Ajukan Perencanaan Kinerja?", rows, [("tidak", "Batal"), ("ya", again)], detail)


def _replaced_rows(view: PlanView, replaces: Comparison | None, look: Look) -> list[DialogLine]:
    """What the server holds now, and the first of what differs from it."""
    if replaces is None:
        return [Text("Belum pernah dikirim" if view.newest is None else "Server belum memegang rencana ini", "dim")]
    rows: list[DialogLine] = []
    ours = view.newest is not None and not view.newest.asal and view.newest.sha256 == replaces.plan.sha256
    if ours:
        status = {"dikembalikan": "dikembalikan kepala sekolah", "disetujui": "disetujui"}.get(replaces.plan.status, "terkirim")
        when = f" {time_words(replaces.plan.waktu)}" if replaces.plan.waktu else ""
        rows.append(Text(f"Berbeda dari revisi {replaces.revision}, {status}{when}", "strong"))
    else:
        rows.append(Text(f"Menggantikan {replaces.whose}", "error"))
    if replaces.theirs is None or not replaces.differences:
        return [*rows, Text(summary(replaces).capitalize(), "dim")]
    for one in replaces.differences[:_SHOWN]:
        change = f"{shorten(one.theirs, 60)} {look.signs.leads} {shorten(one.mine, 60)}"
        rows.append(Pair(shorten(one.label, LABEL_WIDTH - 2), change))
    left = len(replaces.differences) - _SHOWN
    return [*rows, *([Text(f"{left} lagi", "dim")] if left > 0 else [])]


def _ask_submit_thrifty(view: PlanView, replaced: str, also: str) -> Dialog:
    kepala = view.sekolah.kepala_sekolah
    lines: list[tuple[str, StyleName]] = [
        (f"Guru       : {view.pegawai.nama}", ""),
        (f"NIP        : {grouped(view.pegawai.nip) or '-'}", ""),
        (f"Periode    : {view.periode.label}", ""),
        (f"Konfirmasi : {confirmation_words(view.rencana.rangkuman)}", ""),
        (f"Kepada     : {view.rater or view.rater_post}", ""),
        (f"Lewat      : {view.server or 'server belum diatur; rencana menunggu di Kotak Kirim'}", ""),
    ]
    if kepala.plt:
        lines.append(
            ("Kepala sekolah berstatus Plt.: rencana langsung disetujui tanpa diperiksa. Pastikan sudah benar.", "warning")
        )
    if also:
        lines.append((also, "strong"))
    if replaced:
        lines.append((replaced, "warning"))
    lines += [(m.pesan, "warning") for m in view.masalah if not m.halang]
    return Dialog("Ajukan Perencanaan Kinerja?", lines, [("tidak", "Batal"), ("ya", "Ya, ajukan")])


def ask_change(view: PlanView, state: State) -> Dialog:
    """Ask whether to change a plan that is sealed or sent, and say what follows."""
    lines: list[tuple[str, StyleName]] = [
        (f"Rencana {view.pegawai.nama} sudah {state.word}. Bila isinya diubah:", ""),
        ("- menjadi revisi baru, yang harus diajukan lagi;", ""),
        ("- kepala sekolah memeriksanya dari awal;", ""),
        ("- konfirmasi guru ditarik; guru membaca dan mengonfirmasi lagi.", ""),
    ]
    return Dialog("Ubah rencana ini?", lines, [("tidak", "Tidak, baca saja"), ("ya", "Ya, ubah")])


def ask_rhk(view: PlanView, *, notes: bool) -> ChoiceScreen:
    """Ask which RHK to add; without `notes` what a choice asks for is searched, but not shown."""
    return ChoiceScreen("Pilih Rencana Hasil Kerja", _rhk_choices(view.rencana, view.katalog, view.skema), notes=notes)


def _rhk_choices(rencana: RencanaKinerja, katalog: Katalog, skema: Skema) -> list[Choice]:
    """Return the RHK on offer; those already in the plan come last and say so."""
    existing = {rhk.kompetensi for rhk in rencana.pengembangan_kompetensi.rhk}
    choices = []
    for kompetensi in katalog.kompetensi:
        if kompetensi.aktif:
            note = kompetensi.catatan if skema.poin_dipakai or "poin" not in kompetensi.catatan else ""
            meaning = " · ".join(t for t in (note, f"bukti: {kompetensi.bukti}" if kompetensi.bukti else "") if t)
            choices.append(
                Choice(
                    id=kompetensi.id,
                    label=kompetensi.peran,
                    right=f"{kompetensi.poin} poin" if skema.poin_dipakai else "",
                    note=meaning,
                    refusal=f"RHK ini sudah ada: {rhk_sentence(RHK(kompetensi=kompetensi.id), katalog)[:60]}…"
                    if kompetensi.id in existing
                    else "",
                )
            )
    return sorted(choices, key=lambda c: bool(c.refusal))


async def offer_emergency_copy(screen: PmmScreen, sentence: str, pegawai: Pegawai, rencana: RencanaKinerja) -> None:
    """The records cannot take the plan: offer to write it to a file of its own."""
    shell = screen.shell

    async def answered(button: str | None) -> None:
        if button != "berkas":
            return
        try:
            path = shell.services.save_emergency_copy(pegawai, shell.in_force.periode, rencana)
            shell.announce(f"Rencana disimpan di {path}", True)
        except PmmError as error:
            shell.announce(error.sentence, False)

    if not isinstance(screen.app.screen, Dialog):
        buttons = [("berkas", "Simpan ke berkas"), ("lagi", "Nanti; tetap di layar")]
        await screen.app.push_screen(Dialog("Rencana belum tersimpan", [(sentence, "error")], buttons), answered)
