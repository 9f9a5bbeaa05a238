"""`pmm-tui rencana impor`: plans from TOML files, kept as drafts and judged as on the screen."""

from __future__ import annotations

import argparse
from pathlib import Path

from msgspec import Struct, structs

from pmm_tui.cli.context import Konteks
from pmm_tui.cli.in_force import Berlaku
from pmm_tui.cli.listing import masalah_json, masalah_lines
from pmm_tui.errors import InputError, PmmError, StorageError
from pmm_tui.shapes.bounded_file import read_text
from pmm_tui.shapes.toml_text import parse_toml
from pmm_tui.skp.model import Masalah, Pegawai, Rangkuman, RencanaKinerja
from pmm_tui.skp.periksa import periksa
from pmm_tui.skp.plan_file import PegawaiBerkas, baca_berkas, menurut_katalog
from pmm_tui.store import Store

MAX_BYTES = 1024 * 1024


class Terbaca(Struct, frozen=True, kw_only=True):
    """What became of one file: `hasil` is `baru`, `diperbarui`, `sama` or `ditolak`."""

    berkas: str
    hasil: str
    id: int = 0
    nama: str = ""
    sebab: str = ""
    masalah: tuple[Masalah, ...] = ()


def impor(args: argparse.Namespace, konteks: Konteks) -> int:
    """Read the files; exit code 1 when one was refused or a plan still has problems that stop it."""
    with konteks.open_store() as store:
        konteks.berlaku(store)  # what is wrong with configuration or catalogue is no fault of a file
        results = [_one(Path(name), store, konteks, dry=args.uji_coba) for name in args.berkas]
    ditolak = sum(r.hasil == "ditolak" for r in results)
    if args.json:
        konteks.out.document({"uji_coba": args.uji_coba, "berkas": [_as_json(r) for r in results]})
    else:
        for r in results:
            konteks.out.line(f"{r.berkas}: {r.hasil}{f', {r.nama}' if r.nama else ''}{f'. {r.sebab}' if r.sebab else ''}")
            for line in masalah_lines(r.masalah):
                konteks.out.line(line)
        lebih = " (uji coba: tidak ada yang disimpan)" if args.uji_coba else ""
        konteks.out.say(f"{len(results) - ditolak} rencana terbaca, {ditolak} berkas ditolak{lebih}.")
    return int(ditolak > 0 or any(m.halang for r in results for m in r.masalah))


def _one(path: Path, store: Store, konteks: Konteks, *, dry: bool) -> Terbaca:
    try:
        return _store(path, store, konteks, dry=dry)
    except StorageError:
        raise  # the disk would fail the next file as well
    except PmmError as error:
        return Terbaca(berkas=str(path), hasil="ditolak", sebab=error.sentence.removeprefix(f"{path.name}: "))


def _store(path: Path, store: Store, konteks: Konteks, *, dry: bool) -> Terbaca:
    text = _text(path)
    periode = parse_toml(text, path.name).get("periode", "")
    berlaku = konteks.berlaku(store, str(periode))
    isi = baca_berkas(text, path.name, berlaku.katalog)
    pegawai = _teacher(isi.pegawai, store, path.name)
    draf = store.drafts.get(pegawai.id, isi.periode)
    lama = draf.rencana if draf else None
    rencana, catatan = _confirmed(menurut_katalog(isi.rencana, berlaku.katalog), lama)
    hasil = "sama" if rencana == (lama or RencanaKinerja()) else "diperbarui" if draf else "baru"
    if hasil != "sama" and not dry:
        store.drafts.save(pegawai.id, isi.periode, rencana, (draf.suntingan if draf else 0) + 1, konteks.now())
    masalah = _judged(rencana, pegawai, berlaku, konteks) if draf or hasil != "sama" else ()
    return Terbaca(berkas=str(path), hasil=hasil, id=pegawai.id, nama=pegawai.nama, sebab=catatan, masalah=masalah)


def _judged(rencana: RencanaKinerja, pegawai: Pegawai, berlaku: Berlaku, konteks: Konteks) -> tuple[Masalah, ...]:
    jenjang = berlaku.sekolah.jenjang
    return periksa(rencana, pegawai, berlaku.periode.id, berlaku.katalog, jenjang=jenjang, hari_ini=konteks.today())


def _confirmed(rencana: RencanaKinerja, lama: RencanaKinerja | None) -> tuple[RencanaKinerja, str]:
    """Take the teacher's confirmation back when the content is another than what was confirmed, as an edit on the screen does."""
    if lama is None or rencana == lama or not (lama.rangkuman.dikonfirmasi_guru and rencana.rangkuman.dikonfirmasi_guru):
        return rencana, ""
    return (
        structs.replace(rencana, rangkuman=Rangkuman()),
        "Isinya berubah sejak dikonfirmasi; minta guru membacanya lagi.",
    )


def _text(path: Path) -> str:
    return read_text(
        path,
        MAX_BYTES,
        InputError,
        unreadable=lambda why: f"Tidak dapat dibaca ({why}); periksa nama dan tempat berkasnya.",
        too_large=f"Lebih besar dari {MAX_BYTES // 1024} kB; pilih berkas rencana, yang jauh lebih kecil.",
        not_utf8=lambda line: f"Baris {line} bukan teks UTF-8; simpan ulang berkas itu sebagai UTF-8.",
    )


def _teacher(named: PegawaiBerkas, store: Store, apa: str) -> Pegawai:
    """The teacher of the roster whom a file names, by NIP and NUPTK, which must agree, else by the name alone."""
    found = {p.id: p for key in (named.nip, named.nuptk) if key for p in store.roster.find(key)}
    if not (named.nip or named.nuptk):
        wanted = named.nama.casefold()
        found = {p.id: p for p in store.roster.all() if p.nama.casefold() == wanted}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise InputError(f"{apa}: [pegawai] cocok dengan {len(found)} guru; tulis NIP atau NUPTK yang benar.")
    raise InputError(f"{apa}: guru ini tidak ada di daftar; periksa NIP atau NUPTK, atau impor dulu daftar gurunya.")


def _as_json(r: Terbaca) -> dict[str, object]:
    return {
        "berkas": r.berkas,
        "hasil": r.hasil,
        "id": r.id,
        "nama": r.nama,
        "sebab": r.sebab,
        "masalah": masalah_json(r.masalah),
    }
