"""A screen writer for any Textual app on a thin line: it remembers what the terminal shows and writes only what differs.

    from pmm_tui.tui.lean.display import LeanDisplay

    class MyApp(LeanDisplay, App): ...

`display` is the mixin, between Textual's compositor and its driver. `writer` turns one picture into the next with few bytes, and
knows nothing of Textual: `row_writer` does so with a row, `moves` with cursor, pen and margins; `cells` and `shift` find what to
write and what has moved, `terminal` tells what a terminal can do. `pace` tells when a slow one has caught up, and `private` alone
knows what of Textual is not public. Nothing in here knows anything else of this program (`tests/test_imports.py`).
"""
