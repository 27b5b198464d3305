"""Whatever was sealed opens as it was, and whatever was touched does not open."""

import io
import itertools
import os
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.conftest import DOCUMENT_ID
from vault import sealing
from vault.sealing import HEADER_BYTES, SEALED_BYTES, SEGMENT_BYTES, TAG_BYTES, SealedReader, Sealer, SegmentRefused

KEY = bytes(32)
SMALL = 16  # bytes of a segment in the tests below: the construction is the same at every size


@pytest.fixture(autouse=True, scope="module")
def _small_segments() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "SEGMENT_BYTES", SMALL)
        patch.setattr(sealing, "SEALED_BYTES", SMALL + TAG_BYTES)
        yield


def seal(data: bytes, *, cuts: list[int] | None = None, document_id: object = DOCUMENT_ID, key: bytes = KEY) -> bytes:
    sealed = io.BytesIO()
    sealer = Sealer(key, document_id, sealed)  # type: ignore[arg-type]
    places = [0, *sorted(cuts or []), len(data)]
    for start, end in itertools.pairwise(places):
        sealer.write(data[start:end])
    sealer.finish()
    return sealed.getvalue()


def unseal(sealed: bytes, *, document_id: object = DOCUMENT_ID, key: bytes = KEY) -> bytes:
    return b"".join(SealedReader(io.BytesIO(sealed), key, document_id).segments())  # type: ignore[arg-type]


def parts(sealed: bytes) -> tuple[bytes, list[bytes]]:
    body = sealed[HEADER_BYTES:]
    size = SMALL + TAG_BYTES
    return sealed[:HEADER_BYTES], [body[start : start + size] for start in range(0, len(body), size)]


@given(st.binary(max_size=5 * SMALL), st.data())
def test_any_bytes_in_any_chunks_open_as_they_were(data: bytes, draw: st.DataObject) -> None:
    cuts = draw.draw(st.lists(st.integers(0, len(data)), max_size=6))
    assert unseal(seal(data, cuts=cuts)) == data


@given(st.binary(max_size=4 * SMALL), st.data())
def test_any_flipped_bit_is_refused(data: bytes, draw: st.DataObject) -> None:
    sealed = bytearray(seal(data))
    place = draw.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << draw.draw(st.integers(0, 7))
    with pytest.raises(SegmentRefused):
        unseal(bytes(sealed))


@given(st.binary(max_size=4 * SMALL), st.data())
def test_a_file_cut_anywhere_is_refused(data: bytes, draw: st.DataObject) -> None:
    sealed = seal(data)
    with pytest.raises(SegmentRefused):
        unseal(sealed[: draw.draw(st.integers(0, len(sealed) - 1))])


@given(st.binary(max_size=4 * SMALL), st.binary(min_size=1, max_size=3 * SMALL))
def test_a_file_with_anything_appended_is_refused(data: bytes, more: bytes) -> None:
    with pytest.raises(SegmentRefused):
        unseal(seal(data) + more)


THREE = bytes(range(3 * SMALL))


@pytest.mark.parametrize(
    "rearrange",
    [
        pytest.param(lambda one, two, three: [two, one, three], id="two swapped"),
        pytest.param(lambda one, two, three: [one, three, two], id="the last one moved forward"),
        pytest.param(lambda one, two, three: [one, one, three], id="one repeated over another"),
        pytest.param(lambda one, two, three: [one, two, two, three], id="one repeated"),
        pytest.param(lambda one, two, three: [one, three], id="one taken out"),
        pytest.param(lambda one, two, three: [one, two], id="the last one cut off"),
        pytest.param(lambda one, two, three: [one, two, three, three], id="the last one repeated"),
        pytest.param(lambda one, two, three: [three], id="the last one alone"),
    ],
)
def test_whole_segments_out_of_place_are_refused(rearrange: Callable[..., list[bytes]]) -> None:
    header, segments = parts(seal(THREE))
    with pytest.raises(SegmentRefused):
        unseal(header + b"".join(rearrange(*segments)))


def test_only_verified_segments_are_released() -> None:
    header, (one, two, three) = parts(seal(THREE))
    released = SealedReader(io.BytesIO(header + one + three + two), KEY, DOCUMENT_ID).segments()
    assert next(released) == THREE[:SMALL]
    with pytest.raises(SegmentRefused):
        next(released)


def test_a_segment_of_another_document_is_refused_even_under_the_same_key_and_prefix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "urandom", lambda size: b"p" * size)
    header, ours = parts(seal(THREE))
    _header, theirs = parts(seal(THREE, document_id=DOCUMENT_ID.__class__(int=1)))
    with pytest.raises(SegmentRefused):
        unseal(header + ours[0] + theirs[1] + ours[2])


def test_a_segment_of_another_version_of_the_document_is_refused() -> None:
    header, ours = parts(seal(THREE))
    _header, theirs = parts(seal(THREE))
    with pytest.raises(SegmentRefused):
        unseal(header + ours[0] + theirs[1] + ours[2])


def test_a_document_does_not_open_under_another_name_or_key() -> None:
    with pytest.raises(SegmentRefused):
        unseal(seal(b"text"), document_id=DOCUMENT_ID.__class__(int=1))
    with pytest.raises(SegmentRefused):
        unseal(seal(b"text"), key=b"k" * 32)


def test_a_file_that_was_never_finished_does_not_open() -> None:
    sealed = io.BytesIO()
    Sealer(KEY, DOCUMENT_ID, sealed).write(THREE)
    with pytest.raises(SegmentRefused):
        unseal(sealed.getvalue())


@given(st.binary(max_size=4 * SMALL), st.lists(st.tuples(st.integers(0, 5 * SMALL), st.integers(-1, 3 * SMALL))))
def test_reading_from_anywhere_gives_what_a_clear_file_gives(data: bytes, reads: list[tuple[int, int]]) -> None:
    clear = io.BytesIO(data)
    with SealedReader(io.BytesIO(seal(data)), KEY, DOCUMENT_ID) as raw, io.BufferedReader(raw) as reader:
        assert raw.size == len(data)
        for place, length in reads:
            assert reader.seek(place) == clear.seek(place)
            assert reader.read(length) == clear.read(length)
        assert reader.seek(0, io.SEEK_END) == len(data)


def test_reading_before_the_start_is_an_error() -> None:
    with pytest.raises(ValueError, match="before the first byte"):
        SealedReader(io.BytesIO(seal(b"text")), KEY, DOCUMENT_ID).seek(-1)


@pytest.mark.parametrize("size", [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 2 * SEGMENT_BYTES])
def test_segments_of_one_mebibyte_meet_at_their_edges(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "SEGMENT_BYTES", SEGMENT_BYTES)
    monkeypatch.setattr(sealing, "SEALED_BYTES", SEALED_BYTES)
    data = os.urandom(size)
    sealed = seal(data, cuts=list(range(0, size, 65536)))
    assert unseal(sealed) == data
    assert len(sealed) == HEADER_BYTES + size + TAG_BYTES * max(1, -(-size // SEGMENT_BYTES))
