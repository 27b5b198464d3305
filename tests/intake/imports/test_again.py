"""Importing what is there already: nothing changes, and what differs is said."""

import pytest

from cases.models import Case, Target
from ledger.models import LedgerFact, RestrictedFact
from tests.intake.conftest import Import
from tests.intake.files import GAGGED, LETTER, OPEN, row


def test_the_same_rows_again_are_counted_and_nothing_is_said(import_rows: Import) -> None:
    rows = [row(), row(reference="2", **GAGGED), row(reference="3", **OPEN), row(reference="4", agency_name="")]
    assert import_rows(*rows).imported == 4
    again = import_rows(*rows, row(reference="5"))
    assert (again.imported, again.already_there, again.warnings) == (1, 4, [])


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({"received_at": "2018-07-26T02:33:23Z"}, "received_at"),
        ({"received_at": "2018-07-26T04:33:22+02:00"}, ""),
        ({"domains": "carla.example;kim.example"}, "domains"),
        ({"accounts": "kim;carla"}, ""),
        ({"other_targets": "ip:192.0.2.7"}, "other_targets"),
        ({"agency_name": "FBI", "agency_kind": "intelligence"}, "agency_name, agency_kind"),
        ({"officer_email": "mallory@agency.example"}, "officer_email"),
        (
            {"emergency": "true", "challenged": "true", "conflict_of_law": "identified"},
            "emergency, challenged, conflict_of_law",
        ),
        ({"nondisclosure_until": "2020-01-01"}, "nondisclosure_until"),
        ({"notice": "no_contact", "notified_at": ""}, "notice, notified_at"),
        ({"outcome": "answered_partial"}, "outcome"),
        ({**OPEN}, "outcome, outcome_at, notice, notified_at"),
        ({"data_categories": "traffic;subscriber"}, ""),
        (
            {"customer_country": "", "channel": "post", "instrument": "us_court_order"},
            "channel, instrument, customer_country",
        ),
    ],
)
def test_the_columns_that_differ_are_named_and_nothing_is_changed(
    import_rows: Import, changes: dict[str, str], columns: str
) -> None:
    import_rows(row())
    before = Case.objects.values().get(), list(Target.objects.values())
    again = import_rows(row(**changes))
    assert again.already_there == 1
    assert (Case.objects.values().get(), list(Target.objects.values())) == before
    said = f"row 1 (line 2): “OLD-1” is there already and differs in {columns}; nothing was changed"
    assert again.warnings == ([said] if columns else [])


def test_a_dry_run_says_the_same_and_leaves_nothing(import_rows: Import) -> None:
    rows = [row(), row(reference="2", **GAGGED)]
    tried = import_rows(*rows, dry_run=True)
    assert not Case.objects.exists()
    assert import_rows(*rows) == tried


def test_letters_of_national_security_are_in_their_compartment_and_in_no_number(import_rows: Import) -> None:
    letters = [
        row(reference="N-1", **LETTER),
        row(reference="N-2", **{**LETTER, **GAGGED}),
        row(reference="N-3", **{**LETTER, **OPEN}),
    ]
    summary = import_rows(row(), *letters)
    assert (summary.imported, summary.already_there, summary.held) == (1, 0, 0)
    assert Case.objects.filter(compartment__code="national-security", instrument_code="us_nsl").count() == 3
    changed = [{**letter, "officer_email": "other@agency.example"} for letter in letters]
    again = import_rows(row(), *changed)
    assert (again.imported, again.already_there, again.held, again.warnings) == (0, 1, 0, [])


def test_facts_of_national_security_stand_apart(import_rows: Import) -> None:
    import_rows(row(**{**LETTER, **GAGGED}))
    assert not LedgerFact.objects.exists()
    assert sorted(RestrictedFact.objects.values_list("name", flat=True)) == ["notice", "outcome", "received"]


def test_of_a_case_sealed_later_a_second_import_says_nothing_but_that_it_is_there(import_rows: Import) -> None:
    import_rows(row(**LETTER))
    again = import_rows(row())
    assert (again.already_there, again.warnings) == (1, [])
