"""The server's roster and ours: who is the same, and whose word counts."""

from __future__ import annotations

from typing import Any

from pmm_tui.skp.model import Pegawai
from pmm_tui.sync.roster_merge import ServerPegawai, merge

NIP, OTHER_NIP = "198507142010011012", "199001012019032007"
NUPTK = "1234767660300456"


def row(id: str = "g-1", nama: str = "Budi", **more: Any) -> ServerPegawai:
    """A row of the server."""
    return ServerPegawai(id=id, nama=nama, **more)


def ours(id: int = 1, nama: str = "Budi Santoso, S.Pd.", **more: Any) -> Pegawai:
    """A teacher of ours."""
    return Pegawai(id=id, nama=nama, **more)


def test_a_new_teacher_is_taken_over() -> None:
    """Who is not known here is added with the server's id, numbers as bare digits."""
    found = merge([row(nip="19850714 201001 1 012", nuptk="'1234 7676 6030 0456", jk="L", golongan="III/c")], (), ())

    assert found.to_write == (Pegawai(nama="Budi", nip=NIP, nuptk=NUPTK, jk="L", golongan="III/c", id_server="g-1"),)
    assert found.sentences == ()


def test_a_known_teacher_is_found_by_id_then_nip_then_nuptk() -> None:
    """One is the same by the server's id, by NIP or by NUPTK, and keeps our own words where we have some."""
    for known in (ours(id_server="g-1"), ours(nip=NIP), ours(nuptk=NUPTK)):
        found = merge([row(nip=NIP, nuptk=NUPTK, golongan="III/d")], (), [known])
        assert found.to_write == (ours(nip=NIP, nuptk=NUPTK, golongan="III/d", id_server="g-1"),)


def test_our_fresher_word_stands_until_the_server_changes_its_own() -> None:
    """A difference is ours to keep; once the server says something else than before, that counts."""
    known = ours(nip=NIP, golongan="IV/a", id_server="g-1")
    old, new = row(nip=NIP, golongan="III/d"), row(nip=NIP, golongan="IV/b")

    assert merge([old], (), [known]).to_write == ()
    assert merge([old], [old], [known]).to_write == ()
    assert merge([new], [old], [known]).to_write == (ours(nip=NIP, golongan="IV/b", id_server="g-1"),)
    assert merge([row(nip=NIP)], [old], [known]).to_write == ()


def test_doubtful_rows_are_left_out_and_named() -> None:
    """A row that fits two teachers, or two rows that fit one, write nothing and are told."""
    both = [ours(1, nip=NIP), ours(2, nama="Ani", nuptk=NUPTK)]
    assert merge([row(nip=NIP, nuptk=NUPTK)], (), both).to_write == ()
    twice = merge([row("g-1", nip=NIP), row("g-2", "Budi lagi", nip=NIP)], (), [])
    assert [p.id_server for p in twice.to_write] == ["g-1"]
    assert twice.sentences == ("Budi lagi: nomornya di server cocok dengan guru lain; periksa di Dapodik.",)
    mixed = merge([row("g-1", nip=NIP), row("g-2", nuptk=NUPTK)], (), [ours(nip=NIP, nuptk=NUPTK)])
    assert len(mixed.to_write) == len(mixed.sentences) == 1
    assert merge([row("", nip=NIP)], (), []).to_write == ()


def test_what_cannot_be_a_number_is_no_number() -> None:
    """A NIP or NUPTK of the wrong length and an unknown sex are left empty, not kept."""
    (found,) = merge([row(nip="1985", nuptk="x", jk="?")], (), []).to_write
    assert (found.nip, found.nuptk, found.jk) == ("", "", "")


def test_nobody_is_removed() -> None:
    """A teacher whom the server does not name stays."""
    assert merge([], [row()], [ours(id_server="g-1", nip=OTHER_NIP)]).to_write == ()


def test_one_row_is_one_teacher_and_one_teacher_one_row() -> None:
    """A row whose numbers lead to two of ours, and a second row that leads to the same one, are left out by their names."""
    known = [Pegawai(id=1, nama="Budi", nip=NIP), Pegawai(id=2, nama="Ani", nuptk=NUPTK)]
    both = ServerPegawai(id="g-1", nama="Dua Orang", nip=NIP, nuptk=NUPTK)
    by_nip = ServerPegawai(id="g-2", nama="Budi", nip=NIP)
    again = ServerPegawai(id="g-3", nama="Lain", nip=NIP)
    same_id = ServerPegawai(id="g-2", nama="Kembar")

    found = merge([both, by_nip, again, same_id, ServerPegawai(id="", nama="Tanpa id")], [], known)

    assert [(p.id, p.id_server) for p in found.to_write] == [(1, "g-2")]
    assert [sentence.partition(":")[0] for sentence in found.sentences] == ["Dua Orang", "Lain", "Kembar", "Tanpa id"]


def test_a_row_that_finds_who_was_found_already_is_left_out() -> None:
    """Two rows of different numbers that are both ours of one teacher: the second would write over the first."""
    known = [Pegawai(id=1, nama="Budi", nip=NIP, nuptk=NUPTK)]
    rows = [ServerPegawai(id="g-1", nama="Budi", nip=NIP), ServerPegawai(id="g-2", nama="Budi", nuptk=NUPTK)]

    found = merge(rows, [], known)

    assert [(p.id, p.id_server) for p in found.to_write] == [(1, "g-1")]
    assert len(found.sentences) == 1


def test_a_name_is_as_long_as_a_name_may_be() -> None:
    """Two hundred letters of a name are kept, sixty are told."""
    (new,) = merge([ServerPegawai(id="g-1", nama="x" * 300)], [], []).to_write
    assert len(new.nama) == 200
    (nameless,) = merge([ServerPegawai(id="g-1", nama="")], [], []).sentences
    assert nameless.startswith("Guru tanpa nama: ")
    (sentence,) = merge([ServerPegawai(id="", nama="x" * 300)], [], []).sentences
    assert len(sentence.partition(":")[0]) == 60


def test_what_the_server_leaves_empty_empties_nothing() -> None:
    """Our word stays where the server has none, also where it had one before."""
    mine = Pegawai(id=1, nama="Budi", id_server="g-1", golongan="III/c")
    before = [ServerPegawai(id="g-1", nama="Budi", golongan="III/b")]
    assert merge([ServerPegawai(id="g-1", nama="Budi")], before, [mine]).to_write == ()


def test_a_teacher_without_a_number_is_found_by_name_and_birth_date() -> None:
    """They get the server's id, and with it their plan can be sent; nobody is doubled, and a name alone binds nobody."""
    mine = ours(nama="Ani Lestari, S.Pd.", tanggal_lahir="1990-01-02")
    server = row(nama="ANI LESTARI", tanggal_lahir="1990-01-02", nuptk=NUPTK)
    (written,) = merge([server], (), [mine]).to_write
    assert (written.id, written.nama, written.nuptk, written.id_server) == (1, mine.nama, NUPTK, "g-1")

    for other in (ours(nama="Ani Lestari"), mine):
        found = merge([row(nama="Ani Lestari", nuptk=NUPTK)], (), [other])
        assert (found.to_write, found.undecided) == ((), True)
        assert "tanpa nomor di komputer ini" in found.sentences[0]

    other_day = row(nama="Ani Lestari", tanggal_lahir="1991-01-02", nuptk=NUPTK)
    assert [p.id for p in merge([other_day], (), [mine]).to_write] == [0]
    two = [server, row("g-2", "Ani Lestari", tanggal_lahir="1990-01-02")]
    assert [p.id for p in merge(two, (), [mine]).to_write] == [0, 0]
