"""Signs of fraud in what is known of a request when it arrives."""

from dataclasses import replace
from datetime import date

import pytest

from cases.rules.fraud_signals import SIGNALS, Seen, foreign_statutes, signals

OSEI = Seen(
    on=date(2026, 11, 30),
    country="US",
    known_agency=True,
    email_domain="portlandoregon.example",
    domain_registered=date(2011, 5, 2),
    text="Under 18 U.S.C. 2702(c)(4) we ask for the last login.",
    emergencies=2,
    most_emergencies=5,
)


def test_detective_oseis_request_raises_none() -> None:
    assert signals(OSEI) == ()


@pytest.mark.parametrize(
    ("changes", "code", "detail"),
    [
        pytest.param({"known_agency": False}, "first_contact", "", id="nobody here knows the agency"),
        pytest.param({"email_domain": "Gmail.com"}, "free_mail", "gmail.com", id="a mailbox that anybody can open"),
        pytest.param({"domain_registered": date(2025, 12, 1)}, "young_domain", "2025-12-01", id="364 days old"),
        pytest.param({"country": "FR"}, "foreign_statute", "18 U.S.C", id="a French police under a US law"),
        pytest.param({"documents_of_others": 1}, "reused_document", "", id="another agency's paper"),
        pytest.param({"emergencies": 6}, "many_emergencies", "6", id="a sixth emergency in a day"),
    ],
)
def test_a_sign_is_seen(changes: dict[str, object], code: str, detail: str) -> None:
    (found,) = signals(replace(OSEI, **changes))  # type: ignore[arg-type]
    assert (found.code, found.detail) == (code, detail)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"domain_registered": date(2025, 11, 30)}, id="a year to the day"),
        pytest.param({"domain_registered": None}, id="nobody knows how old the domain is"),
        pytest.param({"email_domain": "notgmail.com"}, id="a domain that only ends like one"),
        pytest.param({"emergencies": 5}, id="as many emergencies as are usual"),
        pytest.param({"text": ""}, id="nothing written"),
    ],
)
def test_no_sign_is_seen(changes: dict[str, object]) -> None:
    assert signals(replace(OSEI, **changes)) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        pytest.param("§ 100j StPO", "DE", (), id="German law from Germany"),
        pytest.param("§ 100j StPO", "PL", ("StPO",), id="German law from Poland"),
        pytest.param("18 USC 2703(d)", "GB", ("18 USC",), id="US law from Britain"),
        pytest.param("Investigatory Powers Act 2016", "GB", (), id="British law from Britain"),
        pytest.param("Regulation (EU) 2023/1543", "DK", ("2023/1543",), id="Denmark is not bound"),
        pytest.param("DSA: 2022/2065", "DK", (), id="but by the DSA it is"),
        pytest.param("article 60-1 du Code de procédure pénale", "FR", (), id="French law, with a capital"),
        pytest.param("the law of the land", "FR", (), id="no law that is listed"),
    ],
)
def test_a_law_binds_authorities_of_its_own_jurisdiction(text: str, country: str, expected: tuple[str, ...]) -> None:
    assert foreign_statutes(text, country) == expected


@pytest.mark.parametrize("code", SIGNALS)
def test_every_sign_says_what_it_is_and_where_it_is_from(code: str) -> None:
    rule = SIGNALS[code]
    assert rule.title
    assert rule.sentence
    assert rule.source
    assert rule.for_good == (code == "forged")
