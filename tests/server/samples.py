"""The examples of docs/protocol.md, made by the real server: `python -m tests.server.samples` writes them into the page anew."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from pmm_tui.server.limits import Limits
from pmm_tui.skp.decision import SealedDecision, seal_decision
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import NDJSON, EnvelopePegawai, digest
from tests.server.sample_school import NIP, OTHER_NIP, RunningServer, SampleSchool, envelope

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"
BLOCK = re.compile(r"(<!-- contoh: ([a-z0-9-]+) -->\n)(.*?)(<!-- /contoh -->)", re.DOTALL)
_SHOWN = (
    "content-type",
    "content-encoding",
    "etag",
    "cache-control",
    "accept-encoding",
    "allow",
    "retry-after",
    "www-authenticate",
)
_CHANCE = (
    (re.compile(r"[KR]-[0-9A-Z]{4}-[0-9A-Z]{4}"), "TANDA"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), "WAKTU"),
    (re.compile(r'(?<=")[0-9a-f]{1,12}-[0-9a-f]{8}(?=")|(?<=sesudah=)[0-9a-f]{1,12}-[0-9a-f]{8}'), "PENANDA"),
    (re.compile(r'W/"[\w-]{8}"'), "ETAG"),
    (re.compile(r'(?<="versi": ")[\w-]{8}(?=")'), "VERSI"),
    (re.compile(r'(?<=["/])[0-9a-hjkmnp-tv-z]{12}(?=["/\n ])'), "ID"),
    (re.compile(r'"npsn": "\d{8}"'), "NPSN"),
    (re.compile(r'"periode": "20\d\d(-\d)?"'), "PERIODE"),  # the running one, by today's date
    (re.compile(r"(?<=retry-after: )\d+|coba lagi \d+ detik"), "DETIK"),
)
_LONGEST_LIST = 1  # members of a list in the catalogue's example


def without_chance(text: str) -> str:
    """The text with everything that chance and the clock decide made equal."""
    for pattern, word in _CHANCE:
        text = pattern.sub(word, text)
    return text


def make_examples(folder: Path) -> dict[str, str]:
    """Run the exchanges against a fresh server; return the text of each block by name."""
    teacher = (Pegawai(nama="Budi Santoso, S.Pd.", nip=NIP, status_kepegawaian="PNS", jenis_ptk="Guru Mapel", golongan="III/c"),)
    running = RunningServer(folder / "satu")
    full = RunningServer(folder / "penuh", Limits(write_places=0))
    sekolah, full_school = (SampleSchool(server.url, server.database, teacher) for server in (running, full))
    try:
        return _run(sekolah) | {"penuh": _tell(full_school.http, "POST", "/v1/rencana", content=envelope({"nip": NIP}), quiet=True)}
    finally:
        for school, server in ((sekolah, running), (full_school, full)):
            school.close()
            server.stop()


def _run(sekolah: SampleSchool) -> dict[str, str]:
    http, kepala = sekolah.http, sekolah.kepala
    (id,) = sekolah.ids().values()
    with httpx.Client(base_url=http.base_url, trust_env=False) as nobody:
        told = {"status": _tell(nobody, "GET", "/v1/status")}
    for name, path in (("sekolah", "/v1/sekolah"), ("pegawai", "/v1/pegawai"), ("rapor", "/v1/rapor/2026")):
        told[name] = _tell(http, "GET", path)
    told["katalog"] = _tell(http, "GET", "/v1/katalog/2026", shorten=True)
    tag = http.get("/v1/rapor/2026").headers["etag"]
    told["etag"] = _tell(http, "GET", "/v1/rapor/2026", headers={"If-None-Match": tag})
    first = envelope({"nip": NIP, "nama": "Budi Santoso, S.Pd."})
    second = envelope({"nip": OTHER_NIP, "nama": "Ni Luh Ayu"}, rangkuman={})
    ndjson = {"Content-Type": NDJSON}
    told["kirim"] = _tell(http, "POST", "/v1/rencana", content=b"\n".join([first, second, b'{"pegawai":']) + b"\n", headers=ndjson)
    told["sudah-ada"] = _tell(http, "POST", "/v1/rencana", content=first + b"\n", headers=ndjson, quiet=True)
    other = first.replace(b'"target":2', b'"target":3')
    told["bentrok"] = _tell(http, "POST", "/v1/rencana", content=other + b"\n", headers=ndjson, quiet=True)
    told["perubahan"] = _tell(http, "GET", "/v1/rencana")
    cursor = http.get("/v1/rencana").json()["cursor"]
    told["perubahan-kosong"] = _tell(http, "GET", f"/v1/rencana?sesudah={cursor}")
    told["rencana"] = _tell(http, "GET", f"/v1/rencana/2026/{id}")
    path = f"/v1/rencana/2026/{id}/keputusan"
    told["keputusan"] = _tell(kepala, "POST", path, content=_decision(1))
    told["keputusan-lama"] = _tell(kepala, "POST", path, content=_decision(7))
    sealed, on_it = _sealed(first, dasar="k7m2p9qx4t1"), _sealed(first, dasar="")
    told["putuskan"] = _tell(kepala, "POST", "/v1/keputusan", content=sealed + b"\n", headers=ndjson)
    told["putuskan-bentrok"] = _tell(kepala, "POST", "/v1/keputusan", content=on_it + b"\n", headers=ndjson, quiet=True)
    told["riwayat"] = _tell(http, "GET", f"/v1/rencana/2026/{id}/riwayat")
    told["token"] = _tell(http, "GET", "/v1/sekolah", headers={"Authorization": "Bearer salah"})
    told["peran"] = _tell(http, "POST", path, content=_decision(1))
    told["metode"] = _tell(http, "DELETE", "/v1/rencana")
    told["pengodean"] = _tell(http, "POST", "/v1/rencana", content=b"...", headers={"Content-Encoding": "zstd"})
    return told


def _decision(revisi: int) -> bytes:
    told = {"id": f"k7m2p9qx4t{revisi}", "revisi": revisi, "keputusan": "kembalikan", "catatan": "Tambah satu RHK."}
    return json.dumps(told).encode()


def _sealed(read: bytes, dasar: str) -> bytes:
    decision = SealedDecision(
        id="k7m2p9qx4t" + ("a" if dasar else "b"),
        pegawai=EnvelopePegawai(nip=NIP),
        periode="2026",
        revisi=1,
        dibaca=digest(read)[:8],
        dasar=dasar,
        keputusan="setujui",
        catatan="Sudah baik." if dasar else "",
        ekspektasi={"kompeten": "Berbagi praktik baik di KKG."} if dasar else {},
    )
    return seal_decision(decision)


def _tell(http: httpx.Client, method: str, path: str, *, shorten: bool = False, quiet: bool = False, **options: Any) -> str:
    """One exchange as text; `quiet` leaves the request's body out."""
    answer = http.request(method, path, **options)
    asked = [f"{method} {path} HTTP/1.1"]
    if "authorization" in answer.request.headers:
        asked.append("Authorization: Bearer TOKEN")
    asked += [f"{name}: {value}" for name, value in options.get("headers", {}).items() if name != "Authorization"]
    body = options.get("content", b"").decode().rstrip("\n")
    if body and not quiet:
        asked += ["", body]
    said = [f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}"]
    said += [f"{name}: {answer.headers[name]}" for name in _SHOWN if name in answer.headers]
    if answer.content:
        value = answer.json()
        said += ["", json.dumps(_shortened(value) if shorten else value, indent=2, ensure_ascii=False)]
    return "".join(f"```http\n{block}\n```\n" for block in ("\n".join(asked), "\n".join(said)))


def _shortened(value: Any) -> Any:
    if isinstance(value, list):
        return [_shortened(item) for item in value[:_LONGEST_LIST]]
    if isinstance(value, dict):
        return {name: _shortened(item) for name, item in value.items()}
    return value


def filled_in(page: str, examples: dict[str, str]) -> str:
    """The page with each block's text replaced; raises KeyError for a block without an example."""

    def fill(found: re.Match[str]) -> str:
        return found[1] + examples[found[2]] + found[4]

    replace: Callable[[re.Match[str]], str] = fill
    return BLOCK.sub(replace, page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        made = make_examples(Path(temporary))
    PAGE.write_text(filled_in(PAGE.read_text("utf-8"), made), "utf-8")
