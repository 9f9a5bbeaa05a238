"""Every action of the program, told once: id, keys, label, help. Bindings, footer, help and configuration read it here.

Each action has two keys, and none relies on F1, F10 or F11 alone, which many terminals keep for themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from textual.binding import Binding

from pmm_tui.shapes.decode import nearest
from pmm_tui.text import clean


class Aksi(Struct, frozen=True):
    """One action. `tempat` names the screens that have it, `umum` all of them."""

    id: str
    tombol: str
    label: str
    bantuan: str
    tempat: tuple[str, ...]


AKSI = (
    Aksi("bantuan", "f1,ctrl+g", "Bantuan", "Bantuan untuk tempat ini", ("umum",)),
    Aksi("keluar", "ctrl+q,f12", "Keluar", "Simpan semuanya lalu tutup program", ("umum",)),
    Aksi("simpan_impor", "f9,ctrl+s", "Simpan", "Simpan guru yang baru dan yang diperbarui", ("impor",)),
    Aksi("simpan_atur", "f9,ctrl+s", "Simpan", "Simpan pengaturan", ("atur",)),
    Aksi("hemat", "ctrl+p,f11", "Hemat", "Tampilan hemat untuk sambungan lambat, atau kembali", ("umum",)),
    Aksi("gambar_ulang", "ctrl+l,alt+l", "Gambar ulang", "Gambar ulang layar yang kacau", ("umum",)),
    Aksi("kembali", "escape,ctrl+w", "Kembali", "Kembali ke layar sebelumnya", ("rencana", "kotak", "impor", "bantuan", "atur")),
    Aksi("saring", "f2,ctrl+f", "Saring", "Tampilkan guru menurut status, bergantian", ("daftar",)),
    Aksi("urutkan", "f3,ctrl+o", "Urutkan", "Urutkan menurut nama, status atau masalah, bergantian", ("daftar",)),
    Aksi("impor", "f4,ctrl+n", "Impor", "Impor guru dari berkas Dapodik (XLSX, XLS, CSV)", ("daftar",)),
    Aksi("tarik", "f5,ctrl+r", "Tarik data", "Ambil guru, rapor, katalog dan status dari server", ("daftar", "kotak")),
    Aksi("periode", "f6,ctrl+t", "Ganti periode", "Ganti periode perencanaan", ("daftar",)),
    Aksi("atur", "f7,ctrl+e", "Pengaturan", "Server, token dan data sekolah", ("daftar",)),
    Aksi("kotak", "f8,ctrl+k", "Kotak Kirim", "Lihat yang menunggu, terkirim, ditolak dan bentrok", ("daftar", "rencana")),
    Aksi("kirim", "f9,ctrl+s", "Kirim", "Kirim semua yang menunggu", ("daftar", "kotak")),
    Aksi("batal_kirim", "ctrl+x,f10", "Batalkan kirim", "Hentikan pengiriman yang sedang berjalan", ("kotak",)),
    Aksi("ajukan", "f9,ctrl+s", "Ajukan", "Ajukan rencana ini ke kepala sekolah", ("rencana",)),
    Aksi("bagian_berikut", "f6,ctrl+n", "Berikut", "Ke bagian berikutnya", ("rencana",)),
    Aksi("bagian_sebelum", "f7,ctrl+b", "Sebelum", "Ke bagian sebelumnya", ("rencana",)),
    Aksi("urung", "ctrl+z,f2", "Urungkan", "Urungkan perubahan terakhir", ("rencana",)),
    Aksi("ulang", "ctrl+y,f3", "Ulangi", "Ulangi yang diurungkan", ("rencana",)),
    Aksi("tambah", "f4,ctrl+t", "Tambah", "Tambah RHK (Pengembangan Kompetensi)", ("rencana",)),
    Aksi("hapus", "f5,ctrl+d", "Hapus", "Hapus RHK di bawah kursor", ("rencana",)),
)

APLIKASI = ("keluar", "hemat", "gambar_ulang")
"""Actions of the app itself, not of a screen."""

_METHODS = {"keluar": "quit"}
"""Actions that Textual has a method of its own for."""

_NAMA = {
    "escape": "Esc", "enter": "Enter", "space": "Spasi", "tab": "Tab", "delete": "Del", "up": "Atas", "down": "Bawah",
    "pageup": "PgUp", "pagedown": "PgDn",
}  # fmt: skip


def aksi_di(tempat: str) -> tuple[Aksi, ...]:
    """Return the actions of a screen, its own first."""
    return tuple(a for a in AKSI if tempat in a.tempat) + tuple(a for a in AKSI if "umum" in a.tempat)


def pengikat(tempat: str) -> list[Binding]:
    """Return the bindings of a screen; `Binding.id` is what the configuration's keymap names."""
    return [Binding(a.tombol, a.id, a.label, show=False, id=a.id) for a in aksi_di(tempat) if a.id not in APLIKASI]


def pengikat_aplikasi() -> list[Binding]:
    """Return the bindings that are in force everywhere, in dialogs too."""
    return [
        Binding(a.tombol, _METHODS.get(a.id, a.id), a.label, show=False, id=a.id, priority=True) for a in AKSI if a.id in APLIKASI
    ]


def tombol_aksi(action_id: str, peta: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of an action under a keymap, as they are written for people: `F9`, `Ctrl+S`."""
    aksi = next(a for a in AKSI if a.id == action_id)
    return tuple(nama_tombol(key) for key in peta.get(action_id, aksi.tombol).split(",") if key.strip())


def nama_tombol(key: str) -> str:
    """Return a key as it is written for people: `Ctrl+S` for `ctrl+s`."""
    parts = key.strip().split("+")
    return "+".join(_NAMA.get(p, p.upper() if len(p) <= 3 and p != "alt" else p.capitalize()) for p in parts)


def bentrokan(peta: Mapping[str, str]) -> list[str]:
    """Return sentences about what is wrong in a keymap: unknown actions, and keys that two actions of one screen share."""
    known = {a.id for a in AKSI}
    faults = [
        f'[tombol] "{clean(name, limit=40)}" tidak dikenal. {nearest(name, known)}'.strip() for name in peta if name not in known
    ]
    for tempat in sorted({t for a in AKSI for t in a.tempat} - {"umum"}):
        owner: dict[str, str] = {}
        for aksi in aksi_di(tempat):
            for key in _keys(peta.get(aksi.id, aksi.tombol)):
                if key in owner and owner[key] != aksi.id:
                    faults.append(
                        f'[tombol] "{clean(key, limit=40)}" dipakai dua aksi di layar {tempat}: {owner[key]} dan {aksi.id}.'
                    )
                owner[key] = aksi.id
    return list(dict.fromkeys(faults))


def _keys(tombol: str) -> Iterable[str]:
    return (key.strip() for key in tombol.split(",") if key.strip())
