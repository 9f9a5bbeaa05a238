"""Reading a plan as the head reads it: all that a decision needs on one page, and what changed since it was read last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

import msgspec
from msgspec import Struct

from pmm_tui.dates import long_date, parse_date
from pmm_tui.errors import InputError, ShapeError
from pmm_tui.services.decisions import QueueRow
from pmm_tui.services.in_force import InForce
from pmm_tui.services.status_words import time_words
from pmm_tui.skp.katalog_sasaran import asks_duties
from pmm_tui.skp.model import Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.periksa import periksa
from pmm_tui.skp.plan_diff import FieldDifference, Place, differences, free_name
from pmm_tui.skp.rangkuman import (
    confirmation_words,
    counted_hours,
    golongan_in_force,
    pangkat_golongan,
    poin_rhk,
    praktik_sentence,
    rhk_sentence,
    satuan_rhk,
    tugas_sentence,
)
from pmm_tui.skp.wire import Envelope, digest, open_envelope
from pmm_tui.store import Store
from pmm_tui.store.decision_entry import DeskPlan

_NO_CONTENT = "Isi rencana ini belum ada di komputer ini; ambil dulu dengan: pmm-tui tarik."
_CHANGED = "Isi rencana yang sampai di sini bukan yang dipegang server; jaringan mungkin mengubahnya. Hubungi pengelola server."
_UNREADABLE = "Rencana ini tidak terbaca; minta operator mengajukannya lagi."


class ReadingSheet(Struct, frozen=True, kw_only=True):
    """A plan laid open: `pegawai` as its envelope names them, `masalah` what the checks warn of, `changes` against `read_before`.

    `changes` has what stood before as `theirs` and what stands now as `mine`; `read_before` is 0 where no other revision was read.
    """

    row: QueueRow
    plan: DeskPlan
    pegawai: Pegawai
    rencana: RencanaKinerja
    masalah: tuple[Masalah, ...]
    read_before: int = 0
    changes: tuple[FieldDifference, ...] = ()


class Part(NamedTuple):
    """A part of the page: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]


class PageLine(NamedTuple):
    """A line of the page: its text, an amount that ends it, and the field of the plan that it tells, where it tells one."""

    text: str
    amount: str = ""
    place: Place | None = None

    @property
    def words(self) -> str:
        """All of it as one text."""
        return f"{self.text}: {self.amount}" if self.amount else self.text


class PagePart(NamedTuple):
    """A part of the page for a screen, which shows what changed where it stands; `section` is of the plan, empty for none."""

    heading: str
    lines: tuple[PageLine, ...]
    section: str = ""


def open_plan(store: Store, in_force: InForce, row: QueueRow, today: date) -> ReadingSheet:
    """Lay a plan open; raises InputError where there is nothing to read. In the database's thread or anywhere."""
    plan = store.decisions.plan(row.pegawai.id, in_force.periode)
    if plan is None:
        raise InputError(f"{row.pegawai.nama}: rencananya belum diajukan.")
    if not plan.line:
        raise InputError(f"{row.pegawai.nama}: {_NO_CONTENT}")
    if digest(plan.line) != plan.sha256:
        raise InputError(f"{row.pegawai.nama}: {_CHANGED}")
    envelope = _opened(plan.line)
    if envelope is None:
        raise InputError(f"{row.pegawai.nama}: {_UNREADABLE}")
    pegawai, rencana = _as_sent(row.pegawai, envelope), envelope.rencana
    katalog, jenjang = in_force.katalog.for_jenis_ptk(pegawai.jenis_ptk), in_force.sekolah.jenjang
    masalah = periksa(rencana, pegawai, in_force.periode, katalog, jenjang=jenjang, today=today)
    before = store.decisions.read_before(plan)
    earlier = _opened(before.line) if before else None
    changes = differences(rencana, earlier.rencana, katalog, in_force.periode) if earlier else ()
    return ReadingSheet(
        row=row,
        plan=plan,
        pegawai=pegawai,
        rencana=rencana,
        masalah=masalah,
        read_before=before.revisi if before and earlier else 0,
        changes=changes,
    )


