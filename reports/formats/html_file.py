"""A report as one HTML file that stands alone: the stylesheet is inside, nothing is loaded."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from reports.body import Body
from reports.page import Page

STYLESHEET = "writdesk/writdesk.css"


def as_html(report: Body) -> bytes:
    """Return the file, in the language of the installation: the same report gives the same bytes."""
    style = SafeString(Path(str(finders.find(STYLESHEET))).read_text(encoding="utf-8"))
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("reports/file.html", {"page": Page(report), "style": style}).encode()
