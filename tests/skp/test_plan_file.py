"""A plan as a TOML file: what is written is read back, and what a person writes is understood or refused with its line."""

from __future__ import annotations

import tomllib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_tables import Item
from pmm_tui.skp.model import (
    RHK,
    SECTION_NAMES,
    DataDiri,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    RaporPendidikan,
    RencanaKinerja,
    Tugas,
    TugasTambahan,
)
from pmm_tui.skp.plan_file import in_katalog_order, read_plan_file, write_plan_file
from pmm_tui.text import clean

KATALOG = bundled()
SITI = Pegawai(id=7, nama="Siti O'Neil, S.Pd. [x] “ñ”", nip="198507142010011012", nuptk="1234767660300456")

ids = st.one_of(
    st.sampled_from([i.id for i in KATALOG.indikator]),
    st.sampled_from([t.id for t in KATALOG.tugas_tambahan]),
    st.from_regex(r"id-[a-z0-9]{1,8}", fullmatch=True),
)
words = st.text(max_size=40).map(lambda text: clean(text, lines=True))
numbers = st.integers(-(2**40), 2**40)
plans = st.builds(
    RencanaKinerja,
    data_diri=st.builds(DataDiri, golongan=words, jenjang_jabatan=st.sampled_from(["", "ahli-muda"]), sesuai=st.booleans()),
    rapor_pendidikan=st.builds(RaporPendidikan, dimengerti=st.booleans()),
    praktik_pembelajaran=st.builds(PraktikPembelajaran, indikator=st.lists(ids, max_size=3).map(tuple)),
    pengembangan_kompetensi=st.builds(
        PengembanganKompetensi,
        rhk=st.lists(
            st.builds(
                RHK,
                kompetensi=st.one_of(st.just(""), st.sampled_from([k.id for k in KATALOG.kompetensi]), ids),
                target=numbers,
                uraian=words,
                satuan=words,
                bukti=words,
                poin=numbers,
            ),
            max_size=4,
        ).map(tuple),
    ),
    tugas_tambahan=st.builds(
        TugasTambahan,
        tidak_ada=st.booleans(),
        tugas=st.lists(st.builds(Tugas, tugas=ids, nomor_sk=words, tanggal_sk=words), max_size=3).map(tuple),
    ),
    perilaku_kerja=st.builds(
        PerilakuKerja,
        indikator=st.lists(st.sampled_from([f"{p.id}/{b.id}" for p in KATALOG.perilaku for b in p.indikator]), max_size=8).map(
            tuple
        ),
    ),
    rangkuman=st.builds(Rangkuman, dikonfirmasi_guru=st.booleans(), cara=words, tanggal=words),
)


@given(plans, words, st.sampled_from([p.id for p in KATALOG.periode]), st.sampled_from(["", "SMP", "SD"]))
@settings(deadline=None)
def test_what_is_written_is_read_back_exactly(rencana: RencanaKinerja, name: str, periode: str, jenjang: str) -> None:
    """Any plan, whatever stands in its texts, comes back the same, with its teacher and period."""
    pegawai = msgspec.structs.replace(SITI, nama=name)
    content = read_plan_file(write_plan_file(pegawai, periode, rencana, KATALOG, jenjang), "r.toml", KATALOG)
    assert content.rencana == rencana
    assert (content.pegawai.nama, content.pegawai.nip, content.pegawai.nuptk) == (name, pegawai.nip, pegawai.nuptk)
    assert content.periode == periode


def _full(periode: str = "2024-1") -> str:
    rencana = RencanaKinerja(
        praktik_pembelajaran=PraktikPembelajaran(indikator=("aktivitas-interaktif",)),
        pengembangan_kompetensi=PengembanganKompetensi(
            rhk=(RHK(kompetensi="peserta-pelatihan-mandiri", target=4), RHK(uraian="Menulis buku", satuan="buku", poin=8))
        ),
        tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="421/7", tanggal_sk="2024-01-05"),)),
        perilaku_kerja=PerilakuKerja(indikator=("harmonis/suka-menolong",)),
    )
    return write_plan_file(SITI, periode, rencana, KATALOG, "SMP")


def test_every_section_is_a_table_of_its_own_name() -> None:
    """The file's tables are the plan's sections, by their one name."""
    assert set(tomllib.loads(_full())) == {"versi", "periode", "pegawai", *SECTION_NAMES.values()}


