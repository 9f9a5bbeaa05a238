# What one does here, one word each. `just` alone lists them; see .github/CONTRIBUTING.md.

set windows-shell := ["powershell.exe", "-NoLogo", "-NoProfile", "-Command"]

python := if os_family() == "windows" { "py -3" } else { "python3" }
bin := if os_family() == "windows" { ".venv/Scripts/" } else { ".venv/bin/" }
quick := "not (process or pty or faults or bench or slow)"

[private]
default:
    @just --list --unsorted

# Make .venv with the program, what tests it and the developers' tools.
setup:
    {{ python }} -m venv .venv
    {{ bin }}python -m pip install -q --upgrade pip
    {{ bin }}python -m pip install -q -e . --group dev

# The tests that need no other process: under a minute.
quick *args:
    {{ bin }}python -m pytest -n 2 -m "{{ quick }}" {{ args }}

# All tests, as the README runs them.
test *args:
    {{ bin }}python -m pytest -n 2 --dist loadfile {{ args }}

# Style, spelling and who may import whom.
lint:
    {{ bin }}python -m ruff check .
    {{ bin }}python -m ruff format --check .
    {{ bin }}codespell
    {{ bin }}lint-imports

# Types, strictly.
types:
    {{ bin }}python -m mypy

# Before a pull request.
check: lint types quick

# The practice mode: a fictional school on this computer.
practice *args:
    {{ bin }}pmm-tui latihan {{ args }}

# Practice with Textual's console and screenshots; run `textual console` beside it.
dev *args:
    {{ bin }}pmm-tui latihan --pengembang {{ args }}

# Practice with a debug log; `pmm-tui lokasi` tells where it is.
log $PMM_TUI_LOG="debug":
    {{ bin }}pmm-tui latihan

# One screen alone over the school of the pictures, such as `just show outbox`.
show screen="roster" *args:
    {{ bin }}python -m tests.tui.show {{ screen }} {{ args }}

# Write the pictures of the screens anew; read the difference before you keep it.
snap *args:
    {{ bin }}python -m pytest tests/tui --snapshot-update {{ args }}

# Draw the pictures of README and docs anew; look at them before you keep them.
pictures:
    {{ bin }}python -m tests.make_pictures

# Every screen in every size and look as one page to look at, such as `just sheet /tmp/sheet`; see docs/look.md.
sheet folder *args:
    {{ bin }}python -m tests.make_contact_sheet {{ folder }} {{ args }}

# A benchmark (Linux): screen, starts, imports, big_school or wire.
bench which="screen" *args:
    {{ bin }}python tests/bench/{{ which }}.py {{ args }}

# What the quick tests reach.
cover:
    {{ bin }}python -m coverage run -m pytest -m "{{ quick }}"
    {{ bin }}python -m coverage report

# Resolve docs/requirements.lock anew, after the requirements in pyproject.toml changed.
lock *args:
    {{ bin }}python -m pip install -q uv
    {{ bin }}uv pip compile --universal --python-version 3.11 --generate-hashes --all-extras --no-header -q -o docs/requirements.lock {{ args }} pyproject.toml
