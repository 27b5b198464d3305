"""Addresses of the public reports, and of the pages on which they are prepared."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from reports.views import public, staff


class PeriodLabel(StringConverter):
    """2018, 2018-H2 or 2018-Q3."""

    regex = "[12][0-9]{3}(?:-H[12]|-Q[1-4])?"


register_converter(PeriodLabel, "period")

app_name = "reports"
urlpatterns = [
    path("transparency/", public.reports, name="public"),
    path("transparency/<period:label>/", public.report, name="public_report"),
    path("transparency/<period:label>/<int:revision>/", public.report, name="public_revision"),
    path("transparency/<period:label>/<int:revision>/report.<slug:ext>", public.download, name="download"),
    path("reports/", staff.reports, name="reports"),
    path("reports/<period:label>/", staff.preview, name="preview"),
    path("reports/<period:label>/count/", staff.count_again, name="count_again"),
    path("reports/<period:label>/draft/", staff.draft, name="draft"),
    path("reports/<period:label>/publish/", staff.publish, name="publish"),
    path("reports/<period:label>/<int:revision>/", staff.revision, name="revision"),
]
