"""Charts as SVG: values in, markup out. The server computes every length; colours are classes of the stylesheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 262, 160
LEFT, RIGHT, TOP, BOTTOM = 38, 4, 14, 34  # room for the axis, and for the two lines of labels
BASE = HEIGHT - BOTTOM
ROUND_STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Column:
    """One period of a chart. A band (low, high) is a lawful range: it is drawn as one, never as a height in it."""

    label: str  # 2018-H2
    value: int = 0
    band: tuple[int, int] | None = None
    is_final: bool = True  # otherwise hatched: sample data, or not published yet

    @property
    def top(self) -> int:
        """The highest point that this period draws."""
        return self.band[1] if self.band else self.value

    @property
    def words(self) -> str:
        """The figure or the range in words."""
        return f"{figure(self.band[0])}–{figure(self.band[1])}" if self.band else figure(self.value)


def axis_top(highest: int) -> int:
    """Return a round even number, not below the highest value and at least 2, so that its half is whole too."""
    if highest <= 2:
        return 2
    step: int = 10 ** (len(str(highest)) - 1)
    fitting = (round(step * factor) for factor in ROUND_STEPS if step * factor >= highest)
    return next((top for top in fitting if top % 2 == 0), 10 * step)


def figure(value: float) -> str:
    """Return a number as the reader's language writes it."""
    return format_decimal(value, locale=translation.to_locale(translation.get_language() or "en"))


def columns(title: str, note: str, periods: Sequence[Column]) -> SafeString:
    """Return a figure with one column a period, axis from zero. The title states the finding, the note the unit."""
    top = axis_top(max((period.top for period in periods), default=0))
    slot = (WIDTH - LEFT - RIGHT) / max(len(periods), 1)
    said = ", ".join(f"{period.label}: {period.words}" for period in periods)
    return format_html(
        '<figure class="chart"><figcaption><b>{}</b><span>{}</span></figcaption>'
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}. {}. {}">{}{}</svg></figure>',
        title,
        note,
        WIDTH,
        HEIGHT,
        title,
        note,
        said,
        _axis(top),
        format_html_join("", "{}", ((_column(period, at, slot, top),) for at, period in enumerate(periods))),
    )


def _y(value: float, top: int) -> float:
    return TOP + (BASE - TOP) * (1 - value / top)


def _axis(top: int) -> SafeString:
    steps = [("axis", 0), ("grid", top // 2), ("grid", top)]
    return format_html_join(
        "",
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        [
            (
                name,
                LEFT,
                WIDTH - RIGHT,
                f"{_y(at, top):.1f}",
                f"{_y(at, top):.1f}",
                LEFT - 6,
                f"{_y(at, top) + 3.5:.1f}",
                figure(at),
            )
            for name, at in steps
        ],
    )


def _column(period: Column, at: int, slot: float, top: int) -> SafeString:
    middle, width = LEFT + slot * (at + 0.5), min(30, slot * 0.62)
    low = period.band[0] if period.band else 0
    upper, lower = _y(period.top, top), _y(low, top)
    year, _dash, half = period.label.partition("-")
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>'
        '<text class="v" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text><text x="{}" y="{}" text-anchor="middle">{}</text>',
        "c1" if period.is_final else "sample",
        f"{middle - width / 2:.1f}",
        f"{upper:.1f}",
        f"{width:.1f}",
        f"{lower - upper:.1f}",
        f"{middle:.1f}",
        f"{upper - 4:.1f}",
        period.words,
        f"{middle:.1f}",
        HEIGHT - 20,
        half or year,
        f"{middle:.1f}",
        HEIGHT - 7,
        year if half else "",
    )


def split_bar(parts: Sequence[tuple[int, str]], width: int = 640, height: int = 26) -> SafeString:
    """Return one bar in parts (value, colour class); the words and figures stand in the table beside it."""
    total = sum(value for value, _colour in parts)
    drawn, start = [], 0.0
    for value, colour in parts:
        length = width * value / total if total else 0
        drawn.append((colour, f"{start:.1f}", f"{max(length - 2, 0):.1f}", height))
        start += length
    return format_html(
        '<svg class="split-bar" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        width,
        height,
        format_html_join("", '<rect class="{}" x="{}" y="0" width="{}" height="{}"/>', drawn),
    )


def swatch(colour: str, words: str) -> SafeString:
    """Return an entry of a legend, for a <ul class="legend">."""
    return format_html(
        '<li><svg viewBox="0 0 12 12" aria-hidden="true">'
        '<rect class="{}" x=".5" y=".5" width="11" height="11"/></svg>{}</li>',
        colour,
        words,
    )
