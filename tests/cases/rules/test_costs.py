"""What may be asked for complying with a request, worked through."""

from decimal import Decimal

import pytest

from cases.rules.costs import TABLE, Work, costs


def work(instrument: str = "us_search_warrant", **changes: object) -> Work:
    said: dict[str, object] = {"agency_country": "US", "agency_kind": "law_enforcement", "accounts": 7}
    return Work(instrument=instrument, **(said | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("done", "code", "total"),
    [
        pytest.param(work(), "per_account", "40.00", id="two accounts beyond five"),
        pytest.param(work(accounts=5), "per_account", "0", id="the free allowance"),
        pytest.param(work(accounts=5, secondary_searches=3), "per_account", "30.00", id="three secondary searches"),
        pytest.param(work("emergency_disclosure", accounts=99), "emergency", "0", id="an emergency"),
        pytest.param(work("us_subpoena", toll_records=True), "toll_records", "0", id="a common carrier's toll records"),
        pytest.param(
            work("us_subpoena", toll_records=True, burden_found=True),
            "per_account",
            "40.00",
            id="a burden",
        ),
        pytest.param(work("eu_epoc", agency_country="DE", agency_kind="court"), "epoc", "0", id="an EPOC"),
        pytest.param(
            work("eu_epoc", agency_country="DE", agency_kind="court", state_reimburses=True),
            "per_account",
            "40.00",
            id="an EPOC of a State that reimburses",
        ),
        pytest.param(
            work("civil_subpoena", agency_kind="civil_party", hours=Decimal("2.5")),
            "hourly",
            "312.50",
            id="hourly",
        ),
        pytest.param(work("foreign_direct", agency_country="FR"), "no_ground", "0", id="a foreign authority"),
    ],
)
def test_what_may_be_asked(done: Work, code: str, total: str) -> None:
    found = costs(done)
    assert (found.code, found.total) == (code, Decimal(total))
    assert bool(found.items) == (found.total > 0)
    assert found.source


@pytest.mark.parametrize("code", TABLE)
def test_every_row_has_its_reason_and_its_source(code: str) -> None:
    assert TABLE[code]["reason"]
    assert TABLE[code]["source"]
    assert isinstance(TABLE[code]["verified"], bool)
