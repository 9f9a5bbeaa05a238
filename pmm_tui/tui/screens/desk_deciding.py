"""What the head decides, the same from the list and from the page: approve, return, open again, and what is expected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pmm_tui.errors import PmmError
from pmm_tui.services.decisions import (
    Decided,
    QueueRow,
    decide,
    default_expectations,
    filled,
    set_default_expectations,
    withdraw,
)
from pmm_tui.services.desk_list import note_of, own_expectations, set_own_expectations
from pmm_tui.services.plan_reading import ReadingSheet, open_plan
from pmm_tui.services.status_words import time_words
from pmm_tui.skp.rangkuman import confirmation_words
from pmm_tui.skp.wire import Keputusan
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.screens.dialog import Dialog, DialogLine
from pmm_tui.tui.screens.expectations_band import ExpectationsScreen, Texts
from pmm_tui.tui.screens.return_band import Reasons, ReturnScreen
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.rows import Gap, Pair, Text

_NAMED, _LEFT_OUT = 4, 12
"""Names that a question lists: of those that it is about, and of those that are left out."""
_DONE: dict[Keputusan, str] = {"setujui": "disetujui", "kembalikan": "dikembalikan", "buka": "dibuka kembali"}


def short_name(name: str) -> str:
    """A name without what stands behind it, for a button."""
    return name.partition(",")[0].strip() or name


class DeskDeciding(PmmScreen):
    """A screen of the head's desk."""

    def _meant(self) -> QueueRow | None:
        """The row that a decision is about."""
        raise NotImplementedError

    def _marked_rows(self) -> list[QueueRow]:
        """The rows that are marked; none where nothing can be marked."""
        return []

    def _decided(self, row: QueueRow | None) -> None:
        """Go on after a decision about a row, or about several."""
        raise NotImplementedError

    def refusal_of(self, action_id: str) -> str:
        """Why a decision is not possible, for the palette."""
        row = self._meant()
        if action_id == "urung_putusan" and not (row and row.pending):
            return "tidak ada yang menunggu"
        if action_id in ("setujui", "kembalikan", "buka_kembali", "ekspektasi") and row is None:
            return "tidak ada rencana"
        return super().refusal_of(action_id)

    # ---- approving

    def action_setujui(self) -> None:
        """Approve the plan, or the marked ones, after a question."""
        marked = self._marked_rows()
        if marked:
            self._ask_several(marked)
        elif (row := self._meant()) is not None and self._can(row, "setujui"):
            self._guarded(lambda: self._ask_one(row))

    def _ask_one(self, row: QueueRow) -> None:
        shell = self.shell
        sheet = open_plan(shell.store, shell.in_force, row, shell.services.today())
        texts = self._expected(row)
        buttons = [("tidak", "Batal"), ("ya", f"Setujui {short_name(row.pegawai.nama)}")]

        def answered(button: str | None) -> None:
            if button == "ya":
                self._decide(row, "setujui", expectations=texts)

        self.app.push_screen(Dialog("Setujui?", _approval_lines(sheet, texts), buttons, f"revisi {sheet.plan.revisi}"), answered)

    def _ask_several(self, rows: Sequence[QueueRow]) -> None:
        """Ask about those that can be approved, and say which are left out and why."""
        tried = [(row, self._try(row, "setujui")) for row in rows]
        ready = [row for row, done in tried if done.result == "dapat"]
        left = [(row, done.reason) for row, done in tried if done.result != "dapat"]
        if not ready:
            first = f" {left[0][0].pegawai.nama}: {left[0][1]}" if left else ""
            self.set_status(f"Tidak ada yang dapat disetujui.{first}", style="warning")
            return
        lines: list[DialogLine] = [(f"Akan disetujui ({len(ready)}):", "")]
        lines += [Text(row.pegawai.nama, indent=2) for row in ready[:_NAMED]]
        lines += [Text(f"dan {len(ready) - _NAMED} lagi", indent=2)] if len(ready) > _NAMED else []
        if left:
            lines.append((f"Tidak ikut ({len(left)}):", "warning"))
            told = [f"{row.pegawai.nama}: {why.partition(';')[0]}" for row, why in left[:_LEFT_OUT]]
            told += [f"dan {len(left) - _LEFT_OUT} lagi"] if len(left) > _LEFT_OUT else []
            lines += [Text(one, "dim", indent=2) for one in told]

        def answered(button: str | None) -> None:
            if button == "ya":
                self._guarded(lambda: self._approve_all(ready))

        self.app.push_screen(
            Dialog("Setujui sekaligus?", lines, [("tidak", "Batal"), ("ya", f"Setujui {len(ready)} rencana")]), answered
        )

    def _approve_all(self, rows: Sequence[QueueRow]) -> None:
        done = [self._seal(row, "setujui", expectations=own_expectations(self.shell.store, *_key(row))) for row in rows]
        refused = [one for one in done if one.result == "ditolak"]
        said = f"{sum(one.result == 'antre' for one in done)} rencana disetujui, menunggu dikirim"
        self._decided(None)
        more = f". {refused[0].row.pegawai.nama}: {refused[0].reason}" if refused else ""
        self.set_status(f"{said}{more}", style="warning" if refused else "")
        self.shell.background.send(forced=True)

    # ---- returning, and opening again

    def action_kembalikan(self) -> None:
        """Return the plan with reasons."""
        row = self._meant()
        if row is None or not self._can(row, "kembalikan", note="-"):
            return
        katalog, key = self.shell.in_force.katalog, keys_of("setujui", self.shell.keymap)[0]

        def answered(reasons: Reasons | None) -> None:
            if reasons is not None:
                self._decide(row, "kembalikan", note=note_of(katalog, reasons.ids, reasons.text))

        band = ReturnScreen("Kembalikan", katalog.alasan_kembali, short_name(row.pegawai.nama), "Kembalikan", key)
        self.app.push_screen(band, answered)

    def action_buka_kembali(self) -> None:
        """Open an approved plan again, with a reason."""
        row = self._meant()
        if row is None or not self._can(row, "buka", note="-"):
            return
        key = keys_of("setujui", self.shell.keymap)[0]

        def answered(reasons: Reasons | None) -> None:
            if reasons is not None:
                self._decide(row, "buka", note=reasons.text)

        about = "Rencana yang disetujui kembali kepada operator untuk diperbaiki; yang lama tersimpan sebagai versi."
        self.app.push_screen(ReturnScreen("Buka kembali", (), short_name(row.pegawai.nama), "Buka kembali", key, about), answered)

    def action_urung_putusan(self) -> None:
        """Take a decision back that has not left yet."""
        row = self._meant()
        if row is None or not row.pending:
            self.set_status("Tidak ada keputusan yang menunggu dikirim untuk rencana ini")
            return
        self._guarded(lambda: self._withdraw(row))

    def _withdraw(self, row: QueueRow) -> None:
        taken = withdraw(self.shell.store, row)
        self._decided(row if taken else None)
        late = "Keputusan ini mungkin sudah sampai di server; tidak dapat diurungkan di sini"
        self.set_status(f"{row.pegawai.nama}: keputusan diurungkan" if taken else late, style="" if taken else "warning")

    # ---- what is expected

    def _expected(self, row: QueueRow) -> Mapping[str, str]:
        """The texts that an approval takes: those written for the plan, else the school's own."""
        own = own_expectations(self.shell.store, *_key(row))
        return default_expectations(self.shell.store) if own is None else own

    def action_ekspektasi(self) -> None:
        """Write what is expected in this plan."""
        row = self._meant()
        if row is None or row.plan is None:
            self.set_status("Rencananya belum diajukan")
            return

        def answered(texts: Texts | str | None) -> None:
            if texts is not None:
                kept = None if isinstance(texts, str) else texts
                said = "ekspektasi sekolah dipakai" if kept is None else f"{len(filled(kept))} ekspektasi ikut saat disetujui"
                self._keep(lambda: set_own_expectations(self.shell.store, *_key(row), kept), f"{row.pegawai.nama}: {said}")

        about = "Ikut dalam persetujuan rencana ini saja."
        band = ExpectationsScreen(
            "Ekspektasi Khusus Pimpinan", about, self.shell.in_force.katalog.perilaku, self._expected(row),
            short_name(row.pegawai.nama), "Pakai milik sekolah",
        )  # fmt: skip
        self.app.push_screen(band, answered)

    def action_ekspektasi_umum(self) -> None:
        """Write what is expected of everybody."""
        store = self.shell.store

        def answered(texts: Texts | str | None) -> None:
            if isinstance(texts, dict):
                said = f"{len(filled(texts))} ekspektasi sekolah tersimpan"
                self._keep(lambda: set_default_expectations(store, texts), said)

        about = "Ikut dalam tiap persetujuan, kecuali rencana yang punya teksnya sendiri."
        values = self.shell.in_force.katalog.perilaku
        band = ExpectationsScreen("Ekspektasi untuk semua guru", about, values, default_expectations(store))
        self.app.push_screen(band, answered)

    def _keep(self, act: Callable[[], None], said: str) -> None:
        def kept() -> None:
            act()
            self._expectations_changed()
            self.set_status(said)

        self._guarded(kept)

    def _expectations_changed(self) -> None:
        """Show what is expected now."""

    # ---- how it is done

    def _try(self, row: QueueRow, keputusan: Keputusan, note: str = "") -> Decided:
        shell = self.shell
        expectations = own_expectations(shell.store, *_key(row)) if keputusan == "setujui" else None
        return decide(
            shell.store, shell.in_force, row, keputusan, shell.services.now(), note=note, expectations=expectations, dry_run=True
        )

    def _can(self, row: QueueRow, keputusan: Keputusan, note: str = "") -> bool:
        """Whether it can be decided so; else it is said why not."""
        tried = self._try(row, keputusan, note)
        if tried.result != "dapat":
            self.set_status(f"{row.pegawai.nama}: {tried.reason}", style="warning" if tried.result == "ditolak" else "")
        return tried.result == "dapat"

    def _decide(
        self, row: QueueRow, keputusan: Keputusan, *, note: str = "", expectations: Mapping[str, str] | None = None
    ) -> None:
        def act() -> None:
            done = self._seal(row, keputusan, note=note, expectations=expectations)
            if done.result == "ditolak":
                self.set_status(f"{row.pegawai.nama}: {done.reason}", style="error")
                return
            self._decided(row)
            self.shell.announce(f"{row.pegawai.nama} {_DONE[keputusan]}, menunggu dikirim", True)
            self.shell.background.send(forced=True)

        self._guarded(act)

    def _seal(
        self, row: QueueRow, keputusan: Keputusan, *, note: str = "", expectations: Mapping[str, str] | None = None
    ) -> Decided:
        shell = self.shell
        done = decide(shell.store, shell.in_force, row, keputusan, shell.services.now(), note=note, expectations=expectations)
        if done.result == "antre" and keputusan == "setujui":
            set_own_expectations(shell.store, *_key(row), None)
        return done

    def _guarded(self, act: Callable[[], None]) -> None:
        """Do it; what the records or the plan refuse is said."""
        try:
            act()
        except PmmError as error:
            self.set_status(error.sentence, style="error")


