"""A document of a case, out of the vault."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.access import reader, role_required
from accounts.models import Role
from cases.views.opening import on_record, opened
from vault.downloads import attachment
from vault.keys import ScopeDestroyed


@on_record(lambda _asked: "document")
@role_required(Role.ANALYST, Role.COUNSEL, Role.AUDITOR)
@require_safe
def document(request: HttpRequest, reference: str, pk: UUID) -> HttpResponseBase:
    """Send a document of this case, and of no other, as an attachment."""
    case = opened(reader(request), reference, "document")
    row = case.documents.filter(document=pk).select_related("document__scope").first()
    if row is None:
        raise Http404
    try:
        return attachment(row.document)
    except ScopeDestroyed:
        raise Http404 from None
