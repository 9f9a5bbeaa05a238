"""One screen alone, over the tests' sample school: `python -m tests.tui.show NAME [--text]`.

It is the real screen over the fake outside of the tests: type, go on to other screens, leave with Ctrl+Q; nothing is kept. With
`--text` it is printed as it stands and that is all.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from pmm_tui.store import Store
from pmm_tui.tui.app import PmmApp
from pmm_tui.tui.ports import LookOptions
from tests.tui.fake_services import MOMENT
from tests.tui.keyboard import press, screen_text
from tests.tui.samples import TEACHERS, full_plan
from tests.tui.walk import Kit, fill_outbox

PLAN = "'citra' enter "
SCREENS = {
    "roster": "",
    "choose": "f6",
    "help": "f1",
    "import": "f4",
    "outbox": "f8",
    "rencana": "enter",
    "data-diri": f"{PLAN} f7*6",
    "rapor": f"{PLAN} f7*5",
    "praktik": f"{PLAN} f7*4",
    "kompetensi": f"{PLAN} f7*3",
    "tugas": f"{PLAN} f7*2",
    "perilaku": f"{PLAN} f7",
    "rangkuman": PLAN,
    "settings": "f7",
}
"""The keys that lead from the roster to each."""


def show(name: str, *, text: bool) -> list[str]:
    """Open a screen and leave it to the terminal; with `text` return its lines instead."""
    lines: list[str] = []
    with TemporaryDirectory(prefix="pmm-tui-show-") as folder, Store.open(Path(folder) / "pmm-tui.db") as store:
        words = Kit()
        store.roster.write(TEACHERS)
        for pegawai in store.roster.all()[1:3]:
            store.drafts.save(pegawai.id, "2026", full_plan(), 1, MOMENT)
        fill_outbox(store, words)
        app = PmmApp(words.services(store), LookOptions(), {})

        async def go_there(pilot: Pilot[str]) -> None:
            await press(pilot, SCREENS[name])
            if text:
                lines.extend(screen_text(app))
                app.exit("")

        app.run(headless=text, size=(80, 24) if text else None, auto_pilot=go_there)  # type: ignore[arg-type]
    return lines


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.tui.show", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("screen", choices=SCREENS, help="the screen")
    parser.add_argument("--text", action="store_true", help="print it and end")
    args = parser.parse_args()
    sys.stdout.write("".join(f"{line}\n" for line in show(args.screen, text=args.text)))


if __name__ == "__main__":
    main()
