from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from ledger.kinds import Field, declare
from ledger.models import LedgerEntry
from ledger.sentences import sentence
from tests.ledger.kinds import MOVED, RECEIVED

OVER = declare("test.over", "Due {due}", due=Field.END)
CUT = declare("test.cut", "Authorised[; cut: {cut}].", cut=Field.CODES)
KEPT = declare("test.kept", "Kept ({rule})[ until {until}].", rule=Field.CODE, until=Field.DATE)
TOLD = declare("test.told", "Undone[; told: {told}].", told=Field.COUNT)
AT = declare("test.at", "{by} did so at {at}; due {due}; {grounds}", due=Field.INSTANT, grounds=Field.CODES)
SEVERAL = declare("test.several", "Seen by {people}", people=Field.IDS)


def entry(**payload: object) -> LedgerEntry:
    return LedgerEntry(stream="case:1", seq=1, payload=payload)


def test_an_entry_says_what_happened() -> None:
    assert sentence(entry(kind=MOVED.name, state="closed")) == "Moved to closed"


def test_every_kind_of_field_has_its_words() -> None:
    said = sentence(
        entry(
            kind=RECEIVED.name,
            reference="WD-2026-0123ABCDX",
            channel="form",
            targets=5,
            signed_on=date(2026, 11, 30).isoformat(),
            is_sealed=False,
            document="0123456789abcdef" * 4,
        )
    )
    assert said == (
        "WD-2026-0123ABCDX arrived by form with 5 targets on Mon 30 Nov 2026; sealed: no; document 0123456789ab"
    )


def test_instants_are_told_in_the_readers_zone() -> None:
    payload = {"at": "2026-11-30T12:00:00.000000+00:00", "by": 7, "grounds": ["defective", "overbroad"]}
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        said = sentence(entry(kind=AT.name, due=payload["at"], **payload))
    assert said == "– did so at Mon 30 Nov 2026, 21:00 JST; due Mon 30 Nov 2026, 21:00 JST; defective, overbroad"


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        pytest.param("2026-09-14T22:00:00.000000+00:00", "Mon 14 Sep 2026", id="midnight: the day that it closes"),
        pytest.param("2026-09-15T07:00:00.000000+00:00", "Mon 14 Sep 2026", id="midnight where the office is"),
        pytest.param("2026-09-14T20:20:00.000000+00:00", "Mon 14 Sep 2026, 22:20 CEST", id="an hour, with its zone"),
    ],
)
def test_what_is_over_at_midnight_is_over_with_the_day_before(ends: str, said: str) -> None:
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert sentence(entry(kind=OVER.name, due=ends, at=ends)) == f"Due {said}"


def test_a_part_in_brackets_is_said_only_where_the_entry_holds_it() -> None:
    assert sentence(entry(kind=KEPT.name, rule="interim")) == "Kept (interim)."
    assert sentence(entry(kind=CUT.name, cut=[])) == "Authorised."
    assert sentence(entry(kind=TOLD.name, told=0)) == "Undone."
    assert sentence(entry(kind=TOLD.name, told=10)) == "Undone; told: 10."
    assert sentence(entry(kind=KEPT.name, rule="letter", until="2026-11-30")) == "Kept (letter) until Mon 30 Nov 2026."


def test_keys_are_told_by_the_names_that_the_reader_knows_and_never_as_they_are() -> None:
    """A gap in their count would tell of something that the reader may not know of."""
    payload = {"at": "2026-11-30T12:00:00.000000+00:00", "by": 7}
    assert sentence(entry(kind=AT.name, **payload), {"by": {7: "Ana Analyst"}}).startswith("Ana Analyst did so")
    assert "7" not in sentence(entry(kind=AT.name, by=7))
    several = entry(kind=SEVERAL.name, people=[7, 8])
    assert sentence(several, {"people": {7: "Ana Analyst"}}) == "Seen by Ana Analyst, –"


def test_a_code_is_told_in_the_words_that_the_reader_has_for_it() -> None:
    words = {"state": {"closed": "Closed"}, "grounds": {"overbroad": "too broad"}}
    assert sentence(entry(kind=MOVED.name, state="closed"), words) == "Moved to Closed"
    assert sentence(entry(kind=AT.name, grounds=["overbroad", "else"]), words).endswith("too broad, else")
    assert sentence(entry(kind=AT.name, grounds=[]), words).endswith("; –")


def test_what_the_entry_does_not_hold_is_a_dash() -> None:
    assert sentence(entry(kind=MOVED.name)) == "Moved to –"


def test_an_entry_of_another_version_still_has_a_sentence() -> None:
    assert sentence(entry(kind="test.forgotten", state=3)) == (
        "Recorded by another version of Writdesk: test.forgotten"
    )


def test_a_value_of_another_version_is_told_as_it_stands() -> None:
    assert sentence(entry(kind=MOVED.name, state=["closed", 3], more={"x": 1})) == "Moved to closed, 3"
    assert "on someday" in sentence(entry(kind=RECEIVED.name, signed_on="someday"))
