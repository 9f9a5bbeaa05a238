"""One screen alone, over the school of the pictures: `python -m tests.tui.show NAME [--text]`.

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
from pmm_tui.tui.look_values import LookOptions
from tests.pictures.desk import fill_desk
from tests.pictures.school import fill, pictured_services
from tests.tui.keyboard import press, screen_text
from tests.tui.places import PLACES


def show(name: str, *, text: bool) -> list[str]:
    """Open a screen and leave it to the terminal; with `text` return its lines instead."""
    lines: list[str] = []
    place = PLACES[name]
    with TemporaryDirectory(prefix="pmm-tui-show-") as folder, Store.open(Path(folder) / "pmm-tui.db") as store:
        services = pictured_services(store)
        services.prints = Path(folder) / "cetakan"
        if place.empty:
            services.address = ""
        elif place.roles:
            fill_desk(store, place.roles)
        else:
            fill(store)
        app = PmmApp(services, LookOptions(), {}, first_run=place.first_run)

        async def go_there(pilot: Pilot[str]) -> None:
            await press(pilot, place.keys)
            if text:
                lines.extend(screen_text(app))
                app.exit("")

        app.run(headless=text, size=(80, 24) if text else None, auto_pilot=go_there)  # type: ignore[arg-type]
    return lines


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.tui.show", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("screen", choices=PLACES, help="the screen")
    parser.add_argument("--text", action="store_true", help="print it and end")
    args = parser.parse_args()
    sys.stdout.write("".join(f"{line}\n" for line in show(args.screen, text=args.text)))


if __name__ == "__main__":
    main()
