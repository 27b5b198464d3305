"""Addresses of the console. Cases go by their reference; rows of a case by their place in it, counted from 1."""

from django.urls import path, register_converter

import cases.addresses  # noqa: F401 - registers <place:…>
from cases.references import PATTERN
from cases.views import (
    acting,
    approving,
    bulk,
    case,
    delivery,
    documents,
    exporting,
    manifests,
    queue,
    redacted,
    redacting,
)


class ReferenceConverter:
    """A public reference."""

    regex = PATTERN.strip("^$")

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class DigestConverter(ReferenceConverter):
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"


register_converter(ReferenceConverter, "reference")
register_converter(DigestConverter, "digest")

app_name = "cases"

urlpatterns = [
    path("", queue.page, name="queue"),
    path("queue.csv", exporting.export, name="export"),
    path("assign/", bulk.assign_selected, name="assign_selected"),
    path("approvals/", approving.waiting, name="approvals"),
    path("cases/<reference:reference>/", case.page, name="case"),
    path("cases/<reference:reference>/documents/<uuid:pk>/", documents.document, name="document"),
    path("cases/<reference:reference>/documents/<uuid:pk>/redact/", redacting.begin, name="redact"),
    path("cases/<reference:reference>/redactions/<place:number>/", redacting.drawing, name="redaction"),
    path("cases/<reference:reference>/redactions/<place:number>/page.png", redacted.picture, name="redaction_page"),
    path("cases/<reference:reference>/redactions/<place:number>/preview/", redacted.preview, name="redaction_preview"),
    path("cases/<reference:reference>/parts/<place:number>/manifest.json", manifests.manifest, name="manifest"),
    path("cases/<reference:reference>/approvals/<digest:digest>/", approving.proposal, name="approval"),
    path("cases/<reference:reference>/do/<slug:name>/", acting.act, name="act"),
    path("cases/<reference:reference>/do/<slug:name>/<place:number>/", acting.act, name="act_on_row"),
    path("delivery/<str:token>/", delivery.page, name="delivery"),
    path("delivery/<str:token>/files/<place:number>/", delivery.file, name="delivery_file"),
    path("delivery/<str:token>/manifest.json", delivery.manifest, name="delivery_manifest"),
    path("delivery/<str:token>/receipt/", delivery.receipt, name="delivery_receipt"),
]
