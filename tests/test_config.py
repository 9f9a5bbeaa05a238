"""The configuration file, the environment over it, and the server token."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmm_tui.config import (
    MAX_BYTES,
    MAX_TOKEN,
    Config,
    KepalaConfig,
    LookConfig,
    SekolahConfig,
    ServerConfig,
    config_path,
    parse_config,
    read_config,
    read_token,
    token_path,
    with_environment,
    write_config,
    write_token,
)
from pmm_tui.errors import ConfigError, StorageError
from pmm_tui.locations import locate

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"
posix = pytest.mark.skipif(os.name != "posix", reason="mode bits")


def refusal(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        parse_config(text, "config.toml")
    return caught.value.sentence


def test_example_is_the_defaults() -> None:
    """The example file, read as a configuration, is exactly the defaults."""
    assert read_config(EXAMPLE) == Config()


def _all_keys(of: type[msgspec.Struct]) -> set[str]:
    found = set()
    for field in msgspec.structs.fields(of):
        inner = field.type
        nested = isinstance(inner, type) and issubclass(inner, msgspec.Struct)
        found |= {f"{field.name}.{key}" for key in _all_keys(inner)} if nested else {field.name}
    return found


def test_example_lists_every_key_with_a_comment() -> None:
    """The example names every key of the configuration, each on a line with a comment."""

    def keys(table: dict[str, object], of: str = "") -> set[str]:
        return {
            full
            for key, value in table.items()
            for full in (keys(value, f"{of}{key}.") if isinstance(value, dict) and value else {f"{of}{key}"})
        }

    text = EXAMPLE.read_text("utf-8")
    assert keys(tomllib.loads(text)) == _all_keys(Config)
    for line in text.splitlines():
        if "=" in line.partition("#")[0]:
            assert line.partition("# ")[2].strip(), line


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('[server]\nurll = ""', ("baris 2", '"server.urll"', '"url"')),
        ('[servr]\nurl = ""', ('"servr"', '"server"')),
        ("zzz = 1", ('"zzz"', "Yang dikenal", "periode")),
        ('[sekolah.kepala_sekolah]\nnamaa = ""', ('"sekolah.kepala_sekolah.namaa"', '"nama"')),
    ],
)
def test_unknown_key_names_its_nearest(text: str, parts: tuple[str, ...]) -> None:
    """An unknown key is refused with file, line, key and the nearest known one."""
    said = refusal(text)
    assert said.startswith("config.toml: ")
    for part in parts:
        assert part in said


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[server]\nurl = 3", ("baris 2", "server.url", "harus teks", "bilangan bulat")),
        ("periode = 2026", ("baris 1", "periode", "harus teks")),
        ('[kirim]\nbatas_kb = "16"', ("kirim.batas_kb", "harus bilangan bulat", "teks")),
        ("[kirim]\n\nbatas_amplop = 0", ("baris 3", "kirim.batas_amplop", ">= 1")),
        ("[server]\nwaktu_tulis = 0", ("server.waktu_tulis", "> 0")),
        ("[server]\nwaktu_total = inf", ("server.waktu_total",)),
        ("[server]\nwaktu_total = nan", ("server.waktu_total",)),
        ('[tampilan]\ntema = "biru"', ("tampilan.tema", "gelap, terang, ansi")),
        ('[sekolah.kepala_sekolah]\nplt = "ya"', ("sekolah.kepala_sekolah.plt", "true atau false")),
        ("sekolah = 3", ("sekolah", "harus tabel")),
        ("[tombol]\nkirim = 3", ("tombol.kirim", "harus teks")),
        ('[sekolah]\nnpsn = "123"', ("baris 2", "sekolah.npsn", "8 angka")),
        ('[sekolah.kepala_sekolah]\nnip = "1985"', ("baris 2", "sekolah.kepala_sekolah.nip", "18 angka")),
        ('[server]\nproxy = "socks5://a:1"', ("server.proxy", "http://")),
        ("[server\n", ("baris 1", "TOML")),
        ('periode = "\\uD800"', ("TOML",)),
    ],
)
def test_wrong_value_names_the_key_and_what_it_should_be(text: str, parts: tuple[str, ...]) -> None:
    """A value of the wrong kind is refused with line, key and what is expected."""
    said = refusal(text)
    for part in parts:
        assert part in said
    assert "Traceback" not in said
    assert "\n" not in said


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_a_configuration_or_one_sentence(tmp_path: Path, content: str | bytes) -> None:
    """Whatever a file holds, it is read as a configuration or refused with one line."""
    file = tmp_path / "c.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    said = ""
    try:
        read_config(file)
    except ConfigError as error:
        said = error.sentence
    assert not said or str(file) in said
    assert "\n" not in said


@given(
    st.builds(
        Config,
        periode=st.sampled_from(["", "2026"]),
        server=st.builds(ServerConfig, url=st.sampled_from(["", "https://a.sch.id/pmm"]), waktu_baca=st.floats(0.5, 600)),
        sekolah=st.builds(
            SekolahConfig,
            nama=st.sampled_from(["", 'SMP "Ñ" \\ 1', "SD O'Neil # 3"]),
            kepala_sekolah=st.builds(KepalaConfig, plt=st.booleans()),
        ),
        tampilan=st.builds(LookConfig, tema=st.sampled_from(["gelap", "terang", "ansi"]), ascii=st.booleans()),
        tombol=st.dictionaries(st.sampled_from(["kirim", "bantuan"]), st.sampled_from(["f1,ctrl+g", ""])),
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_written_configuration_reads_back_the_same(tmp_path: Path, config: Config) -> None:
    """A configuration that was written reads back as the same one."""
    file = tmp_path / "baru" / "config.toml"
    write_config(file, config)
    assert read_config(file) == config


@posix
def test_written_configuration_is_private_and_whole(tmp_path: Path) -> None:
    """Writing makes a file for its owner only, in a folder for its owner only, and leaves no draft beside it."""
    file = tmp_path / "baru" / "config.toml"
    write_config(file, Config(periode="2026"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert list(file.parent.iterdir()) == [file]


def test_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails while writing, the old configuration stands, no draft is left, and one sentence says so."""
    file = tmp_path / "config.toml"
    write_config(file, Config(periode="2025"))

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="disk penuh"):
        write_config(file, Config(periode="2026"))
    assert read_config(file).periode == "2025"
    assert list(tmp_path.glob(".config*")) == []


