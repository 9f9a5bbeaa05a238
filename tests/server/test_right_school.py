"""What an envelope says of its school, and a key that stands twice in it."""

from __future__ import annotations

import json

import pytest

from pmm_tui.skp.wire import Envelope, digest, open_envelope, seal
from tests.server.sample_school import NIP, OTHER_NIP, MakeSekolah, SampleSchool, envelope

BUDI = {"nip": NIP, "nama": "Budi Santoso"}
SITI = {"nip": OTHER_NIP, "nama": "Siti Aminah"}


def of_school(line: bytes, npsn: str) -> bytes:
    """The envelope with its school."""
    return line.replace(b'"periode"', f'"npsn":"{npsn}","periode"'.encode(), 1)


def test_an_envelope_of_another_school_is_refused(make_sekolah: MakeSekolah) -> None:
    """It is refused with both schools named, nothing of it is stored at either, and the others of the batch are."""
    ours, theirs = make_sekolah(), make_sekolah()
    (refused,) = ours.post(line := of_school(envelope(BUDI), theirs.npsn))

    assert (refused["keadaan"], refused["tanda_terima"], refused["sha256"]) == ("ditolak", "", digest(line))
    (masalah,) = refused["masalah"]
    assert masalah["kode"] == "sekolah-asing"
    assert ours.npsn in masalah["pesan"]
    assert theirs.npsn in masalah["pesan"]
    for school in (ours, theirs):
        assert school.ids() == {}
        assert school.http.get("/v1/rencana").json()["perubahan"] == []
    result = ours.post(line, of_school(envelope(SITI), ours.npsn))
    assert [one["keadaan"] for one in result] == ["ditolak", "tersimpan"]
    assert list(ours.ids()) == ["Siti Aminah"]


def test_the_school_comes_before_what_was_stored(make_sekolah: MakeSekolah) -> None:
    """Bytes that another school's server did store get no receipt here, and no word of what stands."""
    ours, theirs = make_sekolah(), make_sekolah()
    line = of_school(envelope(BUDI), theirs.npsn)
    assert theirs.post(line)[0]["keadaan"] == "tersimpan"
    ours.store(BUDI)
    (refused,) = ours.post(line)
    assert [one["kode"] for one in refused["masalah"]] == ["sekolah-asing"]
    assert "dipegang" not in refused


def test_the_own_school_or_none_is_taken(sekolah: SampleSchool) -> None:
    """The envelope is handed out as it came, with its school or without one."""
    first = of_school(envelope(BUDI), sekolah.npsn)
    assert [one["keadaan"] for one in sekolah.post(first, envelope(SITI), of_school(envelope(SITI, 2, 1), ""))] == ["tersimpan"] * 3
    answer = sekolah.http.get(f"/v1/rencana/2026/{sekolah.ids()['Budi Santoso']}")
    assert answer.content.startswith(b'{"amplop":' + first + b",")


@pytest.mark.parametrize("npsn", ['"123456789"', "20500001", "null"])
def test_a_school_of_another_shape_is_no_envelope(sekolah: SampleSchool, npsn: str) -> None:
    """Too long, a number or nothing at all."""
    (refused,) = sekolah.post(envelope(BUDI).replace(b'"periode"', f'"npsn":{npsn},"periode"'.encode(), 1))
    assert [one["kode"] for one in refused["masalah"]] == ["amplop"]


def test_sealed_bytes_without_a_school_are_as_they_were() -> None:
    """An envelope that names none is sealed to the same bytes as before there was such a member, and opened from them."""
    line = seal(open_envelope(envelope(BUDI)))
    assert b"npsn" not in line
    assert list(json.loads(line)) == ["pegawai", "periode", "revisi", "dasar", "rencana"]
    named = open_envelope(of_school(line, "20500001"))
    assert isinstance(named, Envelope)
    assert list(json.loads(seal(named))) == ["pegawai", "npsn", "periode", "revisi", "dasar", "rencana"]


TWICE = {
    "the base": (b'"dasar":0', b'"dasar":0,"dasar":0'),
    "the plan": (b'"rencana":', b'"rencana":{},"rencana":'),
    "by another spelling": (b'"dasar":0', b'"dasar":0,"d\\u0061sar":0'),
    "in the teacher": (b'"nip":', b'"nip":"1","nip":'),
    "deep in the plan": (b'"target":2', b'"target":2,"target":2'),
    "in what nobody knows": (b'"dasar":0', b'"dasar":0,"x":[{"y":[{"z":1,"z":2}]}]'),
}


@pytest.mark.parametrize("case", TWICE)
def test_a_key_twice_is_refused(sekolah: SampleSchool, case: str) -> None:
    """Wherever in the envelope it stands; the other envelopes of the batch go on, and nothing of it is handed out."""
    line = envelope(BUDI).replace(*TWICE[case], 1)
    assert line != envelope(BUDI)
    refused, stored = sekolah.post(line, envelope(SITI))
    assert (refused["keadaan"], stored["keadaan"]) == ("ditolak", "tersimpan")
    assert refused["sha256"] == digest(line)
    assert [one["kode"] for one in refused["masalah"]] == ["amplop"]
    assert "dua kali" in refused["masalah"][0]["pesan"]
    assert list(sekolah.ids()) == ["Siti Aminah"]


def test_the_same_key_in_two_objects_is_taken(sekolah: SampleSchool) -> None:
    """Keys stand twice only inside one object; a text that looks like keys is a text."""
    line = envelope({"nip": NIP, "nama": 'Budi "a":1,"a":2'}).replace(b'"dasar":0', b'"dasar":0,"x":[{"y":1},{"y":1}]')
    assert sekolah.post(line)[0]["keadaan"] == "tersimpan"


def test_a_number_that_no_client_reads_is_refused(sekolah: SampleSchool) -> None:
    """Thousands of digits in a member that nobody knows: some readers refuse that, so it is not handed out."""
    (refused,) = sekolah.post(envelope(BUDI).replace(b'"dasar":0', b'"dasar":0,"x":' + b"9" * 5_000))
    assert [one["kode"] for one in refused["masalah"]] == ["amplop"]
