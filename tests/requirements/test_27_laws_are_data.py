"""Requirement 27: laws are dated data with sources. Adding the law of a country is a table and a line of a test."""

import tomllib
from datetime import date

import pytest

from cases.rules.finding import Person, Request, finding
from cases.rules.instruments import instrument
from cases.rules.laws import LAWS, blocking_laws, read_laws

# The law of a country we know nothing of, as a lawyer would write it down.
BRAZIL = """
[br_marco_civil]
title = "Marco Civil da Internet"
provision = "Art. 11"
countries = ["BR"]
test = "prohibits"
valid_from = 2014-06-23
exception = "mutual legal assistance"
penalty = ""
source = "invented for this test"
verified = false
"""


def test_a_law_written_down_as_data_is_in_the_finding_and_nothing_else_is_changed() -> None:
    request = Request(instrument("us_search_warrant"), "US", ("content",), date(2026, 3, 2), ("US",))
    joao = Person(residence="BR", nationality="BR", us_person=False, role="controller")
    assert finding(request, joao, today=date(2026, 3, 2)).laws == ()
    result = finding(request, joao, today=date(2026, 3, 2), laws=read_laws(tomllib.loads(BRAZIL)))
    (involved,) = result.laws
    assert (involved.law.provision, involved.law.verified, involved.because) == ("Art. 11", False, ("residence",))
    assert {"comity_objection", "redirect_mlat"} <= set(result.outcomes)


def test_such_a_law_holds_on_its_days_only() -> None:
    table = read_laws(tomllib.loads(BRAZIL + "valid_until = 2030-12-31\n"))
    days = [date(2014, 6, 22), date(2014, 6, 23), date(2030, 12, 31), date(2031, 1, 1)]
    found = [[law.code for law in blocking_laws("US", ["BR"], on=day, laws=table)] for day in days]
    assert found == [[], ["br_marco_civil"], ["br_marco_civil"], []]


# One line for each law on record: where the request comes from, where the customer lives, the day.
@pytest.mark.parametrize(
    ("code", "state", "country", "on"),
    [
        ("gdpr_48", "US", "DE", date(2026, 3, 2)),
        ("ch_271", "US", "CH", date(2026, 3, 2)),
        ("fr_68_678", "US", "FR", date(1968, 7, 26)),
        ("cn_pipl_41", "US", "CN", date(2026, 3, 2)),
        ("cn_dsl_36", "US", "CN", date(2026, 3, 2)),
        ("jp_appi", "US", "JP", date(2026, 3, 2)),
        ("gb_gdpr", "US", "GB", date(2026, 3, 2)),
        ("au_privacy", "US", "AU", date(2026, 3, 2)),
        ("us_sca_2702", "DE", "US", date(2026, 3, 2)),
    ],
)
def test_each_law_stands_against_this_request(code: str, state: str, country: str, on: date) -> None:
    assert code in [law.code for law in blocking_laws(state, [country], on=on)]


def test_every_law_has_its_line_above_its_source_and_its_mark() -> None:
    lines = test_each_law_stands_against_this_request.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {line[0] for line in lines} == set(LAWS)
    assert all(law.source and isinstance(law.verified, bool) for law in LAWS.values())