@posix
@pytest.mark.parametrize("what", ["file", "folder"])
def test_configuration_that_others_may_write_is_refused(tmp_path: Path, what: str) -> None:
    """A configuration that every user could change is refused with the command that mends it: it says where the token goes."""
    folder = tmp_path / "c"
    folder.mkdir()
    file = folder / "config.toml"
    file.write_text("")
    (file if what == "file" else folder).chmod(0o777)
    with pytest.raises(ConfigError, match="chmod o-w"):
        read_config(file)


@posix
def test_sticky_folder_is_no_reason_to_refuse(tmp_path: Path) -> None:
    """A file of ours in a folder like /tmp is read: nobody else can exchange it there."""
    folder = tmp_path / "c"
    folder.mkdir()
    folder.chmod(0o1777)
    file = folder / "config.toml"
    file.write_text('periode = "2026"')
    file.chmod(0o644)
    assert read_config(file).periode == "2026"


def test_byte_order_mark_of_notepad_is_no_fault(tmp_path: Path) -> None:
    """A file saved with a byte order mark is read like any other."""
    file = tmp_path / "config.toml"
    file.write_bytes(b'\xef\xbb\xbfperiode = "2026"\r\n')
    assert read_config(file).periode == "2026"


def test_where_the_configuration_is(tmp_path: Path) -> None:
    """--config goes before PMM_TUI_CONFIG, that before the platform's folder; the working directory is never looked at."""
    places = locate({})
    env = {"PMM_TUI_CONFIG": str(tmp_path / "b.toml")}
    assert config_path(str(tmp_path / "a.toml"), env, places) == (tmp_path / "a.toml", True)
    assert config_path(None, env, places) == (tmp_path / "b.toml", True)
    assert config_path(None, {}, places) == (places.config_file, False)
    assert Path.cwd() not in places.config_file.parents


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8711",
        "http://localhost:8711/pmm",
        "http://[::1]:8711",
        "http://127.8.9.1/",
        "https://pmm.sekolah.sch.id",
        "https://10.0.0.1:8443/dasar/",
    ],
)
def test_addresses_that_are_taken(url: str) -> None:
    """An https address anywhere is taken, and http to this very computer."""
    assert parse_config(f'[server]\nurl = "{url}"', "c").server.url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://pmm.sekolah.sch.id",
        "http://10.0.0.1",
        "http://0.0.0.0:1",
        "http://127.0.0.1@evil.example",
        "http://127.0.0.1:80@evil.example/",
        "http://evil.example#@127.0.0.1/",
        "http://evil.example?@127.0.0.1/",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://127.1",
        "http://2130706433",
        "http://0x7f000001",
        "http://evil.example\\\\@127.0.0.1",
        "http://evil.example\\t.127.0.0.1",
        "http:///127.0.0.1",
        "http:127.0.0.1",
        "https://user:rahasia@pmm.sch.id",
        "https://pmm.sch.id/?x=1",
        "https://pmm.sch.id/#",
        "https://pmm.sch.id/a/../b",
        "https://pmm.sch.id:99999",
        "https://[::1",
        "https://",
        "https:// pmm.sch.id",
        "https://рmm.sch.id",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "127.0.0.1:8711",
        "//127.0.0.1",
    ],
)
def test_addresses_that_are_refused(url: str) -> None:
    """Plain http elsewhere, and every way to make another host look like this computer, is refused."""
    assert "server.url" in refusal(f'[server]\nurl = "{url}"')


