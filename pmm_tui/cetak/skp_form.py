"""The SKP on paper, kuantitatif or kualitatif, with its Lampiran; the columns have the proportions of the public templates."""

from __future__ import annotations

from collections.abc import Sequence

from pmm_tui.cetak.document import (
    NOTHING,
    Block,
    Cell,
    Document,
    Heading,
    Line,
    PageBreak,
    Row,
    Sides,
    Sign,
    Signatures,
    Table,
    cell,
    full_row,
    heading_row,
)
from pmm_tui.cetak.subject import (
    BLANK,
    PlanPaper,
    PrintSchool,
    WorkResult,
    draft_notice,
    extra_results,
    footer_of,
    head_post,
    is_pppk,
    main_results,
    number_label,
    post,
    rank,
    rater_of,
    receipt_code,
)

HEAD_WIDTHS = (4, 16, 30, 4, 16, 30)
QUANTITATIVE_WIDTHS = (4, 24, 26, 12, 22, 12)
QUALITATIVE_WIDTHS = (5, 95)
CONDUCT_WIDTHS = (5, 60, 35)
ATTACHMENT = ("DUKUNGAN SUMBER DAYA", "SKEMA PERTANGGUNGJAWABAN", "KONSEKUENSI")
_EMPTY_LINES = 4
_MEASURED_BY = "Ukuran keberhasilan / Indikator Kinerja Individu, dan Target:"


def skp_document(paper: PlanPaper, school: PrintSchool, *, qualitative: bool = False, landscape: bool = False) -> Document:
    """The SKP of one teacher."""
    approach = "KUALITATIF" if qualitative else "KUANTITATIF"
    sides = Sides(school.sekolah.nama.upper() or BLANK, f"PERIODE PENILAIAN: {school.span}")
    body = _qualitative if qualitative else _quantitative
    signed = _signatures(paper, school)
    blocks: tuple[Block, ...] = (
        draft_notice(paper, school),
        Heading(
            (
                "SASARAN KINERJA PEGAWAI",
                f"PENDEKATAN HASIL KERJA {approach}",
                "BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL",
            )
        ),
        sides,
        people_table(paper, school),
        body(main_results(paper, school.katalog), extra_results(paper, school.katalog)),
        _conduct(paper, school),
        signed,
        *receipt_code(paper, school),
        PageBreak(),
        draft_notice(paper, school),
        Heading(("LAMPIRAN SASARAN KINERJA PEGAWAI",)),
        sides,
        _attachment(),
        signed,
    )
    return Document(
        f"SKP {paper.pegawai.nama}, {school.label}", blocks, school.watermark, footer_of(paper, school), landscape=landscape
    )


def people_table(paper: PlanPaper, school: PrintSchool) -> Table:
    """Who is rated and who rates, side by side."""
    rater, teacher = rater_of(paper, school), paper.pegawai
    label = number_label(teacher, school.katalog)
    rank_label = "GOLONGAN" if is_pppk(teacher, school.katalog) else "PANGKAT/GOL. RUANG"
    own = (
        ("NAMA", teacher.nama.upper() or NOTHING),
        (label, teacher.nip or NOTHING),
        (rank_label, rank(paper, school.katalog).upper()),
        ("JABATAN", post(paper, school).upper()),
        ("UNIT KERJA", school.sekolah.nama.upper() or BLANK),
    )
    theirs = (
        ("NAMA", rater.name.upper()),
        ("NIP", rater.number),
        ("PANGKAT/GOL. RUANG", rater.rank.upper()),
        ("JABATAN", rater.post.upper()),
        ("UNIT KERJA", rater.unit.upper()),
    )
    titles = (("NO", 1), ("PEGAWAI YANG DINILAI", 2), ("NO", 1), ("PEJABAT PENILAI KINERJA", 2))
    head = tuple(cell(text, span=span, bold=True, centred=True, shaded=True) for text, span in titles)
    rows = [
        (cell(str(n), centred=True), cell(left), cell(value), cell(str(n), centred=True), cell(right), cell(other))
        for n, ((left, value), (right, other)) in enumerate(zip(own, theirs, strict=True), 1)
    ]
    return Table(HEAD_WIDTHS, (head, *rows))


