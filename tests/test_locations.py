"""Where things are, files for their owner only, and names made of outside text."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.errors import StorageError, UsageError
from pmm_tui.file_names import slug
from pmm_tui.locations import expanded, locate, with_home, without_home
from pmm_tui.private_file import write_once, write_private

LONGEST = 2_000  # characters of a path
posix = pytest.mark.skipif(os.name != "posix", reason="mode bits and links")


def test_data_folder_follows_the_environment(tmp_path: Path) -> None:
    """PMM_TUI_DATA moves records, logs and exports; the configuration stays where the platform keeps it."""
    chosen = tmp_path / "pindah"
    moved, usual = locate({"PMM_TUI_DATA": str(chosen)}), locate({})
    assert moved.database.parent == chosen
    assert chosen in moved.log_folder.parents
    assert chosen in moved.export_folder.parents
    assert moved.config_file == usual.config_file
    assert chosen not in usual.database.parents
    assert Path.home() in usual.database.parents


def test_practice_has_a_folder_of_its_own() -> None:
    """In practice mode no file is one of the user's own."""
    own = locate({"PMM_TUI_DATA": "/data"})
    practice = own.for_practice()
    for name in ("config_file", "token_file", "database", "server_database", "log_folder", "export_folder", "report_folder"):
        assert getattr(own, name) != getattr(practice, name)
        assert own.data_folder in getattr(practice, name).parents


def test_looking_makes_nothing(tmp_path: Path) -> None:
    """To ask where things are makes no folder."""
    before = sorted(tmp_path.rglob("*"))
    locate({"PMM_TUI_DATA": str(tmp_path / "baru")}).for_practice()
    assert sorted(tmp_path.rglob("*")) == before


def test_no_home_folder_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a home folder is told which variable helps."""
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_a, **_k: Path("~/.config/pmm-tui"))
    with pytest.raises(UsageError, match="PMM_TUI_DATA"):
        locate({})


def test_reports_hide_the_users_name() -> None:
    """In what is passed on the home folder is `~`."""
    home = str(Path("/home/budi"))
    assert with_home(Path("/home/budi/a/b"), {"HOME": home}) == f"~{os.sep}{Path('a/b')}"
    assert with_home(Path("/srv/x"), {"HOME": home}) == str(Path("/srv/x"))


@posix
def test_new_files_never_follow_a_link(tmp_path: Path) -> None:
    """A link in a file's place is no way to write somewhere else: the new file is refused, the replaced one is replaced itself."""
    target = tmp_path / "sasaran"
    target.write_text("lama")
    link = tmp_path / "tautan"
    link.symlink_to(target)
    with pytest.raises(FileExistsError):
        write_once(link, b"baru")
    write_private(link, b"baru")
    assert target.read_text() == "lama"
    assert not link.is_symlink()
    assert stat.S_IMODE(link.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """Where a file stands in the folder's place the sentence names the path."""
    (tmp_path / "berkas").write_text("")
    for write in (write_private, write_once):
        with pytest.raises(StorageError) as caught:
            write(tmp_path / "berkas" / "x", b"")
        assert str(tmp_path / "berkas") in caught.value.sentence
        assert "kesalahan sistem" not in caught.value.sentence


def test_a_path_that_somebody_wrote_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The sign for the home folder and what is relative are put right; what no system takes is one sentence."""
    monkeypatch.chdir(tmp_path)
    assert expanded("a/b") == tmp_path / "a" / "b"
    assert expanded("~/x") == Path.home() / "x"
    assert expanded("/" + "x" * (LONGEST - 1)) == Path("/" + "x" * (LONGEST - 1))
    with pytest.raises(UsageError, match="jalurnya terlalu panjang") as caught:
        expanded("x" * (LONGEST + 1))
    assert len(caught.value.sentence.partition(":")[0]) == 60
    with pytest.raises(UsageError, match="pengguna itu tidak ada"):
        expanded("~tidakada/x")


def test_a_sentence_hides_the_users_name() -> None:
    """In every path of it, and nothing else; without a home folder it stays as it is."""
    home = str(Path("/home/siti"))
    sentence = f"{home}{os.sep}a: bukan {home}{os.sep}b, dan {home}x tetap."
    assert without_home(sentence, {"HOME": home}) == f"~{os.sep}a: bukan ~{os.sep}b, dan {home}x tetap."
    assert without_home(sentence, {"USERPROFILE": home + "/"}) == without_home(sentence, {"HOME": home})
    assert without_home(sentence, {"HOME": "/"}) == sentence


@pytest.mark.parametrize(("limit", "wanted"), [(40, "a" * 40), (5, "aaaaa")])
def test_a_slug_has_its_length(limit: int, wanted: str) -> None:
    """Cut where it is too long, without a hyphen at its end."""
    assert slug("a" * 60, limit) == wanted
    assert slug("a" * (limit - 1) + " b", limit) == "a" * (limit - 1)
    assert len(slug("a" * 60)) == 40


@given(st.text())
def test_a_slug_is_a_name_everywhere(text: str) -> None:
    """Whatever a name is, its slug is short lower-case ASCII without anything a system or shell reads."""
    found = slug(text)
    assert 0 < len(found) <= 41
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert found[0] not in "-_"
    assert slug(found.removesuffix("_")) == found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Siti O'Neil, S.Pd.", "siti-o-neil-s-pd"),
        ("Ñuñez/../é", "nunez-e"),
        ("CON", "con_"),
        ("Lpt1.", "lpt1_"),
        ("…", "tanpa-nama"),
        ("王", "tanpa-nama"),
    ],
)
def test_slugs(text: str, wanted: str) -> None:
    """Letters keep their base, devices of Windows get an underscore, and nothing left gets a name of its own."""
    assert slug(text) == wanted
