"""The manifest of a production, read from the case and the vault."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings

from cases.models import Case
from cases.rules.manifest import File, Manifest, Order, Party, drafted


def manifest_of(case: Case, files: Collection[str]) -> Manifest:
    """Return what is known of a package of these files (vault documents of the case, by id) before it leaves."""
    rows = (
        case.documents.filter(document__in=[UUID(file) for file in files])
        .select_related("document")
        .order_by("document_id")
    )
    return drafted(
        [File(row.document.name, row.document.size, row.document.sha256, row.document.sha512) for row in rows],
        order=Order(
            reference=case.reference,
            agency_reference=case.agency_reference,
            instrument=case.instrument_code,
            provision=case.instrument.cite,
            received_at=case.received_at,
        ),
        sender=Party(settings.WRITDESK.provider_name, settings.WRITDESK.contact_email),
        recipient=Party(case.agency.name, str(case.officer or ""), case.agency.country),
    )
