"""Templates: a plan kept under a name, and the list of them, where they are looked at and removed."""

from __future__ import annotations

from pmm_tui.errors import PmmError
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.plan_carry import filled_parts, whose
from pmm_tui.store.templates import MAX_NAME, Template
from pmm_tui.text import clean
from pmm_tui.tui.palette_entry import Entry
from pmm_tui.tui.panes.registry import pane_label
from pmm_tui.tui.screens.ask_text import TextScreen
from pmm_tui.tui.screens.choose import Choice, ChoiceScreen
from pmm_tui.tui.screens.dialog import Dialog, DialogLine
from pmm_tui.tui.screens.screen import PmmScreen

_SAVE = "Simpan sebagai templat"
_NO_CONTENT = "Rencana ini belum berisi; isi dulu, lalu simpan sebagai templat"
_LEFT = "Data diri, nomor dan tanggal SK, dan konfirmasi guru tidak ikut disimpan."


def template_entries(screen: PmmScreen, pegawai: Pegawai | None, rencana: RencanaKinerja | None) -> tuple[Entry, ...]:
    """What the palette offers of templates: to save this teacher's plan as one, and to look after those that there are."""
    entries = [
        Entry(id="templat_kelola", label="Kelola templat …", words="templat daftar hapus", run=lambda: manage_templates(screen))
    ]
    if pegawai is not None:
        entries.insert(
            0,
            Entry(
                id="templat_simpan",
                label=f"Simpan sebagai templat: rencana {pegawai.nama} …",
                words="simpan templat rencana",
                run=lambda: save_template(screen, pegawai, rencana),
                refusal="" if rencana and filled_parts(rencana) else "belum berisi",
            ),
        )
    return tuple(entries)


def save_template(screen: PmmScreen, pegawai: Pegawai, rencana: RencanaKinerja | None) -> None:
    """Ask for a name and keep the plan under it; one that is taken is asked about before it gives way."""
    shell = screen.shell
    if rencana is None or not filled_parts(rencana):
        screen.set_status(_NO_CONTENT, style="warning")
        return
    form = whose(shell.in_force.katalog, pegawai.jenis_ptk)

    def keep(name: str, *, replace: bool) -> None:
        try:
            saved = shell.store.templates.save(name, shell.in_force.periode, form, rencana, shell.services.now(), replace=replace)
            screen.set_status(f'Templat "{saved.name}" disimpan. {_LEFT}')
        except PmmError as error:
            screen.set_status(error.sentence, style="error")

    def named(name: str | None) -> None:
        if not name:
            return
        try:
            taken = shell.store.templates.get(name)
        except PmmError:
            taken = None  # one that can no longer be read gives way
        if taken is None:
            keep(name, replace=True)
            return

        def answered(button: str | None) -> None:
            if button == "ya":
                keep(name, replace=True)

        lines: list[DialogLine] = [(f'Templat "{taken.name}" sudah ada. Isinya yang sekarang akan hilang.', "warning")]
        screen.app.push_screen(Dialog("Timpa templat?", lines, [("tidak", "Batal"), ("ya", "Timpa")]), answered)

    screen.app.push_screen(TextScreen(_SAVE, "Nama templat", limit=MAX_NAME, yes="Simpan"), named)


def manage_templates(screen: PmmScreen) -> None:
    """Show the templates; one that is chosen can be removed after a look at what it holds."""
    shell = screen.shell
    try:
        templates = shell.store.templates.all()
    except PmmError as error:
        screen.set_status(error.sentence, style="error")
        return
    if not templates:
        screen.set_status("Belum ada templat. Simpan satu dari sebuah rencana lewat Aksi.", style="warning")
        return

    def chosen(name: str | None) -> None:
        found = next((one for one in templates if one.name == name), None)
        if found is not None:
            _look_at(screen, found)

    choices = [Choice(one.name, one.name, right=one.periode, note=_parts_words(screen, one)) for one in templates]
    screen.app.push_screen(ChoiceScreen("Kelola templat", choices), chosen)


def _look_at(screen: PmmScreen, template: Template) -> None:
    shell = screen.shell

    def answered(button: str | None) -> None:
        if button != "hapus":
            return
        try:
            removed = shell.store.templates.remove(template.name, shell.services.now())
        except PmmError as error:
            screen.set_status(error.sentence, style="error")
            return
        screen.set_status(f'Templat "{template.name}" {"dihapus" if removed else "sudah tidak ada"}')

    lines: list[DialogLine] = [
        (f"Berisi: {_parts_words(screen, template)}", ""),
        (f"Dibuat di periode {clean(template.periode)}. Rencana yang sudah diisi darinya tetap seperti adanya.", "dim"),
    ]
    buttons = [("tutup", "Tutup"), ("hapus", "Hapus templat")]
    screen.app.push_screen(Dialog(f'Templat "{template.name}"', lines, buttons), answered)


def _parts_words(screen: PmmScreen, template: Template) -> str:
    in_force = screen.shell.in_force
    skema = in_force.katalog.skema_periode(in_force.periode)
    return ", ".join(pane_label(name, skema) for name in filled_parts(template.rencana))
