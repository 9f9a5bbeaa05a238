"""The floor: a Textual app of one Static."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """What any Textual program costs before it does anything."""

    def compose(self) -> ComposeResult:
        """The one widget."""
        yield Static("Siap")


if __name__ == "__main__":
    Bare().run()
