"""The surroundings of a run: configuration with the environment over it, and the practice mode's own."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.output import Output
from pmm_tui.config import Config, SendConfig, ServerConfig, read_config, write_config
from pmm_tui.errors import ConfigError
from pmm_tui.locations import locate


def context(config: Path | None = None, **env: str) -> RunContext:
    env = {**os.environ, **env}
    out = Output(io.StringIO(), io.StringIO())
    return RunContext(env=env, locations=locate(env), out=out, config=str(config) if config else None)


def test_the_environment_is_never_written_into_the_file(tmp_path: Path) -> None:
    """What PMM_TUI_SERVER says is in force but is not saved with a change of something else."""
    file = tmp_path / "config.toml"
    write_config(file, Config(server=ServerConfig(url="https://milik.sch.id")))
    k = context(file, PMM_TUI_SERVER="https://lain.sch.id")
    assert k.config.server.url == "https://lain.sch.id"
    k.save_config(structs.replace(k.file_config(), periode="2025"))
    assert read_config(file) == Config(server=ServerConfig(url="https://milik.sch.id"), periode="2025")
    assert (k.config.server.url, k.config.periode) == ("https://lain.sch.id", "2025")


def test_what_was_saved_is_read_by_the_next_run(tmp_path: Path) -> None:
    """Configuration and token that the wizard writes are found by the next run, without being named."""
    first = context()
    assert not first.configured
    first.save_config(Config(server=ServerConfig(url="https://a.sch.id")))
    first.save_token("abc")
    again = context()
    assert again.configured
    assert (again.config.server.url, again.token()) == ("https://a.sch.id", "abc")


def test_practice_knows_nothing_of_the_users_settings() -> None:
    """In practice mode neither the user's server, token, configuration nor data folder is in reach."""
    k = context(PMM_TUI_SERVER="https://a.sch.id", PMM_TUI_TOKEN="rahasia")
    k.save_config(Config(periode="2025"))
    practice = k.for_practice()
    assert practice.config == Config()
    assert practice.config_file != k.config_file
    assert practice.locations.database.parent != k.locations.database.parent
    assert "rahasia" not in practice.env.values()
    with pytest.raises(ConfigError, match="Token"):
        practice.token()


def test_the_client_is_that_of_the_configuration(tmp_path: Path) -> None:
    """Times, proxy, certificates and batch sizes of the configuration reach the client; relative files count from its folder."""
    (tmp_path / "token").write_text("abc")
    (tmp_path / "token").chmod(0o600)
    config = Config(
        server=ServerConfig(url="http://127.0.0.1:9/dasar/", waktu_baca=7, waktu_total=50, ca_file="ca.pem"),
        kirim=SendConfig(batas_amplop=3, batas_kb=2),
    )
    write_config(tmp_path / "config.toml", config)
    k = context(tmp_path / "config.toml")
    settings = k.client().settings
    assert (settings.url, settings.token) == ("http://127.0.0.1:9/dasar", "abc")
    assert (settings.read, settings.total, settings.ca_file) == (7, 50, tmp_path / "ca.pem")
    assert (k.batch_limits().envelopes, k.batch_limits().bytes) == (3, 2048)
    assert "abc" not in repr(settings)


def test_a_missing_address_is_told_before_a_missing_token() -> None:
    """Without any server the sentence is about its address."""
    with pytest.raises(ConfigError, match="Alamat server"):
        context().client()
