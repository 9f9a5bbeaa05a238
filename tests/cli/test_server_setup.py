"""`pmm-tui server token` and `server sekolah` on a database file, without a running server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pmm_tui.cli.commands import server as command
from pmm_tui.locations import Locations
from tests.cli.conftest import Run

NPSN = "20512345"


def test_a_token_is_shown_once_and_listed_without_its_secret(run: Run, tmp_path: Path) -> None:
    """The token alone is on stdout; the list has school, role and times, in columns and as a document."""
    database = ("--database", tmp_path / "s.db")
    made = run("server", "token", "buat", "--npsn", NPSN, "--peran", "operator", "--berlaku", "30", *database)
    assert made.code == 0
    assert made.err == "Simpan token ini sekarang; tidak dapat ditampilkan lagi.\n"
    assert re.fullmatch(r"[\w-]{43}\n", made.out)
    run("server", "token", "buat", "--npsn", NPSN, "--peran", "kepala_sekolah", *database)
    listed = run("server", "token", "daftar", "--json", *database)
    assert made.out.strip() not in listed.out
    by_role = {token["peran"]: token for token in listed.json["token"]}
    assert set(by_role) == {"operator", "kepala_sekolah"}
    for token in by_role.values():
        assert set(token) == {"id", "npsn", "peran", "dibuat", "habis", "dicabut", "nama"}
        assert (token["npsn"], token["dicabut"]) == (NPSN, "")
    assert by_role["operator"]["habis"] > by_role["operator"]["dibuat"]
    assert by_role["kepala_sekolah"]["habis"] == ""
    head, *rows = run("server", "token", "daftar", *database).out.splitlines()
    assert head.split() == ["ID", "NPSN", "Peran", "Dibuat", "Habis", "Dicabut", "Nama"]
    told = {tuple(row.split()) for row in rows}
    assert told == {(t["id"], t["npsn"], t["peran"], t["dibuat"], t["habis"] or "-", "-", "-") for t in by_role.values()}


def test_a_token_is_revoked_by_its_id(run: Run, tmp_path: Path) -> None:
    """It says so, the list has the time, and an id that is none is refused."""
    database = ("--database", tmp_path / "s.db")
    run("server", "token", "buat", "--npsn", NPSN, "--peran", "operator", *database)
    (token,) = run("server", "token", "daftar", "--json", *database).json["token"]
    told = run("server", "token", "cabut", token["id"], *database)
    assert (told.code, told.out) == (0, "")
    assert told.err == "Token dicabut; permintaan berikutnya dengan token itu ditolak.\n"
    (token,) = run("server", "token", "daftar", "--json", *database).json["token"]
    assert token["dicabut"] >= token["dibuat"]
    unknown = run("server", "token", "cabut", "tidak-ada", *database)
    assert (unknown.code, unknown.out) == (1, "")
    assert unknown.err.count("\n") == 1


def test_without_a_database_named_it_is_the_data_folders(run: Run, places: Locations) -> None:
    """The server's database is beside the other data unless another is named."""
    assert run("server", "token", "buat", "--npsn", NPSN, "--peran", "operator").code == 0
    assert places.server_database.exists()


def test_a_school_is_loaded_from_its_profile(run: Run, tmp_path: Path) -> None:
    """Name, kind, head and results are taken; without teachers all counts are nought. A byte-order mark does not matter."""
    file = tmp_path / "sekolah.toml"
    file.write_text('nama = "SMP Ñuñez"\n[rapor."2026"]\ncapaian = {}\n', "utf-8-sig")
    database = ("--database", tmp_path / "s.db")
    told = run("server", "sekolah", "--npsn", f" {NPSN.lower()} ", "--profil", file, *database)
    assert (told.code, told.out) == (0, "")
    assert told.err == "Guru: 0 baru, 0 diperbarui, 0 sama, 0 ditolak.\n"
    assert "SMP Ñuñez".encode() in (tmp_path / "s.db").read_bytes()
    assert run("server", "sekolah", "--npsn", NPSN, *database).code == 0
    assert run("server", "sekolah", "--npsn", "12", *database).code == 1


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"#" * (command.MAX_PROFILE + 1), "lebih besar dari 256 kB; tunjuk profil sekolah yang benar dengan --profil."),
        ("nama = 'é'".encode("latin-1"), "bukan teks UTF-8; simpan ulang berkas itu sebagai UTF-8."),
        (None, "profil sekolah tidak dapat dibaca (tidak ada); periksa --profil."),
    ],
)
def test_a_profile_that_cannot_be_read(run: Run, tmp_path: Path, content: bytes | None, part: str) -> None:
    """Too large, not UTF-8, not there: a sentence each, with exit code 1, and no school is made."""
    file = tmp_path / "sekolah.toml"
    if content is not None:
        file.write_bytes(content)
    told = run("server", "sekolah", "--npsn", NPSN, "--profil", file, "--database", tmp_path / "s.db")
    assert (told.code, told.err) == (1, f"{file}: {part}\n")
    assert not (tmp_path / "s.db").exists()


