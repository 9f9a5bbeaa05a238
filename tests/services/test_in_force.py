"""What is in force, from values alone; how a configuration comes into it is tried in `tests/cli/test_in_force.py`."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from msgspec import structs

from pmm_tui.errors import ConfigError
from pmm_tui.services.in_force import find_in_force
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import KepalaSekolah, Rapor, Sekolah
from pmm_tui.store import Store
from tests.services.conftest import NOW

TODAY = date(2026, 1, 10)


def test_without_anything_the_bundled_catalogue_and_the_day_decide(store: Store) -> None:
    """An empty store and no settings give the bundled catalogue, the period that runs, no school and no results."""
    found = find_in_force(store.reference.get, TODAY)
    assert (found.katalog, found.katalog_source, found.periode, found.notes) == (
        bundled().for_periode("2026"),
        "bawaan",
        "2026",
        (),
    )
    assert (found.sekolah, found.rapor) == (Sekolah(), Rapor())
    assert found.label == "Januari–Desember 2026"


def test_what_the_store_holds_of_the_server_is_in_force(store: Store) -> None:
    """The stored answers of the server fill what the operator does not say; a head of the operator's is taken as one."""
    documents = {
        "sekolah": {"npsn": "69900001", "nama": "SMP Satu", "jenjang": "smp", "kepala_sekolah": {"nama": "Nur", "plt": True}},
        "rapor/2026": {"capaian": {"aktivitas-interaktif": "kurang"}},
    }
    for name, content in documents.items():
        store.reference.put(name, "", msgspec.json.encode(content), NOW)
    found = find_in_force(store.reference.get, TODAY, own_sekolah=Sekolah(nama="Milik Kami"))
    head = KepalaSekolah(nama="Nur", plt=True)
    assert found.sekolah == Sekolah(npsn="69900001", nama="Milik Kami", jenjang="SMP", kepala_sekolah=head)
    assert found.rapor.capaian == {"aktivitas-interaktif": "kurang"}
    own = Sekolah(kepala_sekolah=KepalaSekolah(nip="197001011995122001"))
    assert find_in_force(store.reference.get, TODAY, own_sekolah=own).sekolah.kepala_sekolah == own.kepala_sekolah


def test_the_operators_catalogue_is_whole_for_importing_too(store: Store) -> None:
    """A catalogue without what importing needs gets the bundled one's."""
    own = structs.replace(bundled().only_periode("2025"), versi="milik")
    found = find_in_force(store.reference.get, TODAY, own_katalog=own)
    assert (found.katalog.versi, found.katalog_source, found.periode) == ("milik", "berkas", "2025")
    assert found.katalog.impor_dapodik == bundled().impor_dapodik


def test_a_catalogue_of_the_server_without_the_period_is_left_aside(store: Store) -> None:
    """A catalogue that the server gave for a period but that does not have it is told of, and the bundled one taken."""
    store.reference.put("katalog/2026", "", msgspec.json.encode(bundled().only_periode("2025")), NOW)
    found = find_in_force(store.reference.get, TODAY)
    assert (found.katalog_source, found.periode) == ("bawaan", "2026")
    assert found.notes == ("Katalog dari server tidak memuat periode 2026; dipakai katalog bawaan.",)


def test_a_period_that_is_not_there_is_told_with_the_file_that_names_it(store: Store) -> None:
    """The sentence says which file names the period; one named on the command line needs no file."""
    with pytest.raises(ConfigError) as caught:
        find_in_force(store.reference.get, TODAY, chosen="2O26", chosen_in="/x/config.toml")
    assert caught.value.sentence.startswith('/x/config.toml: periode: Periode "2O26" tidak ada di katalog.')
    with pytest.raises(ConfigError) as caught:
        find_in_force(store.reference.get, TODAY, chosen="2O26")
    assert caught.value.sentence.startswith('Periode "2O26" tidak ada di katalog.')
