"""File names are shown and sent back, and do no harm there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault import file_names
from vault.content_types import PDF, UNKNOWN


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        pytest.param("order.pdf", "order.pdf", id="plain"),
        pytest.param("../../etc/passwd", "passwd", id="folders"),
        pytest.param("C:\\fakepath\\order.pdf", "order.pdf", id="folders of Windows"),
        pytest.param("order\r\nSet-Cookie: a=b.pdf", "orderSet-Cookie: a=b.pdf", id="line breaks"),
        pytest.param("order\u202efdp.exe", "orderfdp.exe", id="written backwards"),
        pytest.param("e\u0301tat.pdf", "état.pdf", id="composed"),
        pytest.param("...", "document", id="dots"),
        pytest.param("", "document", id="nothing"),
        pytest.param(" a   b .pdf ", "a b .pdf", id="spaces"),
    ],
)
def test_a_name_is_cleaned(given_name: str, shown: str) -> None:
    assert file_names.clean(given_name) == shown


def test_a_long_name_keeps_its_extension() -> None:
    assert file_names.clean("a" * 300 + ".pdf") == "a" * 196 + ".pdf"


@given(st.text(max_size=250))
def test_a_cleaned_name_is_short_visible_without_folders_and_stays_as_it_is(name: str) -> None:
    cleaned = file_names.clean(name)
    assert 0 < len(cleaned) <= 200
    assert not set(cleaned) & {"/", "\\", "\r", "\n", "\0", "\u202e"}
    assert file_names.clean(cleaned) == cleaned


def test_a_download_is_named_for_what_it_is() -> None:
    assert file_names.for_download("order.pdf", PDF) == "order.pdf"
    assert file_names.for_download("scan.png", PDF) == "scan.png.pdf"
    assert file_names.for_download("invoice.exe", "text/plain") == "invoice.exe.txt"
    assert file_names.for_download("production.bin", UNKNOWN) == "production.bin"
