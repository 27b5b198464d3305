"""Charts: `{% load charts %}`. What they draw is made in config.charts."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from config import charts

register = template.Library()
register.simple_tag(charts.split_bar, name="split_bar")
register.simple_tag(charts.swatch, name="swatch")


@register.simple_tag
def columns(title: str, note: str, periods: Iterable[Mapping[str, Any]]) -> SafeString:
    """`{% columns title note periods %}`: each period a dict with label and value, or band, and is_final."""
    return charts.columns(title, note, [charts.Column(**period) for period in periods])