def test_environment_goes_over_the_file() -> None:
    """PMM_TUI_SERVER replaces the file's server and is checked as strictly; empty it counts as unset."""
    config = Config(server=ServerConfig(url="https://a.sch.id", waktu_baca=7))
    assert with_environment(config, {"PMM_TUI_SERVER": "https://b.sch.id"}).server == ServerConfig(
        url="https://b.sch.id", waktu_baca=7
    )
    assert with_environment(config, {"PMM_TUI_SERVER": " "}) == config
    with pytest.raises(ConfigError, match="PMM_TUI_SERVER"):
        with_environment(config, {"PMM_TUI_SERVER": "http://b.sch.id"})


TOKEN = "rahasia-Zq7_kanari.9"


def _token_file(tmp_path: Path, content: bytes = TOKEN.encode() + b"\n", mode: int = 0o600) -> Path:
    file = tmp_path / "token"
    file.write_bytes(content)
    file.chmod(mode)
    return tmp_path / "config.toml"


def test_token_of_the_environment_goes_first(tmp_path: Path) -> None:
    """PMM_TUI_TOKEN is taken before the file."""
    assert read_token(Config(), _token_file(tmp_path), {"PMM_TUI_TOKEN": " lain "}) == "lain"


def test_token_file_beside_the_configuration(tmp_path: Path) -> None:
    """Without a token_file the file `token` beside the configuration is read; a relative one counts from there too."""
    config_file = _token_file(tmp_path)
    assert read_token(Config(), config_file, {}) == TOKEN
    (tmp_path / "rahasia").mkdir()
    (tmp_path / "token").rename(tmp_path / "rahasia" / "t")
    assert read_token(Config(server=ServerConfig(token_file="rahasia/t")), config_file, {}) == TOKEN


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o620, 0o601])
@posix
def test_token_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    """A token file that anybody else may read or write is refused with the chmod that mends it."""
    config_file = _token_file(tmp_path, mode=mode)
    with pytest.raises(ConfigError, match="chmod 600 ") as caught:
        read_token(Config(), config_file, {})
    assert TOKEN not in caught.value.sentence


@posix
def test_token_file_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token file that belongs to another user is refused, whatever its mode."""
    config_file = _token_file(tmp_path)
    someone = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: someone)
    with pytest.raises(ConfigError, match="milik pengguna lain"):
        read_token(Config(), config_file, {})


@posix
def test_token_from_a_pipe_or_folder_is_refused_at_once(tmp_path: Path) -> None:
    """What is no regular file is refused without waiting for somebody to write into it."""
    os.mkfifo(tmp_path / "token", 0o600)
    with pytest.raises(ConfigError, match="bukan berkas biasa"):
        read_token(Config(), tmp_path / "config.toml", {})


def test_token_outside_the_users_folder_is_refused_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are no mode bits, the token has to lie in the user's own folder."""
    monkeypatch.setattr("pmm_tui.private_file._POSIX", False)
    with pytest.raises(ConfigError, match="folder pengguna"):
        read_token(Config(), _token_file(tmp_path), {})
    inside = Path.home() / "pmm"
    inside.mkdir()
    assert read_token(Config(), _token_file(inside), {}) == TOKEN


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"dua kata", b"satux\nduax", b"a\x00b", b"a\x1b[31m", "é".encode(), b"\xff\xfe", b"x" * 513]
)
def test_token_that_cannot_be_one_is_refused_without_repeating_it(tmp_path: Path, content: bytes) -> None:
    """A token is one line of printable ASCII of bounded length; the sentence about another never repeats it."""
    with pytest.raises(ConfigError) as caught:
        read_token(Config(), _token_file(tmp_path, content), {})
    assert str(tmp_path / "token") in caught.value.sentence
    for word in content.decode("utf-8", "replace").split():
        assert len(word) < 4 or word not in caught.value.sentence


