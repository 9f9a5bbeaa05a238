"""The part of Pra-perencanaan that is about the whole school: its head, its settings, and what has to be looked at by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import PlanRow
from pmm_tui.skp.finding import Finding, sign_of
from pmm_tui.skp.nip import nip_faults
from pmm_tui.skp.plan_state import State


def school_findings(
    in_force: InForce, today: date, head: PlanRow | None, *, accounts_known: bool, teachers: bool
) -> Iterator[Finding]:
    """What concerns the whole school; `head` is the kepala sekolah in the roster. Without `teachers` only the settings are told."""
    yield from _settings(in_force, today)
    if not teachers:
        return
    yield from _head(in_force, head)
    if not accounts_known:
        yield _line(in_force, "akun-belum-dicatat", "Akun belajar.id guru belum dicatat di sini, jadi tidak diperiksa.")
    told = f"Periode {in_force.label} dipilih di Ruang GTK, juga oleh kepala sekolah."
    yield _line(in_force, "periode-ruang-gtk", told)
    yield _line(in_force, "unor", "Unit kerja (unor) tiap guru di e-Kinerja cocok dengan sekolah ini.")
    yield _line(in_force, "jabatan-siasn", "Nama jabatan tiap guru di SIASN bukan nama lama (Guru Pratama sampai Guru Utama).")
    if in_force.katalog.skema_periode(in_force.periode).id != "pmm-2024":  # Tim Kinerja came with Ruang GTK
        yield _line(in_force, "tim-kinerja", "Tim Kinerja sekolah sudah dipetakan di Ruang GTK.")
        told = 'Kepala sekolah memilih peran "Kepala Sekolah sebagai Atasan" saat menyetujui guru.'
        yield _line(in_force, "peran-kepala", told)


def _settings(in_force: InForce, today: date) -> Iterator[Finding]:
    sekolah = in_force.sekolah
    head, above = sekolah.kepala_sekolah, sekolah.atasan
    if not sekolah.npsn:
        yield _line(in_force, "npsn-kosong", "NPSN sekolah belum diisi.")
    if not sekolah.jenjang:
        yield _line(in_force, "bentuk-sekolah-kosong", "Jenjang sekolah belum diisi, jadi semua tugas tambahan ditawarkan.")
    if not head.nama:
        yield _line(in_force, "kepala-kosong", "Nama kepala sekolah, pejabat penilai guru, belum diisi.")
    elif not head.nip:
        yield _line(in_force, "kepala-nip-kosong", "NIP kepala sekolah, pejabat penilai guru, belum diisi.", head.nama)
    elif faults := nip_faults(head.nip, today):
        yield _line(in_force, "kepala-nip-salah", f"NIP kepala sekolah {'; '.join(faults)}.", head.nip)
    if above.nama and not above.nip:
        yield _line(in_force, "atasan-nip-kosong", "NIP atasan kepala sekolah belum diisi.", above.nama)
    elif above.nip and (faults := nip_faults(above.nip, today)):
        yield _line(in_force, "atasan-nip-salah", f"NIP atasan kepala sekolah {'; '.join(faults)}.", above.nip)


def _head(in_force: InForce, head: PlanRow | None) -> Iterator[Finding]:
    if head is None:
        told = "Kepala sekolah tidak ada di daftar guru ini; Sinkron guru memerlukan SKP-nya yang sudah disetujui."
        yield _line(in_force, "skp-kepala", told)
    elif head.state is not State.APPROVED:
        told = f"Rencana kepala sekolah sendiri belum tercatat disetujui ({head.state.word}); Sinkron guru memerlukannya."
        yield Finding(
            pegawai=head.pegawai, kode="skp-kepala", sentence=told, sign=sign_of("skp-kepala", in_force.periode, head.pegawai.nama)
        )


def _line(in_force: InForce, kode: str, sentence: str, fact: str = "") -> Finding:
    """One about the school; what is looked at by hand is looked at anew in each period."""
    return Finding(kode=kode, sentence=sentence, sign=sign_of(kode, in_force.periode, fact))
