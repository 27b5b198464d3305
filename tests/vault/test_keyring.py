"""Where the key-encryption keys of this machine come from."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.vault.conftest import OUR_KEK
from vault import keyring
from vault.keyring import BadKey, Kek

EARLIER = Kek(b"e" * 32)


def test_the_environment_gives_the_current_key_and_the_earlier_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keyring.PREVIOUS, f"{EARLIER.text()}, {Kek(b'f' * 32).text()}")
    ring = keyring.load()
    assert ring.primary == OUR_KEK
    assert set(ring.by_id) == {OUR_KEK.id, EARLIER.id, Kek(b"f" * 32).id}


def test_a_machine_without_a_key_has_none_until_one_is_made(keys_from_files: None) -> None:
    assert keyring.load().primary is None


def test_a_key_is_made_for_this_user_only_and_said_so(
    keys_from_files: None, var_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = keyring.make()
    path = var_dir / "keys" / "kek"
    assert keyring.load().primary == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    said = capsys.readouterr()
    assert str(path) in said.err
    assert said.out == ""
    assert made.text() not in said.err


def test_a_key_that_is_there_is_never_made_again(keys_from_files: None, capsys: pytest.CaptureFixture[str]) -> None:
    first = keyring.make()
    capsys.readouterr()
    assert keyring.make() == first
    assert capsys.readouterr().err == ""


def test_two_processes_that_make_a_key_at_once_get_the_same(keys_from_files: None, var_dir: Path) -> None:
    program = """
import sys, django
from pathlib import Path
from django.conf import settings
settings.configure(VAR_DIR=Path(sys.argv[1]))
django.setup()
from vault import keyring
print("ready", flush=True)
sys.stdin.readline()
print(keyring.make().id)
"""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(var_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate() for process in processes]
    assert len({said for said, _err in answers}) == 1
    assert sum("Made a key-encryption key" in err for _said, err in answers) == 1
    assert [path.name for path in (var_dir / "keys").iterdir()] == ["kek"]


def test_a_replaced_key_stays_as_an_earlier_one(keys_from_files: None, var_dir: Path) -> None:
    first = keyring.make()
    keyring.replace(EARLIER)
    ring = keyring.load()
    assert ring.primary == EARLIER
    assert ring.by_id[first.id] == first
    assert {path.stat().st_mode & 0o777 for path in (var_dir / "keys").iterdir()} == {0o600}


def test_a_machine_that_moves_its_key_to_the_environment_keeps_the_one_in_the_file(
    keys_from_files: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keyring.make()
    monkeypatch.setenv(keyring.CURRENT, OUR_KEK.text())
    assert keyring.load().primary == OUR_KEK
    assert made.id in keyring.load().by_id


@pytest.mark.parametrize("text", ["c2hvcnQ=", "not base64 at all!", "é"])
def test_what_is_no_key_is_refused_by_the_name_of_its_variable_and_not_shown(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(keyring.CURRENT, text)
    with pytest.raises(BadKey, match=r"^WRITDESK_KEK must hold 32 bytes in base64\.$"):
        keyring.load()


def test_earlier_keys_without_a_current_one_are_refused(keys_from_files: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keyring.PREVIOUS, EARLIER.text())
    with pytest.raises(BadKey, match="WRITDESK_KEK is not set"):
        keyring.load()


def test_a_key_is_not_shown_when_it_is_printed() -> None:
    assert "secret" not in repr(OUR_KEK)
    assert len(OUR_KEK.id) == 16
    assert OUR_KEK.id not in OUR_KEK.secret.hex()
