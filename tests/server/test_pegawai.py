"""One teacher is one identity, by whatever number or id the teacher is named."""

from __future__ import annotations

import pytest

from pmm_tui.errors import InputError
from pmm_tui.server.sekolah import LoadReport, load_school
from pmm_tui.skp.model import Pegawai, Rapor, Sekolah
from tests.server.sample_school import NIP, NUPTK, OTHER_NIP, OTHER_NUPTK, MakeSekolah, SampleSchool, envelope

BUDI = Pegawai(nama="Budi Santoso", nip=NIP, nuptk=NUPTK, status_kepegawaian="PNS", golongan="III/c", jk="L")
SITI = Pegawai(nama="Siti Aminah", nip=OTHER_NIP)


def _codes(result: dict) -> str:
    assert result["keadaan"] == "ditolak", result
    return result["masalah"][0]["kode"]


def test_id_nip_and_nuptk_lead_to_one_plan(make_sekolah: MakeSekolah) -> None:
    """Revisions sent by NIP, by NUPTK and by id follow each other on one plan; each result echoes what its envelope had."""
    sekolah = make_sekolah(BUDI, SITI)
    id = sekolah.ids()["Budi Santoso"]
    assert sekolah.store({"nip": NIP})["pegawai"] == {"nip": NIP}
    assert sekolah.store({"nuptk": NUPTK}, revisi=2, dasar=1)["pegawai"] == {"nuptk": NUPTK}
    assert sekolah.store({"id": id, "nip": NIP, "nuptk": NUPTK}, revisi=3, dasar=2)["pegawai"] == {
        "id": id,
        "nip": NIP,
        "nuptk": NUPTK,
    }
    (only,) = sekolah.http.get("/v1/rencana").json()["perubahan"]
    assert (only["pegawai"], only["revisi"]) == (id, 3)


def test_same_revision_by_another_number_conflicts(make_sekolah: MakeSekolah) -> None:
    """The same plan sent once by NIP and once by NUPTK does not become two."""
    sekolah = make_sekolah(BUDI)
    sekolah.store({"nip": NIP})
    (result,) = sekolah.post(envelope({"nuptk": NUPTK}))
    assert result["keadaan"] == "bentrok"


def test_new_teacher_enters_the_roster(sekolah: SampleSchool) -> None:
    """A teacher that the school's roster does not have gets an entry with an opaque id from the envelope's data diri."""
    sent = {
        "nip": NIP,
        "nuptk": NUPTK,
        "nama": "Nur 'Aini, S.Pd.",
        "status_kepegawaian": "PNS",
        "jenis_ptk": "Guru Mapel",
        "golongan": "III/b",
        "jenjang_jabatan": "ahli-pertama",
    }
    sekolah.store(sent)
    (teacher,) = sekolah.http.get("/v1/pegawai").json()["pegawai"]
    id = teacher.pop("id")
    assert teacher == sent
    assert id.isalnum()
    assert NIP not in id


def test_number_learnt_later_joins(make_sekolah: MakeSekolah) -> None:
    """A teacher known by NUPTK alone who gets a NIP stays the same teacher, then also by the NIP alone."""
    sekolah = make_sekolah(Pegawai(nama="Rina", nuptk=NUPTK))
    sekolah.store({"nuptk": NUPTK})
    sekolah.store({"nip": NIP, "nuptk": NUPTK}, revisi=2, dasar=1)
    sekolah.store({"nip": NIP}, revisi=3, dasar=2)
    (teacher,) = sekolah.http.get("/v1/pegawai").json()["pegawai"]
    assert (teacher["nip"], teacher["nuptk"]) == (NIP, NUPTK)


def test_corrected_nip_is_the_same_teacher(make_sekolah: MakeSekolah) -> None:
    """A corrected NIP beside the id leads to the same teacher, and the older NIP still does."""
    sekolah = make_sekolah(BUDI)
    id = sekolah.ids()["Budi Santoso"]
    sekolah.store({"id": id, "nip": OTHER_NIP})
    sekolah.store({"nip": OTHER_NIP}, revisi=2, dasar=1)
    sekolah.store({"nip": NIP}, revisi=3, dasar=2)
    assert list(sekolah.ids()) == ["Budi Santoso"]


def test_two_teachers_in_one_envelope_are_refused(make_sekolah: MakeSekolah) -> None:
    """NIP, NUPTK and id that name different teachers are refused as `pegawai-ganda`."""
    sekolah = make_sekolah(BUDI, Pegawai(nama="Siti Aminah", nip=OTHER_NIP, nuptk=OTHER_NUPTK))
    id = sekolah.ids()["Siti Aminah"]
    for sent in ({"nip": NIP, "nuptk": OTHER_NUPTK}, {"id": id, "nip": NIP}, {"id": id, "nuptk": NUPTK}):
        (result,) = sekolah.post(envelope(sent))
        assert _codes(result) == "pegawai-ganda"


