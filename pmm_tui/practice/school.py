"""The fictional school of the practice mode: an SMP with 40 teachers of every employment status. Nobody in it exists."""

from __future__ import annotations

from msgspec import structs

from pmm_tui.skp.model import KepalaSekolah, Pegawai, Rapor, Sekolah

NPSN = "69900001"
SEKOLAH = Sekolah(npsn=NPSN, nama="SMP Negeri 1 Khayalan", jenjang="SMP")
KEPALA = KepalaSekolah(nama="Dra. Hj. Nur'aini Batubara, M.Pd.", nip="196903121994032001", pangkat="Pembina Utama Muda, IV/c")
KEPALA_PLT = KepalaSekolah(nama="I Gusti Ngurah Oka, S.Pd.", nip="197508172003121004", pangkat="Pembina, IV/a", plt=True)
RAPOR = Rapor(
    capaian={
        "keteraturan-suasana-kelas": "baik",
        "penerapan-disiplin-positif": "kurang",
        "umpan-balik-konstruktif": "sedang",
        "perhatian-dan-kepedulian": "baik",
        "ekspektasi-pada-peserta-didik": "sedang",
        "aktivitas-interaktif": "kurang",
        "instruksi-pembelajaran": "baik",
        "instruksi-yang-adaptif": "sedang",
    },
    rekomendasi=("penerapan-disiplin-positif", "umpan-balik-konstruktif", "aktivitas-interaktif"),
)