def mark_opened(store: Store, sheet: ReadingSheet, at: datetime) -> None:
    """Note that the page was shown to its end; raises StorageError."""
    store.decisions.mark_read(sheet.plan, at)


def page(sheet: ReadingSheet, in_force: InForce) -> tuple[Part, ...]:
    """All that a decision needs, part by part, in plain sentences; what changed comes first."""
    parts = tuple(Part(part.heading, tuple(line.words for line in part.lines)) for part in page_parts(sheet, in_force))
    changed = (Part(f"Berubah sejak revisi {sheet.read_before} yang dibaca di sini", _changes(sheet)),)
    return (*(changed if sheet.read_before else ()), *parts)


def page_parts(sheet: ReadingSheet, in_force: InForce) -> tuple[PagePart, ...]:
    """The same without what changed, which a screen shows at its place."""
    warned = tuple(f"{'!' if m.halang else '-'} {m.pesan}" for m in sheet.masalah)
    parts = (
        PagePart("Data diri", _plain(_person(sheet, in_force)), "data_diri"),
        *content_parts(sheet.rencana, sheet.pegawai, in_force),
        PagePart("Diajukan", _plain(_sent(sheet.plan))),
        PagePart("Peringatan pemeriksaan", _plain(warned)) if warned else None,
        PagePart("Keputusan terakhir", _plain(_decided(sheet, in_force))) if sheet.plan.status != "diajukan" else None,
    )
    return tuple(part for part in parts if part)


def content_parts(rencana: RencanaKinerja, pegawai: Pegawai, in_force: InForce) -> tuple[PagePart, ...]:
    """What a teacher plans, part by part, and how the teacher has confirmed it."""
    katalog = in_force.katalog.for_jenis_ptk(pegawai.jenis_ptk)
    in_force = msgspec.structs.replace(in_force, katalog=katalog)
    practice = katalog.skema_periode(in_force.periode).step_label("praktik_pembelajaran", "Praktik Pembelajaran")
    confirmed = PageLine(confirmation_words(rencana.rangkuman) or "belum dikonfirmasi", place=("rangkuman", "konfirmasi"))
    return (
        PagePart(practice, _practice(rencana, in_force), "praktik_pembelajaran"),
        PagePart("Pengembangan Kompetensi", _rhk(rencana, in_force), "pengembangan_kompetensi"),
        PagePart("Tugas Tambahan", _duties(rencana, in_force), "tugas_tambahan"),
        PagePart("Perilaku Kerja", _conduct(rencana, in_force), "perilaku_kerja"),
        PagePart("Konfirmasi guru", (confirmed,), "rangkuman"),
    )


def _plain(lines: Iterable[str]) -> tuple[PageLine, ...]:
    return tuple(map(PageLine, lines))


def _opened(line: bytes) -> Envelope | None:
    try:
        return open_envelope(line)
    except ShapeError:
        return None


def _as_sent(pegawai: Pegawai, envelope: Envelope) -> Pegawai:
    """The teacher as the envelope names them, and the roster's word where it is silent."""
    sent = envelope.pegawai
    said = {name: value for name in ("nama", "nip", "nuptk", "status_kepegawaian", "jenis_ptk") if (value := getattr(sent, name))}
    ranks = {name: value for name in ("golongan", "jenjang_jabatan") if (value := getattr(sent, name))}
    return msgspec.structs.replace(pegawai, **said, **ranks)


def _changes(sheet: ReadingSheet) -> tuple[str, ...]:
    same = ("Isinya sama.",)
    return tuple(f"{one.heading}, {one.label}: dulu {one.theirs}; sekarang {one.mine}" for one in sheet.changes) or same


def _person(sheet: ReadingSheet, in_force: InForce) -> tuple[str, ...]:
    p = sheet.pegawai
    rank = pangkat_golongan(golongan_in_force(sheet.rencana, p), in_force.katalog)
    number = f"NIP {p.nip}" if p.nip else f"NUPTK {p.nuptk}" if p.nuptk else "tanpa NIP dan NUPTK"
    return tuple(line for line in (p.nama, ", ".join(t for t in (number, p.status_kepegawaian, rank) if t), p.jenis_ptk) if line)


