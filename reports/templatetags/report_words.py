"""Words for the tables of differences: `{% load report_words %}`."""

from django import template
from django.utils.translation import gettext as _

from reports import wording
from reports.comparing import Difference

register = template.Library()


@register.filter
def figure_name(difference: Difference) -> str:
    """The figure in words: “Received”, “Customer told”."""
    *_category, figure = difference.figure.split(" ")
    return wording.name(figure)


@register.filter
def line_title(difference: Difference) -> str:
    """The line in the reader's language."""
    return _(difference.title)