def test_missing_token_says_where_to_put_it(tmp_path: Path) -> None:
    """Without any token the sentence names the file and the variable."""
    with pytest.raises(ConfigError, match="PMM_TUI_TOKEN") as caught:
        read_token(Config(), tmp_path / "config.toml", {})
    assert str(tmp_path / "token") in caught.value.sentence


def test_a_token_file_that_was_named_has_to_be_there(tmp_path: Path) -> None:
    """Where the configuration names the file, what is missing is that file."""
    config = Config(server=ServerConfig(token_file="lain"))
    with pytest.raises(ConfigError, match=r"lain: tidak dapat dibaca \(tidak ada\)"):
        read_token(config, tmp_path / "config.toml", {})


@pytest.mark.parametrize(("length", "taken"), [(MAX_TOKEN, True), (MAX_TOKEN + 1, False), (MAX_TOKEN + 9, False)])
def test_a_token_has_its_length(tmp_path: Path, length: int, taken: bool) -> None:
    """From the environment and from its file alike; what is longer is none, and no end of it is taken for one."""
    file = tmp_path / "token"
    file.write_text("x" * length, encoding="ascii")
    file.chmod(0o600)
    for env in ({}, {"PMM_TUI_TOKEN": "x" * length}):
        if taken:
            assert read_token(Config(), tmp_path / "config.toml", env) == "x" * length
        else:
            with pytest.raises(ConfigError, match=f"lebih panjang dari {MAX_TOKEN} huruf"):
                read_token(Config(), tmp_path / "config.toml", env)


def test_a_configuration_has_its_size(tmp_path: Path) -> None:
    """As large as a configuration may be, and one byte more."""
    file = tmp_path / "config.toml"
    file.write_bytes(b"#" * MAX_BYTES)
    assert read_config(file) == Config()
    file.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(ConfigError, match="lebih besar dari"):
        read_config(file)
    file.write_bytes(b"# a\n# \xff\n")
    with pytest.raises(ConfigError, match="baris 2 bukan teks UTF-8"):
        read_config(file)


@pytest.mark.parametrize(
    ("config", "key"),
    [
        (Config(server=ServerConfig(url="http://a.example")), "server.url"),
        (Config(server=ServerConfig(proxy="socks5://a.example")), "server.proxy"),
        (Config(sekolah=SekolahConfig(npsn="1")), "sekolah.npsn"),
        (Config(sekolah=SekolahConfig(kepala_sekolah=KepalaConfig(nip="1"))), "sekolah.kepala_sekolah.nip"),
    ],
)
def test_what_reading_would_refuse_is_not_written(tmp_path: Path, config: Config, key: str) -> None:
    """The fault says its key, so that the settings can show it there, and no file is made."""
    with pytest.raises(ConfigError) as caught:
        write_config(tmp_path / "config.toml", config)
    assert caught.value.key == key
    assert caught.value.sentence.startswith(f"{key}: ")
    assert not (tmp_path / "config.toml").exists()


@posix
def test_written_token_is_private_and_reads_back(tmp_path: Path) -> None:
    """A token that the wizard writes is for its owner only and reads back."""
    config_file = tmp_path / "baru" / "config.toml"
    file = write_token(Config(), config_file, f" {TOKEN}\n")
    assert file == token_path(Config(), config_file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_token(Config(), config_file, {}) == TOKEN


@pytest.mark.parametrize("url", ["https://localhost:5774", "http://8.8.8.8", "http://localhost:5774/WebService"])
def test_an_address_of_dapodik_outside_the_school_is_refused(url: str) -> None:
    """With its line and key, as any other value that cannot be."""
    with pytest.raises(ConfigError, match=r"baris 2: dapodik\.url: "):
        parse_config(f'[dapodik]\nurl = "{url}"\n', "config.toml")
    assert parse_config('[dapodik]\nurl = "192.168.1.10"\n', "config.toml").dapodik.url == "192.168.1.10"
