from base64 import b64encode
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ledger.signing import believed_keys, is_signed, public_bytes, signing_key


@pytest.fixture(autouse=True)
def _no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WRITDESK_LEDGER_KEY", raising=False)


def test_the_first_who_needs_a_key_makes_it_and_says_so(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = signing_key()
    path = var / "keys" / "ledger.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert str(path) in capsys.readouterr().err
    assert public_bytes(signing_key()) == public_bytes(key)
    assert capsys.readouterr().err == ""
    assert list(path.parent.iterdir()) == [path]


def test_a_key_of_the_environment_is_used_and_none_is_made(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WRITDESK_LEDGER_KEY", b64encode(b"1" * 32).decode())
    key = signing_key()
    assert is_signed(b"history", key.sign(b"history"), public_bytes(key))
    assert not (var / "keys").exists()


@pytest.mark.parametrize("value", ["", "no base64!", b64encode(b"short").decode()])
def test_a_wrong_key_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WRITDESK_LEDGER_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="WRITDESK_LEDGER_KEY must be 32 bytes in base64"):
        signing_key()


def test_looking_makes_no_key(var: Path) -> None:
    assert believed_keys() == frozenset()
    assert not (var / "keys").exists()


def test_keys_used_before_are_believed_when_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    own = public_bytes(signing_key())
    monkeypatch.setenv(
        "WRITDESK_LEDGER_PUBLIC_KEYS", f"{b64encode(b'1' * 32).decode()}, {b64encode(b'2' * 32).decode()}"
    )
    assert believed_keys() == {own, b"1" * 32, b"2" * 32}


def test_a_signature_of_another_key_or_of_no_key_is_none() -> None:
    key = signing_key()
    assert not is_signed(b"history", key.sign(b"history"), b"1" * 32)
    assert not is_signed(b"history", b"", public_bytes(key))
    assert not is_signed(b"history", key.sign(b"history"), b"too short")
