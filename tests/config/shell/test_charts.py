"""Charts start at zero, draw a lawful range as a range, and escape their words."""

import re

import pytest
from django.utils import translation

from config.charts import Column, axis_top, columns, split_bar, swatch


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 2), (1, 2), (3, 4), (19, 20), (55, 60), (100, 100), (101, 150), (149, 150), (999, 1000)]
)
def test_the_axis_ends_at_a_round_even_number(highest: int, top: int) -> None:
    assert axis_top(highest) == top


def heights(svg: str) -> list[float]:
    return [float(height) for height in re.findall(r'<rect[^>]* height="([\d.]+)"', svg)]


def test_heights_are_in_proportion_to_the_figures() -> None:
    first, second = heights(columns("t", "n", [Column("2018-H1", 10), Column("2018-H2", 20)]))
    assert second == pytest.approx(2 * first, abs=0.2)


def test_what_is_not_final_is_hatched() -> None:
    svg = columns("t", "n", [Column("2018-H1", 10, is_final=False), Column("2018-H2", 20)])
    assert re.findall(r'<rect class="(\w+)"', svg) == ["sample", "c1"]


def test_a_band_is_drawn_and_said_as_the_range_and_nothing_within() -> None:
    svg = columns("t", "n", [Column("2018-H2", band=(0, 249)), Column("2019-H1", band=(0, 249))])
    assert len(set(heights(svg))) == 1
    assert "0–249" in svg
    assert "2018-H2: 0–249" in svg


def test_the_figures_are_read_out_too_as_the_language_writes_them() -> None:
    with translation.override("fr"):
        assert 'aria-label="Titre. Par semestre. 2018-H2: 12\u202f345"' in columns(
            "Titre", "Par semestre", [Column("2018-H2", 12345)]
        )


def test_no_period_at_all_is_an_empty_chart() -> None:
    assert heights(columns("t", "n", [])) == []


def test_a_bar_in_parts_fills_its_width() -> None:
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height', split_bar([(3, "c1"), (1, "c2")]))]
    assert widths == [478, 158]
    assert heights(split_bar([(0, "c1")])) == [26]


def test_words_are_escaped() -> None:
    html = columns("<i>", "<i>", [Column("<i>", 1)]) + swatch("c1", "<i>")
    assert "<i>" not in html
    assert html.count("&lt;i&gt;") == 7
