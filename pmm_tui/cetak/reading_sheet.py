"""The page that a teacher reads and signs before "Sudah dikonfirmasi guru" is ticked."""

from __future__ import annotations

from pmm_tui.cetak.document import (
    NOTHING,
    Block,
    Cell,
    Document,
    Heading,
    Line,
    Row,
    Ruled,
    Sides,
    Sign,
    Signatures,
    Table,
    cell,
    full_row,
    paragraph,
)
from pmm_tui.cetak.skp_form import people_table
from pmm_tui.cetak.subject import (
    WINDOW,
    PlanPaper,
    PrintSchool,
    draft_notice,
    extra_results,
    footer_of,
    main_results,
    number_label,
)
from pmm_tui.skp.katalog_sasaran import asks_duties
from pmm_tui.skp.rangkuman import recommendations

WIDTHS = (5, 65, 30)


def reading_sheet(paper: PlanPaper, school: PrintSchool) -> Document:
    """One page of a teacher: what the plan says in few words, what the checks warn of, and a place to sign."""
    teacher = paper.pegawai
    own = Sign(("....................................", "Paraf guru,"), teacher.nama, _number(paper, school))
    blocks: tuple[Block, ...] = (
        draft_notice(paper, school),
        Heading(("LEMBAR BACA DAN PARAF", "PERENCANAAN KINERJA GURU")),
        Sides(school.sekolah.nama or NOTHING, f"Periode {school.label}"),
        people_table(paper, school),
        Table(WIDTHS, (*_results(paper, school), *_conduct(paper, school))),
        *_warnings(paper),
        paragraph(
            "Saya sudah membaca rencana di halaman ini, dan:",
            Line("isinya benar; boleh diajukan kepada pejabat penilai.", mark="box"),
            Line("yang masih harus diperbaiki:", mark="box"),
        ),
        Ruled(2),
        Signatures(None, own),
    )
    return Document(f"Lembar baca dan paraf {teacher.nama}, {school.label}", blocks, school.watermark, footer_of(paper, school))


def _number(paper: PlanPaper, school: PrintSchool) -> str:
    return f"{number_label(paper.pegawai, school.katalog)}. {paper.pegawai.nip or NOTHING}"


def _results(paper: PlanPaper, school: PrintSchool) -> list[Row]:
    katalog, chosen = school.katalog, paper.rencana.praktik_pembelajaran.indikator
    rows: list[Row] = [full_row("Rencana Hasil Kerja utama: indikator praktik kinerja, pengembangan kompetensi", 3)]
    for number, result in enumerate(main_results(paper, katalog), 1):
        proof = f"Bukti: {result.bukti}" if result.bukti else ""
        beside = _against_rapor(chosen[number - 1], school) if number <= len(chosen) else proof
        sentence = cell(result.sentence, *([Line(beside)] if beside else []))
        rows.append((cell(str(number), centred=True), sentence, cell(result.target)))
    rows += [_nothing("belum ada yang dipilih")] if len(rows) == 1 else []
    extra = extra_results(paper, katalog)
    rows.append(full_row("Tugas tambahan", 3))
    for number, result in enumerate(extra, 1):
        note = (result.note,) if result.note else ()
        rows.append((cell(str(number), centred=True), cell(result.sentence, *note), cell(result.target)))
    if not extra:
        answered = paper.rencana.tugas_tambahan.tidak_ada or not asks_duties(katalog)
        rows.append(_nothing("tidak ada tugas tambahan" if answered else "belum dijawab"))
    return rows


def _against_rapor(indikator: str, school: PrintSchool) -> str:
    """What the Rapor Pendidikan says of the chosen indicator."""
    levels = {level.id: level.label for level in school.katalog.rapor.capaian}
    level = school.rapor.capaian.get(indikator, "")
    told = f"Rapor Pendidikan: {levels.get(level, level)}" if level else ""
    if told and indikator in recommendations(school.rapor, school.katalog):
        return f"{told}, direkomendasikan"
    return told


def _nothing(text: str) -> Row:
    return (cell(NOTHING, centred=True), cell(text), cell(""))


def _conduct(paper: PlanPaper, school: PrintSchool) -> list[Row]:
    rows: list[Row] = [full_row("Perilaku kerja", 3)]
    chosen = set(paper.rencana.perilaku_kerja.indikator)
    for number, value in enumerate(school.katalog.perilaku, 1):
        lines = tuple(Line(item.label, mark="tick") for item in value.indikator if f"{value.id}/{item.id}" in chosen)
        rows.append((cell(str(number), centred=True), Cell(lines or (Line(NOTHING),)), cell(value.label)))
    return rows


def _warnings(paper: PlanPaper) -> tuple[Block, ...]:
    """What the checks say of the plan; that the teacher has not confirmed it yet is what the page is for."""
    told = [m for m in paper.masalah if not m.kode.startswith((*WINDOW, "belum-dikonfirmasi", "cara-", "tanggal-konfirmasi"))]
    if not told:
        return ()
    return (paragraph(Line("Catatan pemeriksaan", bold=True), *(Line(m.pesan, mark="bullet") for m in told)),)
