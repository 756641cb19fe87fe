import multiprocessing
import stat

import pytest

from shared.keys import KeyFileError, derive, load_or_create


def test_a_new_instance_gets_a_random_key_that_only_the_owner_can_read(tmp_path):
    first = load_or_create(tmp_path / "a" / "keys" / "master.key")
    second = load_or_create(tmp_path / "b" / "keys" / "master.key")

    assert (len(first), len(second)) == (32, 32)
    assert first != second
    assert stat.S_IMODE((tmp_path / "a" / "keys" / "master.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "a" / "keys").stat().st_mode) & 0o077 == 0


def test_the_key_stays_the_same(tmp_path):
    path = tmp_path / "master.key"
    assert load_or_create(path) == load_or_create(path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_that_others_can_read_is_refused(tmp_path, mode):
    path = tmp_path / "master.key"
    load_or_create(path)
    path.chmod(mode)

    with pytest.raises(KeyFileError) as caught:
        load_or_create(path)
    assert str(caught.value) == f"{path} can be read by others; run: chmod 600 {path}"


@pytest.mark.parametrize("text", ["", "not hexadecimal", "ab" * 31])
def test_a_file_without_a_whole_key_is_refused(tmp_path, text):
    path = tmp_path / "master.key"
    path.touch(mode=0o600)
    path.write_text(text)

    with pytest.raises(KeyFileError) as caught:
        load_or_create(path)
    assert str(caught.value) == f"{path} holds no key of 32 bytes in hexadecimal"


def create(path, start, results):
    start.wait()
    results.put(load_or_create(path))


def test_processes_that_start_together_agree_on_one_key(tmp_path):
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(8), context.Queue()
    path = tmp_path / "keys" / "master.key"
    starters = [context.Process(target=create, args=(path, start, results)) for _ in range(8)]
    for starter in starters:
        starter.start()
    found = {results.get(timeout=10) for _ in starters}
    for starter in starters:
        starter.join()

    assert found == {load_or_create(path)}
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]


def test_a_derived_key_is_the_one_block_of_hkdf_sha256():
    # openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt salt:triptych -kdfopt hexkey:0b0b… \
    #     -kdfopt info:admin.session HKDF
    expected = "10c57589d95076c98537c7941bc4c41087d36e5ed09c1306940cd0a12ae72361"
    assert derive(b"\x0b" * 32, "admin.session").hex() == expected


def test_each_purpose_and_each_master_has_a_key_of_its_own():
    master = bytes(range(32))
    derived = {derive(master, "admin"), derive(master, "api"), derive(bytes(32), "admin"), master}

    assert len(derived) == 4
    assert derive(master, "admin") == derive(master, "admin")
