"""What stands in the list of teachers while it shows nobody."""

from __future__ import annotations

from pmm_tui.services.roster_filter import Group, RosterFilter
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.ports import Shell
from pmm_tui.tui.widgets.list_view import EmptyLine


def empty_lines(shell: Shell, anybody: bool, wanted: RosterFilter, group: Group) -> tuple[EmptyLine, ...]:
    """What stands in place of rows: how the list is filled, or what was searched and how to leave that."""
    styles, keymap = shell.look.styles, shell.keymap
    if not anybody:
        ways: tuple[tuple[str, str], ...] = (
            ("impor", "Impor dari berkas Dapodik, atau dari aplikasinya"),
            ("tarik", "Tarik data dari server sekolah atau dinas"),
        )
        if shell.thrifty:
            return ("", "Belum ada guru.", "", *(f"{keys_of(action, keymap)[0]}  {way}" for action, way in ways))
        ways = (*ways, ("guru_baru", "Tambah seorang guru dengan tangan"))
        rows = (((f"  {keys_of(action, keymap)[0]:<8}", styles.heading), (way, None)) for action, way in ways)
        return ("", (("  Belum ada guru", styles.strong),), "Isi daftar dengan salah satu cara ini:", "", *rows)
    if wanted.text:
        return ("", f"Tidak ada guru yang cocok dengan “{wanted.text}”. Esc menghapus pencarian; F2 mengganti saringan.")
    return ("", f"Tidak ada guru dalam saringan “{group.label}”. {keys_of('saring', keymap)[0]} mengganti saringan.")
