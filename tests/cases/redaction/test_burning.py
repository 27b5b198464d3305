"""What a box covers is gone, and so is everything that nobody saw; what was seen beside it stays as it was."""

import io
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from cases.redaction.boxes import Box
from cases.redaction.burning import burn
from cases.redaction.limits import Limits
from cases.redaction.problems import NoSuchPage
from cases.redaction.rendering import find
from tests.cases.redaction import papers
from tests.cases.redaction.hidden import HIDING, SECRET, SEEN
from tests.cases.redaction.looking import extracted, holds, seen, unpacked

COARSE = Limits(dpi=72)  # a dot a point, so that a test of many boxes takes no minute
fractions = st.floats(0, 1).map(lambda number: round(number, 5))
sides = st.tuples(fractions, fractions).map(sorted).filter(lambda pair: pair[0] < pair[1])


@pytest.mark.parametrize("hide", HIDING.values(), ids=HIDING)
def test_a_word_that_hides_is_gone_even_where_nobody_drew_a_box(hide: Callable[[], bytes]) -> None:
    before = hide()
    assert SECRET.encode() in unpacked(before) or SECRET in extracted(before), "the test hides nothing"
    after = burn(before, [])
    assert not holds(after, SECRET)


@pytest.mark.parametrize("hide", HIDING.values(), ids=HIDING)
def test_what_was_seen_is_still_seen(hide: Callable[[], bytes]) -> None:
    before = hide()
    assert _differ(seen(before), seen(burn(before, []))) < 3


def test_a_word_under_a_box_is_gone_and_its_place_is_black() -> None:
    before = papers.order("To the provider", f"Suspect: {SECRET}", "Signed, the court")
    boxes = find(before, SECRET)
    assert len(boxes) == 1
    after = burn(before, boxes)
    assert not holds(after, SECRET)
    _require_black(seen(after), boxes[0])
    assert find(after, SEEN) == [], "nothing is text any more"


def test_only_images_are_in_it() -> None:
    after = burn(papers.of_pages(2), [Box(1, 0.1, 0.1, 0.2, 0.2)])
    names = set(re.findall(rb"/[A-Z][A-Za-z0-9]*", re.sub(rb"stream\n.*?\nendstream", b"", after, flags=re.DOTALL)))
    assert names == {
        *(b"/Type", b"/Catalog", b"/Pages", b"/Page", b"/Count", b"/Kids", b"/Parent", b"/MediaBox", b"/Contents"),
        *(b"/Resources", b"/XObject", b"/I", b"/Subtype", b"/Image", b"/Width", b"/Height", b"/ColorSpace"),
        *(b"/DeviceGray", b"/BitsPerComponent", b"/Filter", b"/FlateDecode", b"/Length", b"/Size", b"/Root"),
    }
    reader = PdfReader(io.BytesIO(after))
    assert (reader.metadata, reader.xmp_metadata, len(reader.pages)) == (None, None, 2)


def test_the_same_boxes_give_the_same_bytes() -> None:
    before = papers.order("To the provider")
    boxes = [Box(1, 0.1, 0.1, 0.4, 0.2)]
    assert burn(before, boxes) == burn(before, boxes)


@pytest.mark.parametrize("kind", ["/Subtype /Stamp", "/Subtype /Widget /FT /Tx /T (name) /V (Carla)"])
def test_what_is_filled_into_a_form_and_drawn_in_a_note_is_seen_as_on_the_screen(kind: str) -> None:
    look = papers.stream("0 0 0 rg 0 0 300 40 re f", "/Type /XObject /Subtype /Form /BBox [0 0 300 40]")
    note = f"<< /Type /Annot {kind} /F 4 /Rect [72 500 372 540] /AP << /N 11 0 R >> >>"
    form = "/AcroForm << /Fields [10 0 R] >>" if "Widget" in kind else ""
    before = papers.paper("", page="/Annots [10 0 R]", catalogue=form, more={10: note, 11: look})
    assert seen(burn(before, [])).getpixel((200, 792 - 520)) == (0, 0, 0)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_box_is_burned_where_it_was_drawn_on_a_page_that_is_turned_and_cut(turned: int) -> None:
    page = f"/Rotate {turned} /CropBox [40 100 600 780]"
    before = papers.paper(papers.words(SECRET, y=600) + papers.words(SEEN, y=300), page=page)
    (box,) = find(before, SECRET)
    after = burn(before, [box])
    shown = seen(after, width=600)
    _require_black(shown, box)
    ink = _ink(seen(before, width=600), box)
    assert ink > 50, "the word that was found lies under the box that was found"
    assert shown.size == seen(before, width=600).size


def test_a_page_of_a_photograph_is_packed_with_loss_and_its_box_is_black_all_the_same() -> None:
    noise = Image.effect_noise((1400, 1800), 90).convert("RGB")
    data = noise.tobytes()
    head = "/Type /XObject /Subtype /Image /Width 1400 /Height 1800 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    before = papers.paper(
        "q 612 0 0 792 0 0 cm /I Do Q", resources="/XObject << /I 10 0 R >>", more={10: papers.stream(data, head)}
    )
    box = Box(1, 0.3, 0.3, 0.6, 0.6)
    after = burn(before, [box])
    assert b"/DCTDecode" in after
    left, top, right, bottom = box.pixels(1700, 2200)
    inside = seen(after, width=1700).crop((left + 8, top + 8, right - 8, bottom - 8))
    assert max(highest for _lowest, highest in inside.getextrema()) == 0  # type: ignore[misc]


def test_a_box_on_a_page_that_is_not_there_is_not_lost_in_silence() -> None:
    with pytest.raises(NoSuchPage):
        burn(papers.of_pages(1), [Box(2, 0, 0, 1, 1)])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(sides, sides), max_size=4))
def test_inside_all_is_black_and_outside_all_is_as_it_was(drawn: list[tuple[list[float], list[float]]]) -> None:
    before = papers.order("To the provider", f"Suspect: {SECRET}", "Signed, the court")
    boxes = [Box(1, across[0], down[0], across[1], down[1]) for across, down in drawn]
    expected = seen(before)
    for box in boxes:
        expected.paste((0, 0, 0), box.pixels(*expected.size))
    after = seen(burn(before, boxes, limits=COARSE))
    for box in boxes:
        _require_black(after, box)
    assert _differ(expected, after) < 1


def _require_black(image: Image.Image, box: Box) -> None:
    left, top, right, bottom = box.pixels(*image.size)
    # Where an image is shown smaller than it is, its edges blend with what is beside them.
    inside = image.crop((left + 1, top + 1, max(left + 2, right - 1), max(top + 2, bottom - 1)))
    if min(right - left, bottom - top) > 2:
        assert inside.getcolors() == [(inside.width * inside.height, (0, 0, 0))]


def _ink(image: Image.Image, box: Box) -> int:
    return sum(image.crop(box.pixels(*image.size)).convert("L").histogram()[:128])


def _differ(one: Image.Image, other: Image.Image) -> float:
    """Return by how much two images differ, 0 to 255, over all their pixels."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)
