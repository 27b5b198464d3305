"""Addresses of the public form, and of the staff's pages about what comes in."""

from django.urls import path

import cases.addresses  # noqa: F401 - registers <place:…>
from intake.views import agencies, held, new_case, public, submissions

app_name = "intake"

AGENCY = "<str:country>/<slug:kind>/<str:domain>/<path:name>/"

urlpatterns = [
    path("submit/", public.submit, name="submit"),
    path("receipt/<str:token>/", public.receipt, name="receipt"),
    path("cases/new/", new_case.add, name="add"),
    path("cases/<str:reference>/submission/", submissions.submission, name="submission"),
    path("imports/held/", held.held, name="held"),
    path("agencies/", agencies.agencies, name="agencies"),
    # Verbs stand before the name: an agency may be called anything.
    path("agencies/new/", agencies.add_agency, name="add_agency"),
    path(f"agencies/verify/{AGENCY}", agencies.verify, name="verify"),
    path(f"agencies/revoke/<place:number>/{AGENCY}", agencies.revoke, name="revoke"),
    path(f"agencies/of/{AGENCY}", agencies.agency, name="agency"),
]
