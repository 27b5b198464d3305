import pytest

from reports.rules.bands import STRUCTURES, UnknownStructure, band, structure

SIZES = sorted(one.size for one in STRUCTURES.values())


@pytest.mark.parametrize(
    ("number", "size", "expected"),
    [
        (0, 250, "0-249"),
        (249, 250, "0-249"),
        (250, 250, "250-499"),
        (999, 1000, "0-999"),
        (1000, 1000, "1000-1999"),
        (501, 500, "500-999"),
        (100, 100, "100-199"),
        (75_500, 500, "75500-75999"),
        (0, 1000, "0-999"),
        (0, 500, "0-499"),
        (0, 100, "0-99"),
    ],
)
def test_a_number_is_stated_as_the_band_it_falls_into(number: int, size: int, expected: str) -> None:
    assert band(number, size) == expected


@pytest.mark.parametrize("size", SIZES)
def test_every_number_lies_in_its_band_which_is_as_wide_as_the_law_says(size: int) -> None:
    for number in range(3 * size + 1):
        low, high = map(int, band(number, size).split("-"))
        assert low <= number <= high
        assert high - low + 1 == size
        assert low % size == 0


@pytest.mark.parametrize("size", SIZES)
def test_all_numbers_of_a_band_give_the_same_band(size: int) -> None:
    """Nothing in the band tells one number of it from another."""
    for first in range(0, 4 * size, size):
        assert len({band(number, size) for number in range(first, first + size)}) == 1


def test_each_structure_has_the_width_and_the_cadence_of_its_paragraph() -> None:
    found = {one.cite: (one.size, one.period, len(one.categories)) for one in STRUCTURES.values()}
    assert found == {
        "50 USC 1874(a)(1)": (1000, "half", 3),
        "50 USC 1874(a)(2)": (500, "half", 3),
        "50 USC 1874(a)(3)": (250, "half", 1),
        "50 USC 1874(a)(4)": (100, "year", 1),
    }


@pytest.mark.parametrize("code", ["", "a5", "a1 a3", "A3"])
def test_a_mixture_or_another_structure_is_refused(code: str) -> None:
    with pytest.raises(UnknownStructure):
        structure(code)