# name, sex, birth date, year and month of the first appointment (21 and up: PPPK), status, class, duty in Dapodik
_ROWS = """
Dra. Hj. Nur'aini Batubara, M.Pd.|P|1969-03-12|1994 03|PNS|IV/c|Kepala Sekolah
I Gusti Ngurah Oka, S.Pd.|L|1975-08-17|2003 12|PNS|IV/a|Wakil Kepala Sekolah Kurikulum
Drs. H. Ma'ruf Zainuddin|L|1967-11-02|1993 03|PNS|IV/b|
Siti Nurhaliza Pohan, S.Pd.|P|1985-07-14|2010 01|PNS|III/c|Kepala Perpustakaan
Agus Salim Nasution, S.Si., M.Si.|L|1982-05-30|2008 01|PNS|III/d|Kepala Laboratorium
Yohanes Ndalu, S.Ag.|L|1979-12-25|2006 04|PNS|III/d|
Ni Luh Putu Ayu Ratnadi, S.Pd.|P|1988-02-09|2014 02|PNS|III/b|Wali Kelas
Fransiska Wona [Sr.], S.Pd.|P|1981-10-04|2009 12|PNS|III/c|
Muhammad Al-Fatih Rizqi, S.Kom.|L|1990-06-21|2019 03|PNS|III/a|Pembina OSIS
Theresia Rose Mamahit, S.Pd.|P|1986-01-17|2011 01|PNS|III/c|Wali Kelas
R. Bambang Sutrisno, S.Pd., M.M.|L|1972-04-28|1998 03|PNS|IV/a|
Ekawati Br. Sembiring, S.Pd.|P|1984-09-19|2010 12|PNS|III/c|
Zulkifli Dt. Rajo Mangkuto, S.Pd.|L|1978-03-03|2005 01|PNS|III/d|
André Tuasikal, S.Or.|L|1991-08-08|2020 12|PNS|III/a|Pembina Ekstrakurikuler
Dwi Lestari Handayani, S.Pd.|P|1993-05-11|2025 01|CPNS|III/a|
Rahmat Hidayat Lubis, S.Pd.|L|1995-11-23|2025 01|CPNS|III/a|
Cut Meutia Zahra, S.Pd.|P|1989-04-02|2022 21|PPPK|IX|Wali Kelas
Hendrikus Seran, S.Pd.|L|1987-07-07|2022 21|PPPK|IX|
Sri Wahyuningsih, S.Pd.|P|1983-12-30|2022 21|PPPK|IX|
Maria Goreti Lamén, S.Pd.|P|1990-10-15|2023 21|PPPK|IX|
La Ode Muhammad Syahrir, S.Pd.|L|1986-06-06|2023 21|PPPK|IX|Wali Kelas
Rina Marlina Simanjuntak, S.Pd.|P|1992-02-14|2023 21|PPPK|IX|
Ahmad Dhani Firmansyah, S.Pd.|L|1988-09-09|2024 21|PPPK|IX|
Wayan Sudiarta, S.Pd., M.Pd.|L|1985-03-21|2024 21|PPPK|X|
Nurul 'Izzah Azkiya, S.Pd.|P|1994-01-01|2024 21|PPPK|IX|
Petrus Kanisius Bére, S.Fil.|L|1982-04-27|2024 21|PPPK|IX|
Lilis Suryani, S.Pd.|P|1987-11-11|2024 21|PPPK|IX|
Fitri Handayani [Fitri], S.Pd.|P|1991-12-12|2025 21|PPPK Paruh Waktu|IX|
Marthen Yarangga, S.Pd.|L|1989-05-05|2025 21|PPPK Paruh Waktu|IX|
Siti Aisyah, S.Pd.|P|1996-08-18|2025 21|PPPK Paruh Waktu||
Ujang Supriatna, S.Pd.I.|L|1980-02-02||Guru Honor Sekolah||
Tri Rahayu Ningsih, S.Pd.|P|1997-07-27||Guru Honor Sekolah||
Jefri Manurung, S.Pd.|L|1998-03-13||Guru Honor Sekolah||
Dewi Sartika Putri, S.Pd.|P|1999-06-01||Guru Honor Sekolah||Guru Piket
Hasanuddin Daeng Nai, S.Pd.|L|1993-10-10||Honor Daerah TK.II Kab/Kota||
Anisa Rahmawati, S.Pd.|P|1994-04-24||Honor Daerah TK.II Kab/Kota||
Yusuf Ardiansyah, S.Pd.|L|1992-09-29||Honor Daerah TK.I Provinsi||
Sr. M. Immaculata, CB, S.Pd.|P|1977-12-08||GTY/PTY||
Komang Adi Saputra, S.Pd.|L|1995-05-15||GTY/PTY||
Èlisabeth Da Gomez, S.Pd.|P|1996-02-29||Guru Honor Sekolah||
"""
_JENIS_PTK = {0: "Kepala Sekolah", 8: "Guru TIK", 11: "Guru BK", 31: "Guru BK"}


def school(acting_head: bool) -> Sekolah:
    """Return the school with its head, or with an acting one."""
    return structs.replace(SEKOLAH, kepala_sekolah=KEPALA_PLT if acting_head else KEPALA)


def school_teachers() -> tuple[Pegawai, ...]:
    """Return the 40 teachers; the numbers are made up, of the right shape, and the same every time."""
    rows = [line.split("|") for line in _ROWS.strip().splitlines()]
    teachers = []
    for number, (name, jk, born, appointed, status, golongan, tugas) in enumerate(rows):
        sex = "1" if jk == "L" else "2"
        nip = born.replace("-", "") + appointed.replace(" ", "") + sex + f"{number % 9 + 1:03}" if appointed else ""
        teachers.append(
            Pegawai(
                nama=name,
                nip=KEPALA.nip if number == 0 else KEPALA_PLT.nip if number == 1 else nip,
                nuptk=f"{(int(born[2:4]) * 977 + number * 131 + 1000000000000000):016}" if number % 5 or not nip else "",
                jk="L" if jk == "L" else "P",
                tanggal_lahir=born,
                status_kepegawaian=status,
                jenis_ptk=_JENIS_PTK.get(number, "Guru Mapel"),
                golongan=golongan,
                tugas_tambahan=tugas,
            )
        )
    return tuple(teachers)
