"""How a section will stand in the SKP, and what else a second column tells of a plan; never in the thrifty look."""

from __future__ import annotations

from datetime import datetime

from pmm_tui.dates import date_and_time
from pmm_tui.services.plan_view import PlanView
from pmm_tui.services.status_words import LOCKED, time_words
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Indikator, Skema
from pmm_tui.skp.model import RHK, Rapor
from pmm_tui.skp.plan_diff import SECTION_LABELS
from pmm_tui.skp.rangkuman import bukti_rhk, praktik_sentence, recommendations, rhk_sentence, satuan_rhk, tugas_sentence
from pmm_tui.tui.widgets.look import Signs, StyleName
from pmm_tui.tui.widgets.rows import Gap, Heading, Row, RowId, Text

STEPS = tuple(SECTION_LABELS)[2:]
"""The five numbered sections."""


def step_name(section: str, skema: Skema) -> str:
    """The name of a section in the words of the scheme, with its number: `1 Praktik Kinerja`."""
    label = skema.step_label(section, SECTION_LABELS[section])
    return f"{STEPS.index(section) + 1} {label}" if section in STEPS else label


def capaian_word(indikator: Indikator, rapor: Rapor, katalog: Katalog, signs: Signs) -> tuple[str, StyleName]:
    """Return the level in words with its sign, and the style that goes with it; never colour alone."""
    level = next((c for c in katalog.rapor.capaian if c.id == rapor.capaian.get(indikator.id)), None)
    if level is None:
        return "belum ada data", "dim"
    reached = sum(c.urutan <= level.urutan for c in katalog.rapor.capaian)
    done, _, rest = signs.progress
    sign = done * reached + rest * (len(katalog.rapor.capaian) - reached)
    style: dict[str, StyleName] = {"merah": "error", "kuning": "warning", "hijau": "good"}
    return f"{level.label:<7}{sign}", style.get(level.warna, "")


def sentences(section: str, view: PlanView) -> list[str]:
    """The sentences of a section as they will stand in the SKP; of the Rangkuman those of all sections."""
    r, katalog = view.rencana, view.katalog
    match section:
        case "praktik_pembelajaran":
            target = f" · target: {katalog.praktik.target} {katalog.praktik.satuan}" if katalog.praktik.target else ""
            return [f"{praktik_sentence(indikator, katalog)}{target}" for indikator in r.praktik_pembelajaran.indikator]
        case "pengembangan_kompetensi":
            return [_of_rhk(rhk, view) for rhk in r.pengembangan_kompetensi.rhk]
        case "tugas_tambahan":
            kinds = [(tugas.tugas, katalog.find_tugas(tugas.tugas)) for tugas in r.tugas_tambahan.tugas]
            return [tugas_sentence(kind, katalog) if kind else tugas for tugas, kind in kinds]
        case "perilaku_kerja":
            found = [katalog.find_perilaku(indikator) for indikator in r.perilaku_kerja.indikator]
            return [f"{value.label}: {indikator.label}" for value, indikator in (f for f in found if f)]
        case "rangkuman":
            return [sentence for step in STEPS[:-1] for sentence in sentences(step, view)]
    return []


def _of_rhk(rhk: RHK, view: PlanView) -> str:
    sentence = rhk_sentence(rhk, view.katalog) or "(uraian belum diisi)"
    target = f"{rhk.target or '(belum diisi)'} {satuan_rhk(rhk, view.katalog)}".strip()
    evidence = bukti_rhk(rhk, view.katalog)
    return f"{sentence} · target: {target}" + (f" · bukti: {evidence}" if evidence else "")


def below(section: str, view: PlanView, cursor: RowId) -> tuple[Row, ...]:
    """What stands below the rows of a pane: of several RHK only the one under the cursor."""
    found = sentences(section, view) if section in STEPS[:2] else []
    number = getattr(cursor, "number", None)
    if section == "pengembangan_kompetensi" and isinstance(number, int) and number < len(found):
        found = found[number : number + 1]
    return (Gap(), Heading("Bunyi di SKP"), *(Text(sentence) for sentence in found), *_komponen(section, view)) if found else ()


def _komponen(section: str, view: PlanView) -> list[Row]:
    """The component of each chosen indicator."""
    chosen = view.rencana.praktik_pembelajaran.indikator if section == "praktik_pembelajaran" else ()
    known = [indikator for i in chosen if (indikator := view.katalog.find_indikator(i))]
    labels = [komponen.label for indikator in known if (komponen := view.katalog.find_komponen(indikator.komponen))]
    return [Text(f"Komponen: {', '.join(labels)}", "dim")] if labels else []


def beside(section: str, view: PlanView, saved_at: datetime | None, signs: Signs) -> tuple[Row, ...]:
    """The second column: the sentences, what is wrong with the whole plan, the school's capaian, what became of the plan."""
    found = sentences(section, view)
    rows: list[Row] = []
    if section in STEPS:
        rows += [Heading("Bunyi di SKP"), *(Text(f"{number}. {one}") for number, one in enumerate(found, 1))]
        rows += [*(_komponen(section, view) if found else [Text("Belum ada yang diisi.", "dim")]), Gap()]
    if view.masalah:
        rows.append(Heading("Masalah rencana ini", str(len(view.masalah))))
        for m in view.masalah:
            number = f"{STEPS.index(m.section) + 1} " if m.section in STEPS else ""
            sign = "!" if m.halang else "-"
            rows.append(Text(f"{sign} {number}{m.pesan}", "error" if m.halang else "warning"))
        rows.append(Gap())
    if section in STEPS[:2]:
        rows += _rapor(view, signs)
    return (*rows, *_history(view, saved_at))


def _rapor(view: PlanView, signs: Signs) -> list[Row]:
    advised = recommendations(view.rapor, view.katalog)
    found = [indikator for indikator in view.katalog.indikator if indikator.id in advised]
    rows: list[Row] = [Heading("Rapor Pendidikan", "direkomendasikan")] if found else []
    for indikator in found:
        word, style = capaian_word(indikator, view.rapor, view.katalog, signs)
        rows.append(Text(indikator.label, right=word, right_style=style))
    return [*rows, Gap()] if rows else []


def _history(view: PlanView, saved_at: datetime | None) -> list[Row]:
    rows: list[Row] = [Heading("Riwayat")]
    if saved_at:
        rows.append(Text(f"{date_and_time(saved_at)}  tersimpan di komputer ini", "dim"))
    if (entry := view.newest) is not None:
        when = time_words(entry.waktu_server) if entry.waktu_server else date_and_time(entry.dibuat)
        what = {"disetujui": "disetujui", "dikembalikan": "dikembalikan"}.get(entry.status_server, "terkirim")
        word = what if entry.keadaan == "sent" else "disegel, menunggu dikirim" if entry.keadaan == "queued" else "disegel"
        rows.append(Text(f"{when}  revisi {entry.revisi} {word}", "dim"))
        if entry.tanda_terima:
            rows.append(Text(f"Tanda terima {entry.tanda_terima}", "good"))
        if view.note:
            rows.append(Text(f"Catatan: {view.note}", "warning"))
    else:
        rows.append(Text("Belum pernah dikirim", "dim"))
    if view.approved:
        rows.append(Text(LOCKED, "warning"))
    return rows
