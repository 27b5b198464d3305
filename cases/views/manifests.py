"""The manifest of a part, for staff: what a package that is handed over out of band carries."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.access import reader, role_required
from accounts.models import Role
from cases.actions.access import note_export
from cases.models import Case, Production
from cases.queries.deliveries import latest_out_of_band
from cases.rules import manifest as rules
from cases.rules.manifest import Manifest
from cases.views.opening import on_record, opened


@on_record(lambda _asked: "manifest")
@role_required(Role.ANALYST, Role.COUNSEL, Role.AUDITOR)
@require_safe
def manifest(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Send the manifest of the part of that number; once it is on record how that was handed over, it says so too."""
    user = reader(request)
    case = opened(user, reference, "manifest")
    production = case.productions.filter(number=number).first()
    if production is None:
        raise Http404
    note_export([case], by=user, now=timezone.now())
    return manifest_file(case, production, _as_it_goes(production))


def manifest_file(case: Case, production: Production, said: Manifest) -> HttpResponse:
    """Return a manifest as a file of JSON to keep."""
    response = HttpResponse(rules.canonical(said), content_type="application/json")
    name = f"{case.reference}-{production.number}-manifest.json"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response


def _as_it_goes(production: Production) -> Manifest:
    delivery = latest_out_of_band(production)
    if delivery is None:
        return rules.whole(production.manifest)
    return rules.delivered(
        production.manifest,
        means=delivery.means or delivery.way,
        recipient=delivery.recipient,
        available_at=delivery.available_at,
        expires_at=None,
    )