def test_a_profile_of_just_the_most_is_read(run: Run, tmp_path: Path) -> None:
    """The limit itself is no fault."""
    file = tmp_path / "sekolah.toml"
    file.write_bytes(b"#" * command.MAX_PROFILE)
    assert run("server", "sekolah", "--npsn", NPSN, "--profil", file, "--database", tmp_path / "s.db").code == 0


@pytest.mark.parametrize(
    ("missing", "code", "part"), [("sqlalchemy.orm", 2, 'pip install "sqlalchemy'), ("json", 1, "paket json tidak ada")]
)
def test_what_is_not_installed_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, code: int, part: str
) -> None:
    """The server's packages are said to be installed with the extra; any other package is a broken installation."""

    def gone(*_: object, **__: object) -> str:
        raise ModuleNotFoundError(name=missing)

    monkeypatch.setattr("pmm_tui.server.tokens.create_token", gone)
    told = run("server", "token", "buat", "--npsn", NPSN, "--peran", "operator", "--database", tmp_path / "s.db")
    assert (told.code, told.out) == (code, "")
    assert part in told.err


def test_the_server_is_started_as_it_was_asked_to(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Address, port, database and certificates reach it; its address is the one line on stdout, what it tells is narration."""
    asked: dict[str, object] = {}

    def serve(*places: object, **more: object) -> None:
        asked.update(more, places=places)
        more["on_ready"]("http://127.0.0.1:1234")  # type: ignore[operator]
        more["log"]("GET /v1/status 200")  # type: ignore[operator]
        more["say"]("Tanpa TLS.")  # type: ignore[operator]

    monkeypatch.setattr("pmm_tui.server.serve.serve", serve)
    told = run(
        "server", "--port", "1234", "--alamat", "127.0.0.2", "--database", "x.db", "--tls-sertifikat", "a", "--tls-kunci", "b"
    )
    assert (told.code, told.out) == (0, "http://127.0.0.1:1234\n")
    assert told.err.splitlines() == ["Server siap; hentikan dengan Ctrl+C.", "GET /v1/status 200", "Tanpa TLS."]
    assert asked["places"] == ("127.0.0.2", 1234, "x.db")
    assert (asked["tls_certificate"], asked["tls_key"]) == (Path("a"), Path("b"))
    run("server")
    assert (asked["tls_certificate"], asked["tls_key"]) == (None, None)
    assert asked["places"][:2] == ("127.0.0.1", 8711)  # type: ignore[index]


def test_a_token_has_a_name(run: Run, tmp_path: Path) -> None:
    """What colleagues read beside a plan: cleaned, listed in both forms, and not longer than a line has room for."""
    database = ("--database", tmp_path / "s.db")
    make = ("server", "token", "buat", "--npsn", NPSN, "--peran", "operator", *database)
    assert run(*make, "--nama", " Laptop\u202e  TU ").code == 0
    assert [token["nama"] for token in run("server", "token", "daftar", "--json", *database).json["token"]] == ["Laptop TU"]
    assert "Laptop TU" in run("server", "token", "daftar", *database).out
    refused = run(*make, "--nama", "x" * 41)
    assert (refused.code, refused.out) == (1, "")
    assert "paling panjang 40 huruf" in refused.err
