"""The keys of the actions: as bindings, as they are written for people, and under a keymap of the configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding

from pmm_tui.shapes.decode import nearest
from pmm_tui.text import clean
from pmm_tui.tui.actions import ACTIONS, GUIDED, Action

APP_WIDE = ("keluar", "hemat", "gambar_ulang")
"""Actions of the app itself, not of a screen."""

_SPARE = tuple(f"alt+{letter}" for letter in "jkuvwyz")

_METHODS = {"keluar": "quit"}
"""Actions that Textual has a method of its own for."""

_NAMES = {
    "escape": "Esc", "enter": "Enter", "space": "Spasi", "tab": "Tab", "delete": "Del", "up": "Atas", "down": "Bawah",
    "pageup": "PgUp", "pagedown": "PgDn", "insert": "Ins", "asterisk": "*",
}  # fmt: skip


def actions_at(place: str) -> tuple[Action, ...]:
    """Return the actions of a screen, its own first."""
    return tuple(a for a in ACTIONS if place in a.places) + tuple(a for a in ACTIONS if "umum" in a.places)


def bindings_of(place: str) -> list[Binding]:
    """Return the bindings of a screen; `Binding.id` is what the configuration's keymap names."""
    return [Binding(a.keys, a.id, a.label, show=False, id=a.id) for a in actions_at(place) if a.id not in APP_WIDE]


def app_bindings() -> list[Binding]:
    """Return the bindings that are in force everywhere, in dialogs too."""
    return [
        Binding(a.keys, _METHODS.get(a.id, a.id), a.label, show=False, id=a.id, priority=True) for a in ACTIONS if a.id in APP_WIDE
    ]


def method_of(action_id: str) -> str:
    """Return what Textual calls an action, with the app's own name before those that are the app's."""
    return f"app.{_METHODS.get(action_id, action_id)}" if action_id in APP_WIDE else action_id


def keys_of(action_id: str, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of an action under a keymap, as they are written for people: `F9`, `Ctrl+S`."""
    action = next(a for a in ACTIONS if a.id == action_id)
    return tuple(key_name(key) for key in keymap.get(action_id, action.keys).split(",") if key.strip())


def keys_in_force(action_id: str, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of an action under a keymap, as events name them."""
    action = next(a for a in ACTIONS if a.id == action_id)
    return tuple(_keys(keymap.get(action_id, action.keys)))


def key_name(key: str) -> str:
    """Return a key as it is written for people: `Ctrl+S` for `ctrl+s`."""
    parts = key.strip().split("+")
    return "+".join(_NAMES.get(p, p.upper() if len(p) <= 3 and p != "alt" else p.capitalize()) for p in parts)


def make_room(keymap: Mapping[str, str]) -> dict[str, str]:
    """Return the keymap with the later actions that it does not name, on what it leaves of their keys, else on a spare one."""
    found = dict(keymap)
    for action in ACTIONS:
        if not action.later or action.id in keymap:
            continue
        beside = [a for a in ACTIONS if a is not action and _meet(a, action)]
        taken = {key for a in beside if a.id in found or not a.later for key in _keys(found.get(a.id, a.keys))}
        if not taken.isdisjoint(_keys(action.keys)):
            left = [key for key in _keys(action.keys) if key not in taken]
            found[action.id] = ",".join(left or [key for key in _SPARE if key not in taken][:1])
    return found


def _meet(one: Action, other: Action) -> bool:
    """Whether two actions share a screen."""
    return not {"umum", GUIDED}.isdisjoint((*one.places, *other.places)) or bool(set(one.places) & set(other.places))


def keymap_faults(keymap: Mapping[str, str]) -> list[str]:
    """Return sentences about what is wrong in a keymap: unknown actions, and keys that two actions of one screen share."""
    known = {a.id for a in ACTIONS}
    faults = [
        f'[tombol] "{clean(name, limit=40)}" tidak dikenal. {nearest(name, known)}'.strip() for name in keymap if name not in known
    ]
    for place in sorted({place for a in ACTIONS for place in a.places} - {"umum"}):
        owner: dict[str, str] = {}
        for action in (*actions_at(place), *(a for a in ACTIONS if GUIDED in a.places)):
            for key in _keys(keymap.get(action.id, action.keys)):
                if key in owner and owner[key] != action.id:
                    faults.append(
                        f'[tombol] "{clean(key, limit=40)}" dipakai dua aksi di layar {place}: {owner[key]} dan {action.id}.'
                    )
                owner[key] = action.id
    return list(dict.fromkeys(faults))


def _keys(keys: str) -> Iterable[str]:
    return (key.strip() for key in keys.split(",") if key.strip())