def _key(row: QueueRow) -> tuple[str, int]:
    return row.plan.periode if row.plan else "", row.pegawai.id


def _approval_lines(sheet: ReadingSheet, texts: Mapping[str, str]) -> list[DialogLine]:
    """Whose plan, which revision, who sent it, how the teacher agreed; what to look out for."""
    plan = sheet.plan
    sent = " ".join(t for t in (f"oleh {plan.by}" if plan.by else "", time_words(plan.sent_at) if plan.sent_at else "") if t)
    lines: list[DialogLine] = [
        Pair("Guru", sheet.pegawai.nama),
        Pair("Revisi", f"{plan.revisi}, diajukan {sent}" if sent else str(plan.revisi)),
        Pair("Konfirmasi guru", confirmation_words(sheet.rencana.rangkuman) or "belum dikonfirmasi"),
    ]
    if texts:
        lines.append(Pair("Ekspektasi khusus", f"untuk {len(texts)} perilaku"))
    lines.append(Gap())
    if sheet.changes:
        lines.append(Text(f"{len(sheet.changes)} bidang berubah sejak revisi {sheet.read_before}.", "warning"))
    for masalah in sheet.masalah[:_NAMED]:
        lines.append(Text(f"{'!' if masalah.halang else '-'} {masalah.pesan}", "warning"))
    return lines if isinstance(lines[-1], Text) else lines[:-1]