def _quantitative(main: Sequence[WorkResult], extra: Sequence[WorkResult]) -> Table:
    head = heading_row(
        "NO",
        "RENCANA HASIL KERJA PIMPINAN YANG DIINTERVENSI",
        "RENCANA HASIL KERJA",
        "ASPEK",
        "INDIKATOR KINERJA INDIVIDU",
        "TARGET",
    )
    rows: list[Row] = [full_row("HASIL KERJA", 6), head]
    for title, results in (("A. UTAMA", main), ("B. TAMBAHAN", extra)):
        rows.append(full_row(title, 6))
        rows += [_quantity(n, result) for n, result in enumerate(results, 1)] or [_none(6)]
    return Table(QUANTITATIVE_WIDTHS, tuple(rows), head=2)


def _quantity(number: int, result: WorkResult) -> Row:
    sentence = cell(result.sentence, *filter(None, (result.note,)))
    return (
        cell(str(number), centred=True),
        cell(NOTHING, centred=True),  # the head's own RHK is not known here
        sentence,
        cell("Kuantitas"),
        cell(result.indikator),
        cell(result.target, centred=True),
    )


def _none(columns: int) -> Row:
    return (cell(NOTHING, centred=True), *(cell("") for _ in range(columns - 1)))


def _qualitative(main: Sequence[WorkResult], extra: Sequence[WorkResult]) -> Table:
    rows: list[Row] = [full_row("HASIL KERJA", 2)]
    for title, results in (("A. UTAMA", main), ("B. TAMBAHAN", extra)):
        rows.append(full_row(title, 2))
        for number, result in enumerate(results, 1):
            assigned = f"(Penugasan dari: {result.note or NOTHING})"
            measures = [f"{result.indikator}: {result.target}", *([f"Bukti: {result.bukti}"] if result.bukti else [])]
            rows += [
                (cell(f"{number}.", centred=True), cell(result.sentence, assigned)),
                (cell(""), cell(Line(_MEASURED_BY, bold=True), *_list(measures))),
            ]
        if not results:
            rows.append(_none(2))
    return Table(QUALITATIVE_WIDTHS, tuple(rows), head=1)


def _list(texts: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(text, mark="bullet") for text in texts)


def _conduct(paper: PlanPaper, school: PrintSchool) -> Table:
    rows: list[Row] = [full_row("PERILAKU KERJA", 3)]
    for number, value in enumerate(school.katalog.perilaku, 1):
        expected = paper.expectations.get(value.id, "")
        rows.append(
            (
                cell(str(number), centred=True),
                Cell((Line(value.label, bold=True), *conduct_lines(paper, value.id, school))),
                cell("Ekspektasi Khusus Pimpinan:", *filter(None, (expected,))),
            )
        )
    return Table(CONDUCT_WIDTHS, tuple(rows), head=1)


def conduct_lines(paper: PlanPaper, value_id: str, school: PrintSchool) -> tuple[Line, ...]:
    """The indikator perilaku of a value; one that was chosen has a tick and says so."""
    value = next(v for v in school.katalog.perilaku if v.id == value_id)
    chosen = set(paper.rencana.perilaku_kerja.indikator)
    return tuple(
        Line(f"{item.label} (dipilih)", mark="tick") if f"{value.id}/{item.id}" in chosen else Line(item.label, mark="bullet")
        for item in value.indikator
    )


def _signatures(paper: PlanPaper, school: PrintSchool) -> Signatures:
    rater, teacher = rater_of(paper, school), paper.pegawai
    number = f"{number_label(teacher, school.katalog)}. {teacher.nip or NOTHING}"
    place = f"{'.' * 18}, {'.' * 22}"
    return Signatures(
        Sign(("", "Pegawai yang Dinilai,"), teacher.nama, number),
        Sign((place, "Pejabat Penilai Kinerja,"), rater.name, f"NIP. {rater.number}"),
    )


def head_signature(school: PrintSchool) -> Sign:
    """Where the head signs a list of the school."""
    head = school.sekolah.kepala_sekolah
    place = f"{'.' * 18}, {'.' * 22}"
    return Sign((place, f"{head_post(school.sekolah)},"), head.nama or BLANK, f"NIP. {head.nip or BLANK}")


def _attachment() -> Table:
    rows: list[Row] = []
    for title in ATTACHMENT:
        rows.append(full_row(title, 2))
        rows += [(cell(f"{n}.", centred=True), cell("")) for n in range(1, _EMPTY_LINES + 1)]
    return Table(QUALITATIVE_WIDTHS, tuple(rows), height=9)
