"""Words that attack (issue 3, point 7), from a server, tampered records, names of files and the environment."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from pathlib import Path

import pytest

from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from tests.faults.conftest import Banyak
from tests.faults.input.cases import PERIODE, SAAT, Komputer
from tests.faults.input.in_process import jalan
from tests.faults.input.outputs import BERSURAT, aman, nip, semua, terbaca
from tests.faults.input.payloads import SERANGAN, banjir, jujur, serang, terlarang
from tests.faults.input.villain import Penjahat, Sikap, penjahat

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="file names and time zones as Linux has them")


@pytest.mark.parametrize("sikap", ["terima", "tolak", "rumit", "bentrok"])
def test_server(k: Komputer, sikap: Sikap, banyak: Banyak) -> None:
    """School, roster, rapor, catalogue, receipts, rejection notes, status and problem details of a server."""
    with penjahat() as jahat:
        k.env |= {"PMM_TUI_SERVER": jahat.url, "PMM_TUI_TOKEN": "token-rahasia-1"}
        jahat.sikap = sikap
        mulai = ["terima", "tolak", "rumit", "bentrok"].index(sikap) * 11
        for geser in range(mulai, mulai + banyak(1, len(SERANGAN))):
            jahat.geser = geser
            _satu_putaran(k, jahat)
        aman(jalan(k, "kirim", "--json"))
    (catatan,) = k.data.glob("*.ndjson")
    assert terlarang(catatan.read_text("utf-8")) == []


def _satu_putaran(k: Komputer, jahat: Penjahat) -> None:
    for bentuk in ((), ("--json",)):
        said = jalan(k, "tarik", *bentuk)
        aman(said)
        assert said.kode in (0, 1), said.err
    for bentuk in ((), ("--json",)):
        with Store.open(k.basis) as store:
            siti = next(p for p in store.roster.all() if p.nip == "198507142010012012")
            draf = store.drafts.get(siti.id, PERIODE)
            assert draf is not None
            store.outbox.seal(siti, PERIODE, draf.rencana, draf.suntingan, SAAT)
        said = jalan(k, "kirim", *bentuk)
        aman(said)
        assert said.kode in (0, 1, 5)
    found = semua(k)
    assert len(jujur(found["daftar"].out)) > 60
    aman(jalan(k, "daftar", "--periode", PERIODE))


def test_records_that_were_tampered_with(k: Komputer) -> None:
    """What somebody wrote into the database behind our back, uncleaned, is still printed, listed and exported without harm."""
    raw = [nama for nama in BERSURAT if banjir(SERANGAN[nama]) <= 3]
    with Store.open(k.basis) as store:
        store.roster.write(
            Pegawai(
                nama=serang(nama, n),
                nip=nip(n),
                jenis_ptk=serang(nama, n),
                status_kepegawaian=serang(nama, n),
                golongan=serang(nama, n),
            )
            for n, nama in enumerate(raw)
        )
    found = semua(k)
    terbaca(found, "daftar", {f"Kata{n}" for n in range(len(raw))})
    assert jalan(k, "rencana", "ekspor", "--semua", "--ke", k.kerja / "e").kode == 0
    for path in (k.kerja / "e").iterdir():
        assert re.fullmatch(r"\d{4}-[a-z0-9-]{1,41}_?-2026\.toml", path.name)
        assert terlarang(path.read_text("utf-8")) == []
        assert tomllib.loads(path.read_text("utf-8"))["periode"] == PERIODE


@pytest.mark.parametrize("json_", [(), ("--json",)], ids=["teks", "json"])
def test_names_of_files(k: Komputer, json_: tuple[str, ...], banyak: Banyak) -> None:
    """A file's name, an argument and a path in the environment are said in one line each, whatever they hold."""
    for n, nama in list(enumerate(SERANGAN))[banyak(len(json_), 0) :: banyak(3, 1)]:
        name = serang(nama, n).replace("/", "-").replace("\0", "")
        name = os.fsdecode(name.encode("utf-8", "surrogateescape" if nama == "surogat-byte" else "replace")[:200])
        path = k.kerja / name
        path.write_text("Nama;NIP\nAni;1\n")
        perintah: list[tuple[int, tuple[str | Path, ...]]] = [
            (2, ("rencana", "impor", path)),
            (1, ("daftar", "--config", path)),
            (2, ("ajukan", name)),
            (9, ("rencana", "ekspor", "--semua", "--ke", path)),
            (1, (name,)),
        ]
        if n % banyak(25, 1) == 0:  # starts a process
            perintah.append((4, ("impor", path)))
        for baris, argv in perintah:
            said = jalan(k, *argv, *json_)
            aman(said, baris=99 if json_ else baris)
            assert jujur(said.semua) >= {f"Kata{n}"}, said


def test_environment(k: Komputer, banyak: Banyak) -> None:
    """Paths, terminal and language of the environment, as `diagnosa` and `lokasi` tell them."""
    separuh = (("diagnosa",), ("lokasi", "--json")), (("diagnosa", "--json"), ("lokasi",))
    for n, nama in enumerate(SERANGAN):
        isi = os.fsdecode(serang(nama, n).replace("\0", "").encode("utf-8", "replace")[:180])
        k.env |= {"TERM": isi, "LANG": isi, "NO_COLOR": isi, "PMM_TUI_DATA": str(k.home / isi.replace("/", "-"))}
        for argv in (*separuh[n % 2], *separuh[1 - n % 2])[: banyak(2, 4)]:
            said = jalan(k, *argv)
            aman(said, baris=120)
            assert f"Kata{n}" in jujur(said.out)


def test_nothing_is_exported_as_a_spreadsheet() -> None:
    """No part of the program writes CSV or a workbook; whoever adds that has to keep cells from being formulas (CWE-1236)."""
    import pmm_tui

    assert pmm_tui.__file__
    code = "\n".join(path.read_text("utf-8") for path in Path(pmm_tui.__file__).parent.rglob("*.py"))
    assert re.findall(r"csv\.(?:writer|DictWriter)|openpyxl|xlsxwriter|text/csv", code) == []