def test_choices_stand_beside_their_section() -> None:
    """The comments name every choice that the school has, by id and label, and what the written ids mean."""
    text = _full()
    for indikator in KATALOG.indikator:
        assert f"#   {indikator.id}  ({indikator.label})" in text
    for tugas in KATALOG.tugas_tambahan:
        assert (f"#   {tugas.id}  (" in text) == (tugas in KATALOG.tugas_jenjang("SMP"))
    assert '"harmonis/suka-menolong", # Suka menolong orang lain' in text
    assert "8 poin" in text


def test_a_scheme_without_points_speaks_of_none() -> None:
    """In a period without points the file mentions none, below the scheme's own name; points that are there all the same stay."""
    free = RHK(uraian="Menulis buku", satuan="buku")
    rencana = RencanaKinerja(pengembangan_kompetensi=PengembanganKompetensi(rhk=(free,)))
    assert "poin" not in write_plan_file(SITI, "2026", rencana, KATALOG, "").partition("\n")[2]
    with_points = RencanaKinerja(pengembangan_kompetensi=PengembanganKompetensi(rhk=(msgspec.structs.replace(free, poin=3),)))
    assert read_plan_file(write_plan_file(SITI, "2026", with_points, KATALOG, ""), "r", KATALOG).rencana == with_points


def test_a_name_cannot_write_into_the_file() -> None:
    """Line breaks and quotes in a name or label stay inside their string and their comment."""
    evil = Pegawai(nama='x"\n[rangkuman]\ndikonfirmasi_guru = true\n#', nip=SITI.nip)
    katalog = msgspec.structs.replace(KATALOG, komponen=(*KATALOG.komponen, Item(id="k", label="a\nversi = 9")))
    text = write_plan_file(evil, "2026", RencanaKinerja(), katalog, "")
    content = read_plan_file(text, "r.toml", KATALOG)
    assert not content.rencana.rangkuman.dikonfirmasi_guru
    assert content.pegawai.nama == evil.nama


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"aktivitas-interaktif"', '"  aktivitas   INTERAKTIF. "'),
        ('"wali-kelas"', '"Wali Kelas"'),
        ('"harmonis/suka-menolong"', '"Suka menolong orang lain"'),
        ('"harmonis/suka-menolong"', '"Harmonis/Suka menolong orang lain"'),
        ('"harmonis/suka-menolong"', '"suka-menolong"'),
        (
            '"peserta-pelatihan-mandiri"',
            '"Peserta pelatihan mandiri sesuai model kompetensi Guru, Kepala Sekolah, dan/atau pengawas sekolah"',
        ),
        (
            '"peserta-pelatihan-mandiri"',
            '"Meningkatnya kompetensi melalui peran sebagai peserta pelatihan mandiri sesuai model kompetensi Guru, '
            'Kepala Sekolah, dan/atau pengawas sekolah"',
        ),
        ('"2024-01-05"', "2024-01-05"),
        ('"198507142010011012"', '"19850714 201001 1 012"'),
    ],
)
def test_what_people_write_is_understood(old: str, new: str) -> None:
    """A label in any case and spacing, a bare TOML date and a NIP with spaces mean what the file's own way means."""
    text = _full()
    assert old in text
    assert read_plan_file(text.replace(old, new), "r.toml", KATALOG) == read_plan_file(text, "r.toml", KATALOG)


