"""Entries as the people of a case read them: nothing is said of what an entry does not hold."""

import pytest
from django.utils import translation

from cases import ledger_kinds as kinds
from cases.views.panels.codes import codes
from ledger.kinds import EntryKind
from ledger.models import LedgerEntry
from ledger.sentences import Names, sentence


def said(kind: EntryKind, **fields: object) -> str:
    names: Names = {**codes(), "instance": {3: "1"}}
    return sentence(LedgerEntry(stream="case:1", seq=1, payload={"kind": kind.name, **fields}), names)


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        pytest.param(
            kinds.INSTANCE_RECORDED, {"instance": 3}, "Instance 1 of the challenge recorded.", id="nothing decided yet"
        ),
        pytest.param(
            kinds.INSTANCE_RECORDED,
            {"instance": 3, "hearing": "2026-12-07"},
            "Instance 1 of the challenge recorded, hearing Mon 7 Dec 2026.",
            id="a hearing",
        ),
        pytest.param(
            kinds.INSTANCE_RECORDED,
            {"instance": 3, "decided": "2026-12-07", "result": "narrowed"},
            "Instance 1 of the challenge recorded, decided Mon 7 Dec 2026: The request was narrowed.",
            id="a decision",
        ),
        pytest.param(
            kinds.CLOCK_STARTED,
            {"rule": "follow_up_paper", "due": "2026-12-05T08:00:00.000000+00:00"},
            "Clock “Follow-up paper of an emergency request” started: due Fri 4 Dec 2026.",
            id="a clock by its name",
        ),
        pytest.param(
            kinds.CLOCK_STARTED,
            {"rule": "interim"},
            "Clock “Our own, while the request is worked on” started.",
            id="a clock without an end",
        ),
        pytest.param(kinds.AGENCY_ASKED, {"paused": []}, "A question went to the agency.", id="no clock stands still"),
        pytest.param(
            kinds.PRODUCED,
            {"number": 1, "produced": 2, "no_records": 0, "withheld": 0, "other": 0},
            "Part 1 left; produced: 2.",
            id="what was produced",
        ),
        pytest.param(
            kinds.PRODUCED,
            {"number": 2, "produced": 0, "no_records": 0, "withheld": 1, "other": 3},
            "Part 2 left; withheld: 1; preserved or given effect: 3.",
            id="what took effect",
        ),
        pytest.param(
            kinds.EFFECT_GIVEN,
            {"measures": 1, "targets": 1, "affected": 0},
            "Effect was given; measures: 1, targets: 1.",
            id="nobody else is told",
        ),
        pytest.param(
            kinds.REQUEST_AMENDED,
            {"asked": [], "targets": 1, "added": 1, "dropped": 0},
            "The request changed; targets: 1, added: 1.",
            id="an order that asks for no data",
        ),
        pytest.param(
            kinds.CALLED_BACK, {"second": None}, "The agency was called back for this request.", id="nobody listened"
        ),
        pytest.param(
            kinds.CLOCKS_SUSPENDED,
            {"remedy": "us_2703h", "rules": ["sca_2703h_motion"]},
            "Clocks stand still while it is challenged",
            id="clocks by their names",
        ),
    ],
)
def test_an_entry_says_what_it_holds(kind: EntryKind, fields: dict[str, object], words: str) -> None:
    text = said(kind, **{key: value for key, value in fields.items() if value is not None})
    assert text.startswith(words)
    assert "–" not in text
    assert "2703h_" not in text


def test_it_says_so_in_french_too() -> None:
    with translation.override("fr"):
        assert said(kinds.INSTANCE_RECORDED, instance=3) == "Instance 1 de la contestation enregistrée."
        assert said(kinds.PRODUCED, number=1, produced=2, no_records=0) == "La partie 1 est partie ; remis : 2."