def test_foreign_id_is_refused(sekolah: SampleSchool, make_sekolah: MakeSekolah) -> None:
    """An id that the school does not have is refused, also when another school has it, and makes nobody."""
    other = make_sekolah(BUDI)
    for id in ("tidakada", other.ids()["Budi Santoso"]):
        (result,) = sekolah.post(envelope({"id": id, "nip": NIP, "nama": "Budi"}))
        assert _codes(result) == "pegawai-asing"
    assert sekolah.ids() == {}


def test_refused_plan_makes_no_teacher(sekolah: SampleSchool) -> None:
    """A new teacher whose plan is refused does not enter the roster; neither does one without a name or with a broken number."""
    for sent, code in (
        ({"nip": NIP}, "nama-kosong"),
        ({"nip": "123", "nama": "Budi"}, "nip-salah"),
        ({"nuptk": "123", "nama": "Budi"}, "nuptk-salah"),
        ({"nip": "198513142010011012", "nama": "Budi"}, "nip-salah"),
    ):
        (result,) = sekolah.post(envelope(sent))
        assert _codes(result) == code
    assert sekolah.ids() == {}


def test_same_nip_in_two_schools(sekolah: SampleSchool, make_sekolah: MakeSekolah) -> None:
    """A teacher who serves at two schools has a plan at each, under two ids."""
    other = make_sekolah(BUDI)
    sekolah.store({"nip": NIP, "nama": "Budi Santoso"})
    other.store({"nip": NIP})
    assert sekolah.ids()["Budi Santoso"] != other.ids()["Budi Santoso"]


def test_roster_fills_in_what_an_envelope_leaves_out(make_sekolah: MakeSekolah) -> None:
    """An envelope with the id alone is judged by the roster's name and numbers."""
    sekolah = make_sekolah(BUDI)
    sekolah.store({"id": sekolah.ids()["Budi Santoso"]})


# ---- loading a school


def test_loading_twice_changes_nothing(make_sekolah: MakeSekolah) -> None:
    """The same school and roster again keep every id and every answer."""
    without_number = Pegawai(nama="Made Wijaya", tanggal_lahir="1990-02-03")
    sekolah = make_sekolah(BUDI, SITI, without_number)
    before = [sekolah.http.get(path).headers["etag"] for path in ("/v1/pegawai", "/v1/sekolah")]
    done = load_school(sekolah.database, sekolah.sekolah, (BUDI, SITI, without_number))
    assert done == LoadReport(new=0, updated=0, same=3)
    assert before == [sekolah.http.get(path).headers["etag"] for path in ("/v1/pegawai", "/v1/sekolah")]


def test_loading_updates_what_changed(make_sekolah: MakeSekolah) -> None:
    """A new golongan, a corrected name and a new teacher are written; who is not named stays; empty members erase nothing."""
    sekolah = make_sekolah(BUDI, SITI)
    before = sekolah.ids()
    changed = Pegawai(nama="Budi Santoso, M.Pd.", nip=NIP, golongan="III/d")
    done = load_school(sekolah.database, sekolah.sekolah, (changed, Pegawai(nama="Baru", nuptk=OTHER_NUPTK)))
    assert done == LoadReport(new=1, updated=1, same=0)
    roster = {teacher["nama"]: teacher for teacher in sekolah.http.get("/v1/pegawai").json()["pegawai"]}
    assert list(roster) == ["Baru", "Budi Santoso, M.Pd.", "Siti Aminah"]
    budi = roster["Budi Santoso, M.Pd."]
    assert (budi["id"], budi["nuptk"], budi["golongan"]) == (before["Budi Santoso"], NUPTK, "III/d")


def test_loading_knows_who_came_by_envelope(sekolah: SampleSchool) -> None:
    """A teacher who entered by an envelope is the same when the roster is loaded later."""
    sekolah.store({"nip": NIP, "nama": "Budi Santoso"})
    before = sekolah.ids()
    load_school(sekolah.database, sekolah.sekolah, (BUDI,), {"2025": Rapor(capaian={"aktivitas-interaktif": "baik"})})
    assert sekolah.ids() == before
    assert sekolah.http.get("/v1/rapor/2025").json() == {"capaian": {"aktivitas-interaktif": "baik"}, "rekomendasi": []}


def test_loading_leaves_what_is_not_said(sekolah: SampleSchool) -> None:
    """A school loaded again by its NPSN alone keeps name, jenjang and head; a profile replaces the whole one before."""
    before = sekolah.http.get("/v1/sekolah").json()
    load_school(sekolah.database, Sekolah(npsn=sekolah.npsn))
    assert sekolah.http.get("/v1/sekolah").json() == before
    load_school(sekolah.database, Sekolah(npsn=sekolah.npsn, nama="SMP Baru"))
    after = sekolah.http.get("/v1/sekolah").json()
    assert (after["nama"], after["jenjang"], after["kepala_sekolah"]["nama"]) == ("SMP Baru", "", "")


def test_loading_needs_an_npsn(sekolah: SampleSchool) -> None:
    """A school without a possible NPSN is refused in words."""
    with pytest.raises(InputError, match="NPSN harus 8 angka"):
        load_school(sekolah.database, Sekolah(npsn="123"))
