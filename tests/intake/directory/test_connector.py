"""The connector against a real far end: what it sends, how long it waits, what it takes for an answer."""

from collections.abc import Iterator
from time import monotonic

import pytest

from intake.directory.connector import LARGEST, TRIES, Directory, LookupFailed, Unreachable
from tests.intake.directory.far_end import FarEnd, far_end

NAME = ("domain", "carla-books.example")


@pytest.fixture
def far() -> Iterator[FarEnd]:
    with far_end() as found:
        yield found


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def directory(far: FarEnd, waits: list[float]) -> Directory:
    return Directory(far.url, "sesame", 2, sleep=waits.append)


def test_it_asks_in_the_body_with_its_token_and_gets_customers(far: FarEnd, directory: Directory) -> None:
    far.names({"identifier": "C-1001", "name": "Carla Moreau", "us_person": False, "nationality": None})
    (carla,) = directory.who_has(NAME)
    assert (carla.identifier, carla.fields) == ("C-1001", {"name": "Carla Moreau", "is_us_person": False})
    assert (far.asked, far.tokens) == ([{"kind": "domain", "value": "carla-books.example"}], ["Bearer sesame"])


def test_nobody_is_an_answer(directory: Directory) -> None:
    assert directory.who_has(NAME) == []


def test_what_may_go_better_later_is_tried_again_a_little_later_each_time(
    far: FarEnd, directory: Directory, waits: list[float]
) -> None:
    far.says((503, b""), (429, b""), (200, b'{"customers": []}'))
    assert directory.who_has(NAME) == []
    assert 0.25 <= waits[0] <= 0.75
    assert 0.5 <= waits[1] <= 1.5


def test_it_gives_up_after_three_tries(far: FarEnd, directory: Directory) -> None:
    far.says((500, b"out of order"))
    with pytest.raises(Unreachable, match="status 500"):
        directory.who_has(NAME)
    assert len(far.asked) == TRIES


@pytest.mark.parametrize("status", [204, 302, 400, 401, 404])
def test_what_goes_no_better_later_is_asked_once(far: FarEnd, directory: Directory, status: int) -> None:
    far.says((status, b""))
    with pytest.raises(LookupFailed) as failed:
        directory.who_has(NAME)
    assert not isinstance(failed.value, Unreachable)
    assert len(far.asked) == 1


def test_a_redirect_does_not_get_the_token(far: FarEnd, directory: Directory) -> None:
    with far_end() as other:
        far.location = other.url
        far.says((302, b""))
        with pytest.raises(LookupFailed):
            directory.who_has(NAME)
        assert other.asked == []


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"<html>", id="no JSON"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"{}", id="no customers"),
        pytest.param(b'{"customers": null}', id="customers that are none"),
        pytest.param(b'{"customers": [], "next": 2}', id="more than customers"),
        pytest.param(b'{"customers": ["C-1"]}', id="a number alone"),
        pytest.param(b'{"customers": [{"name": "Carla Moreau"}]}', id="a customer without a number"),
        pytest.param(b'{"customers": [{"identifier": "C-1", "shoe_size": "40"}]}', id="a field that nobody knows"),
        pytest.param(b'{"customers": [{"identifier": 1}]}', id="a number that is no text"),
        pytest.param(b'{"customers": [{"identifier": "C-1", "email": "Carla Moreau"}]}', id="an address that is none"),
        pytest.param(b'{"customers": [' + b'{"identifier": "C-1"},' * 20 + b'{"identifier": "C-1"}]}', id="too many"),
        pytest.param(b'{"customers": []' + b" " * LARGEST + b"}", id="too long"),
        pytest.param(b"[" * 100_000, id="too deep"),
    ],
)
def test_what_is_not_exactly_an_answer_is_none_and_is_not_repeated(
    far: FarEnd, directory: Directory, said: bytes
) -> None:
    far.says((200, said))
    with pytest.raises(LookupFailed) as failed:
        directory.who_has(NAME)
    assert len(far.asked) == 1
    assert "Carla" not in str(failed.value)


def test_who_does_not_answer_in_time_does_not_answer(far: FarEnd) -> None:
    """Each byte comes in time, the whole never: the socket's own timeout would wait for ever."""
    far.drip = 0.05
    far.says((200, b'{"customers": []}' + b" " * 400))
    began = monotonic()
    with pytest.raises(Unreachable):
        Directory(far.url, "", 0.2, sleep=lambda _seconds: None).who_has(NAME)
    assert monotonic() - began < 5


def test_who_is_not_there_is_not_reached() -> None:
    with far_end() as gone:
        url = gone.url
    with pytest.raises(Unreachable):
        Directory(url, "", 1, sleep=lambda _seconds: None).who_has(NAME)


def test_a_file_is_no_directory(waits: list[float]) -> None:
    with pytest.raises(LookupFailed, match="neither http nor https"):
        Directory("file:///etc/passwd", "", 1, sleep=waits.append).who_has(NAME)


def test_the_token_is_in_no_message() -> None:
    assert "sesame" not in repr(Directory("https://directory.example", "sesame", 1))
