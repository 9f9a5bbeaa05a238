"""A screen writer for any Textual app on a thin line: it remembers what the terminal shows and writes only what differs.

    from pmm_tui.tui.lean.display import LeanDisplay

    class MyApp(LeanDisplay, App): ...

`display` is the mixin, between Textual's compositor and its driver; `writer` turns one picture into the next with the fewest bytes it
knows, and knows nothing of Textual; `shift` finds rows that moved; `terminal` tells what a terminal can do, and how attributes change;
`pace` tells when a slow terminal has caught up. Nothing in here knows anything else of this program (`tests/test_imports.py`).
"""
