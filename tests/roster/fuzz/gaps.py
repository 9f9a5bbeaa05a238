"""What is known not to be read yet. A test fails when a list with one of these is read rightly: then take it out of here."""

from __future__ import annotations

_NEAR = "a heading close to a known one"
_TWO_ROWS = "a heading of two rows"
_FORM = "another form of file"

_UNLIKELY = ("fault:no-name", "fault:no-identity")
_NAMELESS = "a sheet whose only teachers have no readable name or no number is not named, and the example beside it is taken"

KNOWN_GAPS: dict[str, str] = {
    "heading-nama:Nama Guru/Pegawai": _NEAR,
    "heading-nama:Nama Lengkap (dengan gelar)": _NEAR,
    "heading-nama:Nama dan Gelar": _NEAR,
    "heading-nama:Nama Lengkap & Gelar": _NEAR,
    "heading-nip:No. NIP": _NEAR,
    "heading-nip:Nomor NIP": _NEAR,
    "heading-nip:NIP\n(18 digit)": _NEAR,
    "heading-nip:NIP (18 digit)": _NEAR,
    "heading-nip:NIP / NI PPPK\n(18 digit tanpa spasi)": _NEAR,
    "heading-nuptk:No. NUPTK": _NEAR,
    "heading-nuptk:NUPTK (16 digit)": _NEAR,
    "heading-nuptk:Nomor NUPTK": _NEAR,
    "heading-jk:JK (L/P)": _NEAR,
    "heading-jk:Jenis Kelamin (L/P)": _NEAR,
    "heading-jk:Jns Kelamin": _NEAR,
    "heading-jk:Kelamin": _NEAR,
    "heading-jk:J. Kel": _NEAR,
    "heading-tanggal_lahir:Tanggal Lahir (dd/mm/yyyy)": _NEAR,
    "heading-tanggal_lahir:Lahir Tanggal": _NEAR,
    "heading-status_kepegawaian:Status Guru": _NEAR,
    "heading-status_kepegawaian:Stts Kepegawaian": _NEAR,
    "heading-jenis_ptk:Jns PTK": _NEAR,
    "heading-tugas_tambahan:Tgs Tambahan": _NEAR,
    "heading-golongan:Pangkat dan Golongan": _NEAR,
    "heading-golongan:Gol. Terakhir": _NEAR,
    "heads:two-rows": _TWO_ROWS,
    "fault:shifted-late": "a row that is longer than its headings",
    **{
        f"{fault}+{sheets}": _NAMELESS
        for fault in _UNLIKELY
        for sheets in ("sheets:instructions", "sheets:archive", "sheets:by-kind")
    },
}
"""Feature, or features joined by `+`, by why the program does not read it yet; such lists are not drawn."""


def without_gaps(features: set[str]) -> set[str]:
    """What of the features is read already."""
    for gap in KNOWN_GAPS:
        together = set(gap.split("+")) if "+" in gap else {gap}
        if together <= features:
            features = features - {max(together)}
    return features
