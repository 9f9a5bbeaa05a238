"""Where each fault is mended, by whom and how: one table of codes for the list before entry, for paper and for the command line."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from msgspec import Struct

Way = Literal["", "guru", "data_diri", "atur", "akun", "rencana"]
"""What of a fault can be looked at or put right in this program: a teacher's form, the plan's data diri, the settings, the account,
the plan; nothing (empty)."""


class System(Enum):
    """The systems, in the order in which the lists have them."""

    DAPODIK = "Dapodik"
    VERVAL = "Verval PTK"
    SIASN = "SIASN / e-Kinerja"
    BELAJAR_ID = "belajar.id"
    GTK = "Ruang GTK"
    HERE = "Di sini (pmm-tui)"

    @property
    def label(self) -> str:
        """Its name for people."""
        return self.value


class Mending(Struct, frozen=True, kw_only=True):
    """How a fault is mended: in which system, by whom, and the step to take.

    `fields` are those of `Pegawai` that tell one fault of the kind from another. `message` is the id of what Bantuan Sinkron says
    of the message to which this very fault leads. Not `certain`: nobody here can tell whether it is a fault, so that it has to be
    looked at and stops nothing.
    """

    system: System
    who: str
    step: str
    fields: tuple[str, ...] = ()
    here: Way = ""
    message: str = ""
    certain: bool = True


_OPERATOR, _TEACHER, _HEAD = "Operator sekolah", "Guru", "Kepala sekolah"
_AGAIN = "sinkronkan Dapodik, lalu impor lagi Daftar Guru."
_NUMBERS = "Cocokkan dengan SK-nya, perbaiki di Verval PTK, tunggu beberapa hari, lalu impor lagi Daftar Guru."
_RANK = "Cocokkan dengan SK terakhir; minta admin instansi (BKD) memperbaikinya di SIASN, dan isi yang benar di Data diri."
_BUTTON, _UNOR = "tombol-sinkron-tidak-muncul", "unor-belum-padan"
_TEACHER_ADMIN = "Guru, lalu admin instansi (BKD)"


def _dapodik(step: str, *fields: str, certain: bool = True) -> Mending:
    return Mending(system=System.DAPODIK, who=_OPERATOR, step=step, fields=fields, here="guru", certain=certain)


def _verval(step: str, *fields: str, message: str = "", certain: bool = True) -> Mending:
    return Mending(
        system=System.VERVAL, who=_OPERATOR, step=step, fields=fields, here="guru", message=message, certain=certain
    )  # fmt: skip


def _siasn(*fields: str, step: str = _RANK) -> Mending:
    return Mending(system=System.SIASN, who=_TEACHER_ADMIN, step=step, fields=fields, here="data_diri")


def _account(who: str, *, message: str = "", certain: bool = True) -> Mending:
    """The step of an account is that of its state (`skp.account`), which says it better."""
    return Mending(system=System.BELAJAR_ID, who=who, step="", here="akun", message=message, certain=certain)


def _settings(step: str, *, certain: bool = True) -> Mending:
    return Mending(system=System.HERE, who=_OPERATOR, step=step, here="atur", certain=certain)


def _by_hand(system: System, who: str, step: str, message: str = "") -> Mending:
    return Mending(system=system, who=who, step=step, message=message, certain=False)


MENDINGS: dict[str, Mending] = {
    "nama-kosong": _dapodik(f"Isi nama di Dapodik, {_AGAIN}", "nama"),
    "tanpa-nomor": _dapodik(f"Isi NIP atau NUPTK, {_AGAIN}", "nip", "nuptk"),
    "jk-kosong": _dapodik(f"Isi jenis kelamin di Dapodik, {_AGAIN}", "jk"),
    "lahir-kosong": _dapodik(f"Isi tanggal lahir di Dapodik, {_AGAIN}", "tanggal_lahir"),
    "jenis-ptk": _dapodik(f"Bila keliru, ganti Jenis PTK di Dapodik, {_AGAIN}", "jenis_ptk"),
    "status-asing": _dapodik(f"Pilih status kepegawaian yang benar di Dapodik, {_AGAIN}", "status_kepegawaian"),
    "nip-beda-status": _dapodik(
        f"Cocokkan dengan SK-nya; perbaiki status di Dapodik, atau NIP di Verval PTK, {_AGAIN}", "nip", "status_kepegawaian"
    ),
    "kepala-sekolah": _dapodik("Pastikan siapa yang menilai rencana kepala sekolah.", "jenis_ptk"),
    "orang-ganda": _dapodik(
        "Periksa apakah dua orang; bila satu orang, hapus yang keliru di Dapodik, dan tandai baris yang keliru di sini "
        "tidak perlu (Alt+T).",
        "nama", "tanggal_lahir", "nip", "nuptk",
    ),
    "nip-kosong": _verval(f"Isi NIP. {_NUMBERS}", "nip", "status_kepegawaian", message=_BUTTON),
    "nip-salah": _verval(_NUMBERS, "nip", message=_BUTTON),
    "nip-beda": _verval(
        f"Lihat mana yang benar: NIP, tanggal lahir atau jenis kelamin. {_NUMBERS}", "nip", "tanggal_lahir", "jk", message=_BUTTON
    ),
    "nip-dini": _verval("Periksa NIP itu pada SK-nya, dan tanggal komputer ini.", "nip", message=_BUTTON),
    "nuptk-salah": _verval("Perbaiki NUPTK di Verval PTK, lalu impor lagi Daftar Guru.", "nuptk"),
    "nuptk-kosong": _verval(
        "Bila sudah punya NUPTK, isi di Verval PTK; bila belum terbit, centang saja.", "nuptk", certain=False
    ),
    "golongan-kosong": _siasn("golongan"),
    "golongan-asing": _siasn("golongan"),
    "golongan-beda-status": _siasn("golongan", "status_kepegawaian"),
    "golongan-beda-jenjang": _siasn("golongan", "jenjang_jabatan"),
    "jenjang-kosong": _siasn("jenjang_jabatan"),
    "jenjang-asing": _siasn("jenjang_jabatan"),
    "jabatan-lama": _siasn(
        "jenjang_jabatan",
        step="Minta admin instansi (BKD) memakai nama jabatan yang berlaku di SIASN, dan pilih jenjangnya di Data diri.",
    ),
    "jabatan-siasn": _by_hand(
        System.SIASN, _TEACHER_ADMIN,
        "Tiap guru membuka profilnya di e-Kinerja atau MyASN; yang masih bernama lama diperbaiki BKD di SIASN.",
    ),
    "unor": _by_hand(
        System.SIASN, "Dinas pendidikan",
        "Tiap guru melihat unit kerjanya di e-Kinerja; yang bukan sekolah ini dipadankan dinas.", _UNOR,
    ),
    "skp-kepala": Mending(
        system=System.SIASN, who=_HEAD, here="rencana", message="skp-organisasi-belum-dibuat", certain=False,
        step="Kepala sekolah menyusun dan menyinkronkan rencananya sendiri dahulu; sesudah disetujui baru guru menekan Sinkron.",
    ),
    "akun-tidak-ada": _account(_OPERATOR),
    "akun-belum-aktif": _account(_TEACHER),
    "akun-lupa-sandi": _account("Guru, atau Admin Sekolah", message="gagal-login"),
    "akun-belum-dicek": _account("Operator sekolah atau guru", certain=False),
    "akun-ragu": _account(_OPERATOR),
    "akun-belum-dicatat": _by_hand(
        System.BELAJAR_ID, _OPERATOR,
        "Unduh akun PTK dari pd.data.kemdikbud.go.id, lalu: pmm-tui belajar-id impor BERKAS (atau: belajar-id tandai).",
    ),
    "bukan-induk": _account("Guru, di sekolah induknya"),
    "tim-kinerja": _by_hand(
        System.GTK, "Operator sekolah dan dinas", "Lihat di Ruang GTK apakah Tim Kinerja sudah dipetakan, lalu centang."
    ),
    "periode-ruang-gtk": _by_hand(
        System.GTK, "Guru dan kepala sekolah", "Di Ruang GTK, menu kanan atas, Ganti periode; periksa sebelum menekan Mulai."
    ),
    "peran-kepala": _by_hand(
        System.GTK, _HEAD,
        "Kepala sekolah masuk dua kali: sebagai Atasan untuk menyetujui guru, sebagai Pegawai untuk rencananya sendiri.",
    ),
    "atasan-kosong": _settings("Isi sekali di Pengaturan (F7)."),
    "atasan-nip-kosong": _settings("Isi di Pengaturan (F7).", certain=False),
    "atasan-nip-salah": _settings("Perbaiki di Pengaturan (F7)."),
    "kepala-kosong": _settings("Isi nama dan NIP kepala sekolah di Pengaturan (F7), atau tarik dari server."),
    "kepala-nip-kosong": _settings("Isi NIP kepala sekolah di Pengaturan (F7); bila tidak punya NIP, centang.", certain=False),
    "kepala-nip-salah": _settings("Perbaiki NIP kepala sekolah di Pengaturan (F7)."),
    "npsn-kosong": _settings("Isi NPSN di Pengaturan (F7)."),
    "bentuk-sekolah-kosong": _settings("Isi jenjang sekolah di Pengaturan (F7)."),
    "non-asn": Mending(
        system=System.HERE, who=_OPERATOR, fields=("status_kepegawaian",), certain=False,
        step="Bila tidak menyusun rencana, tandai tidak perlu di Daftar Guru (Alt+T); bila menyusun, centang.",
    ),
}  # fmt: skip
"""How the fault of each code is mended; one of any other code is mended in the plan, here."""

_IN_PLAN = Mending(system=System.HERE, who=_OPERATOR, step="Buka rencananya dan lengkapi.", here="rencana")


def mending_of(kode: str) -> Mending:
    """How a fault is mended, by its code."""
    return MENDINGS.get(kode, _IN_PLAN)
