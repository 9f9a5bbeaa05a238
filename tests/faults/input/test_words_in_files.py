"""Words that attack (issue 3, point 7), in files: what a roster, a plan, a catalogue or a configuration holds goes out harmless."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import tomli_w

from tests.dapodik import write_grid
from tests.faults.conftest import Banyak
from tests.faults.input.cases import Komputer, rencana_toml
from tests.faults.input.in_process import jalan
from tests.faults.input.katalog_cases import asli
from tests.faults.input.outputs import BERSURAT, aman, ekspor, nip, semua, terbaca
from tests.faults.input.payloads import jujur, serang

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="time zones as Linux has them")


@pytest.mark.parametrize("berkas", ["csv", "xlsx"])
def test_roster_file(k: Komputer, berkas: str) -> None:
    """Names and labels of a roster file: each teacher is taken or refused with a reason, and listed by the honest letters."""
    judul = ["Nama", "NIP", "Status Kepegawaian", "Jenis PTK", "Tugas Tambahan", "Pangkat Golongan"]
    rows = [[serang(nama, n), nip(n), *(serang(nama, 500 + n) for _ in range(4))] for n, nama in enumerate(BERSURAT)]
    path = k.kerja / f"guru.{berkas}"
    if berkas == "csv":
        kept = [row for row in rows if "\0" not in row[0] and len(row[0]) < 4000]
        sel = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in kept]
        path.write_bytes("\n".join(";".join(row) for row in [judul, *sel]).encode())
    else:
        kept = [row for row in rows if len(row[0]) < 3000]
        write_grid(path, [judul, *([_xml(cell) for cell in row] for row in kept)])
    for bentuk in (("--uji-coba",), ("--uji-coba", "--json"), ()):
        said = jalan(k, "impor", path, *bentuk)
        aman(said)
        assert {f"Kata{rows.index(row)}" for row in kept} <= jujur(said.semua), said.err
    ditolak = {int(baris) for baris in re.findall(r"baris (\d+) ditolak", said.out)}
    masuk = {f"Kata{rows.index(row)}" for at, row in enumerate(kept, 2) if at not in ditolak}
    assert len(masuk) > 80
    terbaca(semua(k), "daftar", masuk)


def _xml(cell: str) -> str:
    """A cell as Excel writes control characters: `_x001B_`."""
    return re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", cell)


def test_plan_file(k: Komputer, banyak: Banyak) -> None:
    """Texts of a plan file come back from `periksa`, from an export and from the export of the export, the same and safe."""
    isi = tomllib.loads(rencana_toml())
    batch = [BERSURAT[at : at + 12] for at in range(0, len(BERSURAT), 12)]
    for number, names in enumerate(batch):
        names = (names + batch[0])[:12]
        isi["pengembangan_kompetensi"]["rhk"] = [
            {"target": 1, "uraian": serang(nama, n), "satuan": serang(nama, 100 + n), "bukti": serang(nama, 200 + n)}
            for n, nama in enumerate(names)
        ]
        isi["tugas_tambahan"]["tugas"] = [
            {"tugas": "wali-kelas", "nomor_sk": serang(names[0], 300), "tanggal_sk": serang(names[1], 301)}
        ]
        isi["data_diri"]["golongan"] = serang(names[2], 302)
        path = k.tulis("rencana.toml", tomli_w.dumps(isi))
        for bentuk in ((), ("--json",)):
            said = jalan(k, "rencana", "impor", path, *bentuk)
            aman(said)
            assert said.kode in (0, 1)
            assert "ditolak. " not in said.out
        if number % banyak(3, 1) == 0:
            semua(k)
        texts = [ekspor(k, f"e{at}") for at in range(2)]
        assert texts[0] == texts[1]
        assert {f"Kata{n}" for n in range(len(names))} <= jujur(texts[0])


def test_catalogue_and_configuration(k: Komputer, banyak: Banyak) -> None:
    """Labels of a catalogue file, and the school and its head in the configuration."""
    for geser in range(banyak(2, len(BERSURAT))):
        katalog = json.loads(json.dumps(asli(), default=str))
        for number, (kunci, nama) in enumerate(_label(katalog)):
            kunci[nama] = serang(BERSURAT[(number + geser * 31) % len(BERSURAT)], number)[:590]
        pola = BERSURAT[geser]
        katalog["praktik"]["rhk_pola"] = f"{{indikator}} {serang(pola, 900)[:500]}"
        k.config.with_name("k.toml").write_text(_tanggal(tomli_w.dumps(katalog)), "utf-8")
        sekolah = {"nama": serang(pola, 901)[:300], "jenjang": serang(pola, 902)[:300]}
        kepala = {"nama": serang(pola, 903)[:300], "pangkat": serang(pola, 904)[:300]}
        k.konfigurasi(tomli_w.dumps({"katalog": "k.toml", "sekolah": {**sekolah, "kepala_sekolah": kepala}}))
        found = semua(k)
        assert {said.kode for said in found.values()} <= {0, 1}, found["daftar"].err
        assert "Kata" in found["daftar"].err  # the period's label
        aman(jalan(k, "daftar", "--periode", serang(pola, 1)))
        ekspor(k, "e")


def _label(isi: Any) -> Iterator[tuple[dict[str, Any], str]]:
    if isinstance(isi, dict):
        for key, value in isi.items():
            if isinstance(value, str) and key in (
                "label",
                "peran",
                "satuan",
                "catatan",
                "bukti",
                "pangkat",
                "dimensi_label",
                "rhk_awalan",
            ):
                yield isi, key
            elif key != "impor_dapodik":
                yield from _label(value)
    elif isinstance(isi, list):
        for item in isi:
            yield from _label(item)


def _tanggal(text: str) -> str:
    return re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", text)
