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
from tests.faults.conftest import Count
from tests.faults.input.cases import Computer, rencana_toml
from tests.faults.input.in_process import run_program
from tests.faults.input.katalog_cases import original
from tests.faults.input.outputs import TEXTS, every, export_plans, nip, readable, safe
from tests.faults.input.payloads import attack, honest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="time zones as Linux has them")


@pytest.mark.parametrize("file", ["csv", "xlsx"])
def test_roster_file(k: Computer, file: str) -> None:
    """Names and labels of a roster file: each teacher is taken or refused with a reason, and listed by the honest letters."""
    headings = ["Nama", "NIP", "Status Kepegawaian", "Jenis PTK", "Tugas Tambahan", "Pangkat Golongan"]
    rows = [[attack(name, n), nip(n), *(attack(name, 500 + n) for _ in range(4))] for n, name in enumerate(TEXTS)]
    path = k.work / f"guru.{file}"
    if file == "csv":
        kept = [row for row in rows if "\0" not in row[0] and len(row[0]) < 4000]
        cell = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in kept]
        path.write_bytes("\n".join(";".join(row) for row in [headings, *cell]).encode())
    else:
        kept = [row for row in rows if len(row[0]) < 3000]
        write_grid(path, [headings, *([_xml(cell) for cell in row] for row in kept)])
    for options in (("--uji-coba",), ("--uji-coba", "--json"), ()):
        said = run_program(k, "impor", path, *options)
        safe(said)
        assert {f"Kata{rows.index(row)}" for row in kept} <= honest(said.everything), said.err
    rejected = {int(row) for row in re.findall(r"baris (\d+) ditolak", said.out)}
    entered = {f"Kata{rows.index(row)}" for at, row in enumerate(kept, 2) if at not in rejected}
    assert len(entered) > 80
    readable(every(k), "daftar", entered)


def _xml(cell: str) -> str:
    """A cell as Excel writes control characters: `_x001B_`."""
    return re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", cell)


def test_plan_file(k: Computer, many: Count) -> None:
    """Texts of a plan file come back from `periksa`, from an export and from the export of the export, the same and safe."""
    content = tomllib.loads(rencana_toml())
    batches = [TEXTS[at : at + 12] for at in range(0, len(TEXTS), 12)]
    for number, names in enumerate(batches):
        names = (names + batches[0])[:12]
        content["pengembangan_kompetensi"]["rhk"] = [
            {"target": 1, "uraian": attack(name, n), "satuan": attack(name, 100 + n), "bukti": attack(name, 200 + n)}
            for n, name in enumerate(names)
        ]
        content["tugas_tambahan"]["tugas"] = [
            {"tugas": "wali-kelas", "nomor_sk": attack(names[0], 300), "tanggal_sk": attack(names[1], 301)}
        ]
        content["data_diri"]["golongan"] = attack(names[2], 302)
        path = k.write("rencana.toml", tomli_w.dumps(content))
        for options in ((), ("--json",)):
            said = run_program(k, "rencana", "impor", path, *options)
            safe(said)
            assert said.code in (0, 1)
            assert "ditolak. " not in said.out
        if number % many(3, 1) == 0:
            every(k)
        texts = [export_plans(k, f"e{at}") for at in range(2)]
        assert texts[0] == texts[1]
        assert {f"Kata{n}" for n in range(len(names))} <= honest(texts[0])


def test_catalogue_and_configuration(k: Computer, many: Count) -> None:
    """Labels of a catalogue file, and the school and its head in the configuration."""
    for step in range(many(2, len(TEXTS))):
        katalog = json.loads(json.dumps(original(), default=str))
        for number, (key, name) in enumerate(_labels(katalog)):
            key[name] = attack(TEXTS[(number + step * 31) % len(TEXTS)], number)[:590]
        pattern = TEXTS[step]
        katalog["praktik"]["rhk_pola"] = f"{{indikator}} {attack(pattern, 900)[:500]}"
        k.config.with_name("k.toml").write_text(_dates(tomli_w.dumps(katalog)), "utf-8")
        sekolah = {"nama": attack(pattern, 901)[:300], "jenjang": attack(pattern, 902)[:300]}
        kepala = {"nama": attack(pattern, 903)[:300], "pangkat": attack(pattern, 904)[:300]}
        k.configuration(tomli_w.dumps({"katalog": "k.toml", "sekolah": {**sekolah, "kepala_sekolah": kepala}}))
        found = every(k)
        assert {said.code for said in found.values()} <= {0, 1}, found["daftar"].err
        assert "Kata" in found["daftar"].err  # the period's label
        safe(run_program(k, "daftar", "--periode", attack(pattern, 1)))
        export_plans(k, "e")


def _labels(content: Any) -> Iterator[tuple[dict[str, Any], str]]:
    if isinstance(content, dict):
        for key, value in content.items():
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
                yield content, key
            elif key != "impor_dapodik":
                yield from _labels(value)
    elif isinstance(content, list):
        for item in content:
            yield from _labels(item)


def _dates(text: str) -> str:
    return re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", text)