def _practice(rencana: RencanaKinerja, in_force: InForce) -> tuple[PageLine, ...]:
    levels = {c.id: c.label for c in in_force.katalog.rapor.capaian}
    lines = []
    for indikator in rencana.praktik_pembelajaran.indikator:
        level = levels.get(in_force.rapor.capaian.get(indikator, ""), "")
        lines.append(PageLine(praktik_sentence(indikator, in_force.katalog), place=("praktik_pembelajaran", "indikator")))
        lines.append(PageLine(f"Rapor Pendidikan: {level.lower()}" if level else "Rapor Pendidikan: capaian belum ada"))
    return tuple(lines) or _plain(["belum diisi"])


def _rhk(rencana: RencanaKinerja, in_force: InForce) -> tuple[PageLine, ...]:
    katalog, points = in_force.katalog, in_force.katalog.skema_periode(in_force.periode).poin_dipakai
    section, lines, places = "pengembangan_kompetensi", list[PageLine](), dict[Place, None]()
    for number, rhk in enumerate(rencana.pengembangan_kompetensi.rhk, 1):
        amount = f"{rhk.target} {satuan_rhk(rhk, katalog)}".rstrip() + (f", {poin_rhk(rhk, katalog)} poin" if points else "")
        place = section, free_name(places, section, rhk.kompetensi or rhk.uraian)
        places[place] = None
        lines.append(PageLine(f"{number}. {rhk_sentence(rhk, katalog)}", amount, place))
    return tuple(lines) or _plain(["belum diisi"])


def _duties(rencana: RencanaKinerja, in_force: InForce) -> tuple[PageLine, ...]:
    section, katalog = rencana.tugas_tambahan, in_force.katalog
    if not section.tugas:
        return (
            PageLine(
                "tidak ada" if section.tidak_ada or not asks_duties(katalog) else "belum diisi",
                place=("tugas_tambahan", "tidak_ada"),
            ),
        )
    lines, places = list[PageLine](), dict[Place, None]()
    for tugas in section.tugas:
        kind, day = katalog.find_tugas(tugas.tugas), parse_date(tugas.tanggal_sk)
        sk = " ".join(text for text in (tugas.nomor_sk, long_date(day) if day else tugas.tanggal_sk) if text)
        place = "tugas_tambahan", free_name(places, "tugas_tambahan", tugas.tugas)
        places[place] = None
        told = f"{tugas_sentence(kind, katalog) if kind else tugas.tugas}, {f'SK {sk}' if sk else 'tanpa SK'}"
        lines.append(PageLine(told, f"{kind.jp} JP" if kind and kind.jp else "", place))
    most = katalog.tugas_tambahan_umum.jp_lain_maks
    hours = counted_hours(rencana, katalog)  # of the "lain" alone: a main duty counts by itself, without this limit
    if not hours:
        return tuple(lines)
    return (*lines, PageLine(f"Tugas tambahan lain: {hours} JP" + (f" dari paling banyak {most}" if most else "")))


def _conduct(rencana: RencanaKinerja, in_force: InForce) -> tuple[PageLine, ...]:
    found = (in_force.katalog.find_perilaku(choice) for choice in rencana.perilaku_kerja.indikator)
    lines = tuple(PageLine(f"{p.label}: {i.label}", place=("perilaku_kerja", p.id)) for p, i in filter(None, found))
    return lines or _plain(["belum diisi"])


def _sent(plan: DeskPlan) -> tuple[str, ...]:
    by = f"oleh {plan.by}" if plan.by else ""
    when = time_words(plan.sent_at) if plan.sent_at else ""
    return tuple(text for text in (" ".join(t for t in (f"Revisi {plan.revisi}", by, when) if t), plan.receipt) if text)


def _decided(sheet: ReadingSheet, in_force: InForce) -> tuple[str, ...]:
    plan = sheet.plan
    labels = {p.id: p.label for p in in_force.katalog.perilaku}
    when = f", {time_words(plan.waktu)}" if plan.waktu else ""
    expected = (f"Ekspektasi {labels.get(name, name)}: {text}" for name, text in plan.ekspektasi.items())
    return (f"{plan.status}{when}", *([plan.catatan] if plan.catatan else []), *expected)
