"""What can be written on the command line to import teachers."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Any


def add_import(commands: Any, command: Callable[..., argparse.ArgumentParser], complete: Mapping[str, str]) -> None:
    """Add `impor`; `command` adds one command with its common options, `complete` says how a shell completes a file."""
    impor = command(
        commands, "impor", "ambil daftar guru dari berkas (XLSX, XLS, CSV) atau Dapodik itu sendiri", "impor", of="pjcu"
    )
    file = impor.add_argument("berkas", metavar="BERKAS", nargs="?", default="", help="berkas Daftar Guru")
    file.complete = complete  # type: ignore[attr-defined]
    web = (
        "ambil langsung dari aplikasi Dapodik (Web Service) di komputer ini atau di jaringan sekolah; tanpa URL: "
        "http://localhost:5774. Tokennya dari berkas token-dapodik di folder konfigurasi atau PMM_TUI_DAPODIK_TOKEN"
    )
    impor.add_argument("--dapodik", metavar="URL", nargs="?", const="", default=None, help=web)
    impor.add_argument("--npsn", metavar="NPSN", default="", help="NPSN sekolah untuk --dapodik (bawaan: sekolah yang diatur)")
    head = "dengan --dapodik: pakai kepala sekolah menurut Dapodik di Pengaturan, tanpa bertanya"
    impor.add_argument("--ambil-kepala", action="store_true", help=head)
    bones = "tulis hanya kerangkanya: judul kolom dan bentuk isi, tanpa nama dan nomor; untuk melaporkan berkas yang tidak terbaca"
    skeleton = impor.add_argument("--kerangka", metavar="KE", nargs="?", const="-", default=None, help=bones)
    skeleton.complete = complete  # type: ignore[attr-defined]
    sheets = 'baca lembar ini saja; boleh diulang; "semua": setiap lembar yang berisi guru'
    impor.add_argument("--lembar", metavar="NAMA", action="append", default=[], help=sheets)
    answers = (
        "jawab baris: sama (orang yang sama, perbarui), lewati (orang lain), berkas (pakai isi berkas), ambil (masih mengajar, "
        "atau tanpa nomor); boleh diulang"
    )
    impor.add_argument("--putuskan", metavar="BARIS=JAWABAN", action="append", default=[], help=answers)
    columns = 'isi kolom berjudul itu, misalnya "Kode Pegawai=nip"; abaikan: jangan dibaca; otomatis: lupakan; boleh diulang'
    impor.add_argument("--kolom", metavar="JUDUL=ISIAN", action="append", default=[], help=columns)
    refused = "tulis baris yang ditolak dan alasannya ke berkas .xlsx baru, untuk diperbaiki dan diimpor lagi"
    impor.add_argument("--tolak-ke", metavar="BERKAS", help=refused)
    impor.add_argument(
        "--tanpa-nomor", action="store_true", help="tambahkan juga guru yang tidak punya NIP, NUPTK dan tanggal lahir"
    )
