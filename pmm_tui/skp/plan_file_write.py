"""A plan as a TOML file that a person can read and edit: writing it, with the choices there are beside each section."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_sasaran import asks_duties
from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.model import CONFIRMED_BY, MAX_TARGET, RHK, Pegawai, RencanaKinerja, Tugas
from pmm_tui.skp.nip import grouped
from pmm_tui.skp.rangkuman import points_range, rhk_sentence
from pmm_tui.text import clean

VERSION = 1
"""Of this file's shape."""


def write_plan_file(pegawai: Pegawai, periode: str, rencana: RencanaKinerja, katalog: Katalog, jenjang: str) -> str:
    """Return the file's text; `read_plan_file` gives the same plan back.

    `jenjang` is the kind of school, whose tugas tambahan are listed (empty: all). Raises ShapeError for a period that the
    catalogue does not have.
    """
    skema, katalog = katalog.skema_periode(periode), katalog.for_jenis_ptk(pegawai.jenis_ptk)
    known = katalog.find_periode(periode)
    label = known.label if known else periode
    parts = (
        _head(pegawai, periode, label, skema),
        _data_diri(rencana, katalog),
        _praktik(rencana, katalog, skema),
        _kompetensi(rencana, katalog, skema),
        _tugas(rencana, katalog, jenjang),
        _perilaku(rencana, katalog, skema),
        _rangkuman(rencana),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(pegawai: Pegawai, periode: str, label: str, skema: Skema) -> Iterator[str]:
    yield f"# Perencanaan Kinerja (SKP) {_comment(label)}, {_comment(skema.label)}"
    yield f"# {_comment(pegawai.nama)}{f', NIP {grouped(pegawai.nip)}' if pegawai.nip else ''}"
    yield "#"
    yield "# Baris yang diawali # adalah keterangan. Ubah isinya dengan penyunting teks apa saja, lalu:"
    yield "#   pmm-tui rencana impor BERKAS"
    yield "# Pilihan ditulis dengan id-nya (huruf kecil dan tanda hubung); labelnya juga boleh."
    yield ""
    yield f"versi = {VERSION}"
    yield f"periode = {_string(periode)}"
    yield ""
    yield "[pegawai] # milik siapa rencana ini; dikenali dari NIP atau NUPTK"
    for name in ("nama", "nip", "nuptk"):
        yield f"{name} = {_string(getattr(pegawai, name))}"


def _data_diri(rencana: RencanaKinerja, katalog: Katalog) -> Iterator[str]:
    diri = rencana.data_diri
    yield ""
    yield "[data_diri]"
    yield '# golongan: "III/a" sampai "IV/e", atau golongan PPPK seperti "IX"; kosong: menurut Dapodik'
    yield from _choices("jenjang_jabatan (kosong: menurut Dapodik)", ((j.id, j.label) for j in katalog.jenjang_jabatan))
    yield f"golongan = {_string(diri.golongan)}"
    yield f"jenjang_jabatan = {_string(diri.jenjang_jabatan)}"
    yield f"sesuai = {_bool(diri.sesuai)} # true: data sudah sesuai"
    yield ""
    yield "[rapor_pendidikan]"
    yield f"dimengerti = {_bool(rencana.rapor_pendidikan.dimengerti)} # true: Rapor Pendidikan sudah dibaca"


def _praktik(rencana: RencanaKinerja, katalog: Katalog, skema: Skema) -> Iterator[str]:
    yield ""
    yield "[praktik_pembelajaran]"
    yield from _choices(
        f"indikator, pilih {_how_many(skema.indikator_min, skema.indikator_maks)}",
        ((i.id, i.label) for i in katalog.indikator),
    )
    yield from _list("indikator", rencana.praktik_pembelajaran.indikator, {i.id: i.label for i in katalog.indikator})


def _kompetensi(rencana: RencanaKinerja, katalog: Katalog, skema: Skema) -> Iterator[str]:
    yield ""
    yield "[pengembangan_kompetensi]"
    if skema.poin_dipakai:
        yield f"# Jumlah poin (poin x target) yang dianjurkan: {points_range(skema)}"
    offered = (k for k in katalog.kompetensi if k.aktif)
    yield from _choices(
        "kompetensi, pilih paling sedikit satu",
        ((k.id, f"{k.peran} [{k.satuan}{f', {k.poin} poin' if skema.poin_dipakai else ''}]") for k in offered),
    )
    if katalog.kompetensi_umum.izinkan_rhk_bebas:
        poin = " dan poin" if skema.poin_dipakai else ""
        yield f"# RHK di luar katalog: tanpa kompetensi; isi uraian, satuan, bukti{poin}."
    yield f"# target: banyaknya satuan, 1 sampai {MAX_TARGET}"
    for rhk in rencana.pengembangan_kompetensi.rhk:
        yield from _rhk(rhk, katalog, skema)


def _rhk(rhk: RHK, katalog: Katalog, skema: Skema) -> Iterator[str]:
    yield ""
    yield "[[pengembangan_kompetensi.rhk]]"
    if rhk.kompetensi:
        yield f"kompetensi = {_string(rhk.kompetensi)} # {_comment(rhk_sentence(rhk, katalog))}"
    yield f"target = {rhk.target}"
    for name in ("uraian", "satuan", "bukti"):
        if getattr(rhk, name) or not rhk.kompetensi:
            yield f"{name} = {_string(getattr(rhk, name))}"
    if rhk.poin or (skema.poin_dipakai and not rhk.kompetensi):
        yield f"poin = {rhk.poin} # poin satu satuan"


def _tugas(rencana: RencanaKinerja, katalog: Katalog, jenjang: str) -> Iterator[str]:
    section = rencana.tugas_tambahan
    labels = {t.id: t.label for t in katalog.tugas_tambahan}
    yield ""
    yield "[tugas_tambahan]"
    yield f"tidak_ada = {_bool(section.tidak_ada)} # true: memang tidak ada tugas tambahan"
    if asks_duties(katalog):
        yield "# Bila ada, satu tabel [[tugas_tambahan.tugas]] untuk setiap tugas: tugas, nomor_sk, tanggal_sk (2026-01-31)"
        yield from _choices("tugas", ((t.id, t.label) for t in katalog.tugas_jenjang(jenjang)))
    else:
        yield "# Rencana ini tidak memuat tugas tambahan; biarkan kosong."
    for tugas in section.tugas:
        yield from _one_tugas(tugas, labels.get(tugas.tugas, ""))


def _one_tugas(tugas: Tugas, label: str) -> Iterator[str]:
    yield ""
    yield "[[tugas_tambahan.tugas]]"
    yield f"tugas = {_string(tugas.tugas)}{f' # {_comment(label)}' if label else ''}"
    yield f"nomor_sk = {_string(tugas.nomor_sk)}"
    yield f"tanggal_sk = {_string(tugas.tanggal_sk)}"


def _perilaku(rencana: RencanaKinerja, katalog: Katalog, skema: Skema) -> Iterator[str]:
    labels = {f"{p.id}/{b.id}": b.label for p in katalog.perilaku for b in p.indikator}
    how_many = _how_many(skema.perilaku_per_nilai_min, skema.perilaku_per_nilai_maks)
    yield ""
    yield "[perilaku_kerja]"
    yield f"# Dari setiap nilai pilih {how_many}; nilai yang harus terisi: {skema.perilaku_nilai_min}"
    for perilaku in katalog.perilaku:
        yield from _choices(perilaku.label, ((f"{perilaku.id}/{b.id}", b.label) for b in perilaku.indikator))
    yield from _list("indikator", rencana.perilaku_kerja.indikator, labels)


def _rangkuman(rencana: RencanaKinerja) -> Iterator[str]:
    yield ""
    yield "[rangkuman]"
    said = rencana.rangkuman
    yield f"dikonfirmasi_guru = {_bool(said.dikonfirmasi_guru)} # true: guru sudah membaca dan menyetujui rencana ini"
    if said.cara or said.tanggal:  # what was confirmed before they were asked for has neither
        ways = ", ".join(f"{cara} ({_comment(words)})" for cara, words in CONFIRMED_BY.items())
        yield f"cara = {_string(said.cara)} # {ways}"
        yield f"tanggal = {_string(said.tanggal)} # hari guru mengonfirmasi"


def _choices(heading: str, choices: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"# {_comment(heading)}:"
    for item_id, label in choices:
        yield f"#   {item_id}  ({_comment(label)})"


def _list(key: str, chosen: Iterable[str], labels: dict[str, str]) -> Iterator[str]:
    items = list(chosen)
    if not items:
        yield f"{key} = []"
        return
    yield f"{key} = ["
    for item_id in items:
        label = f" # {_comment(labels[item_id])}" if item_id in labels else ""
        yield f"  {_string(item_id)},{label}"
    yield "]"


def _how_many(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} sampai {most}"


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _string(text: str) -> str:
    """A basic string. JSON's escapes are TOML's, but not for what lies beyond four hex digits, and JSON leaves much unescaped.

    What does not print is escaped too: a person who looks at the file in a terminal must not be steered by it.
    """
    plain = json.dumps(text, ensure_ascii=False)
    return plain if plain.isprintable() else "".join(letter if letter.isprintable() else _escape(letter) for letter in plain)


def _escape(letter: str) -> str:
    number = ord(letter)
    if 0xD800 <= number <= 0xDFFF:  # half a character: TOML has no way to write it
        return "?"
    return f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"


def _comment(text: str) -> str:
    """Text for a comment, which must not reach the next line."""
    return clean(text)
