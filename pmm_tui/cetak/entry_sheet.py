"""The sheet to read from while a plan is typed into e-Kinerja BKN: its values in the order of that site's screens."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pmm_tui.cetak.document import (
    NOTHING,
    Block,
    Document,
    Heading,
    Line,
    Row,
    Sides,
    Table,
    cell,
    full_row,
    heading_row,
    paragraph,
)
from pmm_tui.cetak.subject import (
    PlanPaper,
    PrintSchool,
    WorkResult,
    draft_notice,
    extra_results,
    footer_of,
    main_results,
    number_label,
    post,
    rank,
    rater_of,
)
from pmm_tui.dates import long_date
from pmm_tui.text import clean

WIDTHS = (5, 30, 65)


class Step(Struct, frozen=True):
    """A screen of e-Kinerja: its title and the fields on it, each with the value to be typed or checked."""

    title: str
    fields: tuple[tuple[str, str], ...]


def steps(paper: PlanPaper, school: PrintSchool, *, qualitative: bool = False) -> Iterator[Step]:
    """The screens in the order in which they are filled in."""
    rater, teacher = rater_of(paper, school), paper.pegawai
    own = (
        ("Nama", teacher.nama),
        (number_label(teacher, school.katalog), teacher.nip or NOTHING),
        ("Pangkat/Gol. ruang", rank(paper, school.katalog)),
        ("Jabatan", post(paper, school)),
    )
    yield Step("1. Masuk; periksa profil", (*own, ("Unit kerja harus", school.sekolah.nama or NOTHING)))
    periode = school.katalog.find_periode(school.periode)
    first, last = (long_date(periode.mulai), long_date(periode.selesai)) if periode else (NOTHING, NOTHING)
    approach = "Kualitatif" if qualitative else "Kuantitatif"
    yield Step(
        "2. Setting Periode SKP (setahun penuh, bukan bulanan)",
        (("Periode Awal", first), ("Periode Akhir", last), ("Pendekatan", approach)),
    )
    yield Step(
        "3. Sasaran Kinerja Pegawai: periksa pejabat penilai",
        (("Nama", rater.name), ("NIP", rater.number), ("Jabatan", rater.post), ("Unit kerja", rater.unit)),
    )
    main, extra = main_results(paper, school.katalog), extra_results(paper, school.katalog)
    every = [("Utama", result) for result in main] + [("Tambahan", result) for result in extra]
    for number, (kind, result) in enumerate(every, 1):
        yield _result(number, len(every), kind, result)
    if not every:
        yield Step("4. Tambah rencana hasil kerja", (("Rencana Hasil Kerja", "belum ada isinya"),))
    said = tuple((value.label, text) for value in school.katalog.perilaku if (text := paper.expectations.get(value.id, "")))
    yield Step("6. Perilaku kerja", said or (("Ekspektasi Khusus Pimpinan", "diisi atasan"),))
    rest = "Dukungan sumber daya, skema pertanggungjawaban, konsekuensi"
    yield Step("7. Lampiran", ((rest, "menurut kesepakatan dengan atasan"),))
    yield Step("8. Ajukan SKP", (("Sesudah semua baris di atas dicentang", "tekan Ajukan SKP, lalu beri tahu atasan"),))


def _result(number: int, every: int, kind: str, result: WorkResult) -> Step:
    assigned = (("Penugasan dari", result.note),) if result.note else ()
    return Step(
        f"4–5. Tambah rencana hasil kerja dan indikatornya ({number} dari {every})",
        (
            ("Jenis", kind),
            ("RHK pimpinan yang diintervensi", "pilih dari daftar atasan"),
            ("Rencana Hasil Kerja", result.sentence),
            *assigned,
            ("Aspek", "Kuantitas"),
            ("Indikator Kinerja Individu", result.indikator),
            ("Target", result.target),
        ),
    )


def entry_sheet(paper: PlanPaper, school: PrintSchool, *, qualitative: bool = False) -> Document:
    """The sheet of one teacher, each value in a box of its own with a tick box before it."""
    rows: list[Row] = [heading_row("", "Isian", "Nilai")]
    for step in steps(paper, school, qualitative=qualitative):
        rows.append(full_row(step.title, 3))
        rows += [(cell(Line("", mark="box"), centred=True), cell(name), cell(value)) for name, value in step.fields]
    blocks: tuple[Block, ...] = (
        draft_notice(paper, school),
        Heading(("LEMBAR ISIAN E-KINERJA BKN",)),
        Sides(paper.pegawai.nama, f"Periode {school.label}"),
        paragraph(
            Line("Sebelum mulai, periksa dua hal:", bold=True),
            Line("pejabat penilai (atasan) di profil e-Kinerja sudah benar", mark="box"),
            Line("unit kerja di profil e-Kinerja sudah benar", mark="box"),
            "SKP kepala sekolah harus ada lebih dulu, agar RHK pimpinan dapat dipilih.",
        ),
        Table(WIDTHS, tuple(rows), head=1, dense=True),
    )
    return Document(
        f"Lembar isian e-Kinerja {paper.pegawai.nama}, {school.label}", blocks, school.watermark, footer_of(paper, school)
    )


def copy_text(paper: PlanPaper, school: PrintSchool, *, qualitative: bool = False) -> str:
    """The same as plain text to copy from: each value on one line of its own, never wrapped."""
    school, kind = school.of(paper.pegawai), "LATIHAN" if school.practice else "DRAF"
    lines = [f"{kind} - lembar isian e-Kinerja - {paper.pegawai.nama} - {school.label}"]
    for step in steps(paper, school, qualitative=qualitative):
        lines += ["", f"== {step.title}"]
        for name, value in step.fields:
            lines += ["", f"[{name}]", clean(value)]
    return "\n".join(lines) + "\n"
