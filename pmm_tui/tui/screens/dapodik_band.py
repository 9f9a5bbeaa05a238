"""Where Dapodik is, for which school it is asked, and the token: a band over the import."""

from __future__ import annotations

from msgspec import structs
from textual import events

from pmm_tui.tui.dapodik_port import DapodikWish
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.widgets.rows import Button, Buttons, Field, Gap, Heading, Pair, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

_TITLE = "Dari Dapodik"
_WAY = "Buka aplikasi Dapodik, lalu Pengaturan > Web Service: tambahkan aplikasi pmm-tui dan salin tokennya ke sini."
_ADDRESS = "IP di sana: localhost bila Dapodik di komputer ini (coba juga 127.0.0.1), lainnya IP komputer ini."


class DapodikSheet(Sheet):
    """Address, school and token, and the buttons; `complaint` stands under the field that it is about."""

    def __init__(self, wish: DapodikWish, complaint: str, key: str) -> None:
        super().__init__()
        self.wish, self._complaint, self._key = wish, complaint, key
        self.add_class("-luas")

    def on_mount(self) -> None:
        ready = (self.wish.stored or self.wish.token) and self.wish.npsn
        key = "" if self._key == "npsn" and self.wish.fixed else self._key
        self.rebuild(key or ("ambil" if ready else "token" if self.wish.npsn else "npsn"))

    def build_rows(self) -> tuple[Row, ...]:
        """Return how to come by a token, the fields and the buttons."""
        wish = self.wish
        kept = "kosong: yang tersimpan" if wish.stored else "dari Dapodik"
        told: tuple[Row, ...] = () if self._key else ((Text(self._complaint, "error"),) if self._complaint else ())
        npsn = Field("npsn", "NPSN", wish.npsn, width=10, limit=8)
        fields: tuple[Row, ...] = (
            self._field(Field("url", "Alamat Dapodik", wish.url, width=40, limit=200)),
            Pair("NPSN", wish.npsn, self._complaint if self._key == "npsn" else "", "error") if wish.fixed else self._field(npsn),
            self._field(Field("token", "Token", wish.token, width=40, limit=512, secret=True, hint=kept)),
        )
        buttons = Buttons((Button("ambil", "Ambil dari Dapodik", main=True), Button("batal", "Batal")))
        if self.look.thrifty:  # its box has ten lines
            return (Heading(_TITLE), *(told or (Text(_WAY, "dim"),)), *fields, buttons)
        gap = (Gap(),) if told else ()
        return (Gap(), *told, *gap, Text(_WAY), Text(_ADDRESS, "dim"), Gap(), *fields, Gap(), buttons, Gap())

    def _field(self, field: Field) -> Field:
        """A field with what is wrong with it below."""
        return structs.replace(field, note=self._complaint, note_style="error") if field.id == self._key else field

    def typed(self, row_id: RowId, value: str) -> None:
        """Keep what was typed."""
        self.wish = structs.replace(self.wish, **{str(row_id): value})
        self._key = ""
        self._complaint = ""

    def press(self, row_id: RowId, advance: bool) -> None:
        """Close with what stands in the fields, or without."""
        self.screen.dismiss(self.wish if row_id == "ambil" else None)

    def edge(self, direction: int) -> None:
        """Stay: it is left by a button or by Esc."""


class DapodikBand(Band[DapodikWish | None]):
    """Ask where and for whom; the answer is None for Batal and Esc."""

    KEYS = (("Enter", "Berikut"), ("Tab", "Pindah"), ("Esc", "Batal"))
    HELP = (
        "Guru diambil langsung dari aplikasi Dapodik lewat Web Service-nya, di komputer ini atau di jaringan sekolah. "
        "Token disimpan di berkas yang hanya dapat dibaca oleh Anda dan tidak pernah dikirim ke internet. Yang diambil hanya "
        "sekolah, guru dan rombongan belajar; data murid, NIK, alamat dan nama ibu dibuang sebelum dibaca. Sebelum disimpan, "
        "tiap baris diperlihatkan dahulu."
    )

    def __init__(self, wish: DapodikWish, complaint: str = "", key: str = "") -> None:
        super().__init__(_TITLE, DapodikSheet(wish, complaint, key), "Web Service")

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w"):
            event.stop()
            self.dismiss(None)