def test_a_label_that_two_choices_have_is_left_as_it_is() -> None:
    """Where a label could mean two choices nothing is guessed; the plan's own check then names the place."""
    double = msgspec.structs.replace(
        KATALOG,
        indikator=(*KATALOG.indikator, msgspec.structs.replace(KATALOG.indikator[0], id="kembar", label="Aktivitas Interaktif")),
    )
    text = _full().replace('"aktivitas-interaktif"', '"Aktivitas Interaktif"')
    assert read_plan_file(text, "r.toml", double).rencana.praktik_pembelajaran.indikator == ("Aktivitas Interaktif",)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("target = 4", "targt = 4", ('"pengembangan_kompetensi.rhk[0].targt"', '"target"')),
        ("[rangkuman]", "[rangkumn]", ('"rangkumn"', '"rangkuman"')),
        ("target = 4", 'target = "4"', ("pengembangan_kompetensi.rhk[0].target", "bilangan bulat")),
        ("target = 1\n", "target = 1.5\n", ("pengembangan_kompetensi.rhk[1].target", "bilangan bulat")),
        ("sesuai = false", 'sesuai = "ya"', ("data_diri.sesuai", "true atau false")),
        ('tugas = "wali-kelas"', "", ("tugas_tambahan.tugas[0]", '"tugas" belum ada')),
        ('periode = "2024-1"', 'periode = "2024-3"', ('"2024-3"', "Mungkin maksudnya")),
        ('nip = "198507142010011012"', "nip = 198507142010011012", ("pegawai.nip", "harus teks")),
        ("versi = 1", "versi = 2", ("lebih baru",)),
        ("[data_diri]", "[data_diri", ("TOML",)),
    ],
)
def test_a_mistake_is_told_with_its_line_and_key(old: str, new: str, parts: tuple[str, ...]) -> None:
    """What cannot be read is refused with one sentence: the file, the line where it stands, the key."""
    text = _full()
    assert text.count(old) == 1
    with pytest.raises(ShapeError) as caught:
        read_plan_file(text.replace(old, new), "r.toml", KATALOG)
    said = caught.value.sentence
    for part in parts:
        assert part in said
    if "baris" in said:
        line = int(said.split("baris ")[1].split()[0].rstrip(":"))
        wanted = text[: text.index(old)].count("\n") + 1
        assert line in (wanted, wanted - 1), said  # a missing key is told at the head of its table
    else:
        assert "versi" in said
    assert "\n" not in said


@pytest.mark.parametrize(
    "text", ["", "versi = 1", "= 1", "a = [" * 2000, 'versi = 1\nperiode = "2026"\n[pegawai]\n', "x" * 100_000]
)
def test_what_is_no_plan_is_refused(text: str) -> None:
    """Files that say too little, or nothing that is TOML, are refused with one sentence."""
    with pytest.raises(ShapeError) as caught:
        read_plan_file(text, "r.toml", KATALOG)
    assert caught.value.sentence.startswith("r.toml: ")
    assert len(caught.value.sentence) < 500


def test_indicators_come_in_the_catalogues_order() -> None:
    """However a person ordered them, the chosen indicators stand in the catalogue's order afterwards, unknown ones last."""
    first, second = (f"{KATALOG.perilaku[0].id}/{item.id}" for item in KATALOG.perilaku[0].indikator[:2])
    rencana = RencanaKinerja(perilaku_kerja=PerilakuKerja(indikator=("asing/x", second, first)))
    assert in_katalog_order(rencana, KATALOG).perilaku_kerja.indikator == (first, second, "asing/x")


def test_how_and_when_the_teacher_confirmed_can_be_written() -> None:
    """A date may be one of TOML's own; what was confirmed before these were asked for is written as it was."""
    said = Rangkuman(dikonfirmasi_guru=True, cara="kertas", tanggal="2026-01-09")
    text = write_plan_file(SITI, "2026", RencanaKinerja(rangkuman=said), KATALOG, "SMP")
    assert 'cara = "kertas" # layar (dibaca di layar), kertas (paraf di kertas), pesan (lewat pesan/WhatsApp)' in text
    for written in (text, text.replace('"2026-01-09"', "2026-01-09")):
        assert read_plan_file(written, "x.toml", KATALOG).rencana.rangkuman == said
    old = write_plan_file(SITI, "2026", RencanaKinerja(rangkuman=Rangkuman(dikonfirmasi_guru=True)), KATALOG, "SMP")
    assert "cara =" not in old
    assert text.replace("\n".join(text.splitlines()[-2:]) + "\n", "") == old


@pytest.mark.parametrize("periode", ["2025", "2026"])
@pytest.mark.parametrize("label", ["Koordinator PKB/PKG", "Koordinator pengembangan kompetensi", "koordinator-pkb"])
def test_a_tugas_may_be_written_by_its_name_of_any_time(periode: str, label: str) -> None:
    """The old and the new label mean the one id, in a plan of before and in one of today; the file shows that of its time."""
    katalog = KATALOG.for_periode(periode)
    plan = RencanaKinerja(tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="koordinator-pkb"),)))
    text = write_plan_file(SITI, periode, plan, katalog, "SMP")
    its = {"2025": "Koordinator PKB/PKG", "2026": "Koordinator pengembangan kompetensi"}[periode]
    assert f'tugas = "koordinator-pkb" # {its}\n' in text
    found = read_plan_file(text.replace('tugas = "koordinator-pkb"', f'tugas = "{label}"'), "a.toml", katalog)
    assert found.rencana == plan
