"""Stand-ins: a cast whose every name can be known again wherever it stands in a recorded row."""

from datetime import datetime, timedelta

from cases.actions.agencies import find_or_add_agency, find_or_add_officer
from cases.models import Agency, Customer, Officer
from intake.demonstration.casting import Casting
from intake.demonstration.house import Staff, verify
from intake.demonstration.shapes import LAPSED, UNVERIFIED, Shape
from intake.demonstration.sorts import Sort

SECRET = bytes(range(48))


def stand_ins(shape: Shape, staff: Staff, present: datetime) -> Casting:
    """Make stand-ins for a shape, of which the rules would say the same as of its real cast."""
    agency = _agency(shape, staff, present)
    officer = find_or_add_officer(agency=agency, name="@officer-0@", email="", phone="")
    assert isinstance(officer, Officer)  # noqa: S101 - it has a name
    customers = Customer.objects.bulk_create(_customer(number, sort) for number, sort in enumerate(shape.customers))
    return Casting(
        reference=f"WD-{shape.received_at.year}-ZZZZZZZZZ",
        agency_reference="@agencyreference-0@",
        secret=SECRET,
        agency=agency,
        officer=officer,
        customer_ids=tuple(customer.pk for customer in customers),
        values=tuple(f"@target-{number}@" for number in range(len(shape.slots))),
    )


def _agency(shape: Shape, staff: Staff, present: datetime) -> Agency:
    sort = shape.agency
    agency = find_or_add_agency(name="@agency-0@", country=sort.country, kind=sort.kind, now=present)
    if sort.standing != UNVERIFIED:
        verify(agency, staff, present - timedelta(days=380 if sort.standing == LAPSED else 60))
    return agency


def _customer(number: int, sort: Sort) -> Customer:
    return Customer(
        identifier=f"@customer-{number}@",
        email=f"stand-in-{number}@customer.example" if sort.is_reachable else "",
        language=sort.language,
        country=sort.country,
        timezone=sort.zone,
        role=sort.role,
        is_us_person=True if sort.country == "US" else None,
    )
