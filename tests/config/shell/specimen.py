"""Every part of the pages on two sheets, one for staff and one for the public: invented content, real templates."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace as Made
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from accounts.models import User

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SHEETS = Path(__file__).parent / "sheets"
HASH = "9f3c17ab" * 8


class SpecimenForm(forms.Form):
    """One field of each kind, most of them left wrong."""

    kind = forms.ChoiceField(
        label="What kind of document is it?", widget=forms.RadioSelect, choices=[("a", "Court order"), ("b", "Warrant")]
    )
    issuer = forms.ChoiceField(label="Who issued it?", help_text="The court on the document.", choices=[("", "Choose")])
    number = forms.CharField(label="Number on the document", help_text="For example, COPO-2026-1184", required=False)
    document = forms.FileField(label="The document")
    text = forms.CharField(label="Anything else", widget=forms.Textarea, required=False)
    sure = forms.BooleanField(label="I am sure", help_text="We ask only once.")


class FilterForm(forms.Form):
    """A search box and a select."""

    q = forms.CharField(label="Search cases", help_text="Reference, agency or domain", required=False)
    state = forms.ChoiceField(label="State", choices=[("", "Any state"), ("received", "Received")], required=False)


def staff_sheet(user: User) -> str:
    """Return the staff's parts as one page."""
    return _page("staff.html", user, _staff())


def public_sheet(user: Any) -> str:
    """Return the public's parts as one page."""
    return _page("public.html", user, _public())


# The figure is given, for counting it would ask a database.
CONTEXT = {"now": NOW, "rail_counts": {"notifications:inbox!": "3"}}


def _page(sheet: str, user: Any, context: dict[str, Any]) -> str:
    http = RequestFactory().get("/specimen/?state=received")
    http.user = user
    return str(engines["django"].from_string((SHEETS / sheet).read_text()).render(CONTEXT | context, http))


def _row(number: int, due_in: timedelta, **more: Any) -> Made:
    return Made(
        **{
            "reference": f"WD-2026-AB12CD{number:02d}X",
            "url": "/",
            "due_at": NOW + due_in,
            "since_at": NOW - timedelta(days=7),
            "instrument": "Search warrant",
            "provision": "18 USC 2703(a)",
            "agency": "Staatsanwaltschaft Köln, Zentral- und Ansprechstelle Cybercrime",
            "country": "DE",
            "verification": "yes",
            "verification_words": "",
            "targets": 3,
            "state": "legal_review",
            "state_label": "Legal review",
            "flags": [("", "Do not tell", "lock"), ("warn", "Conflict", "scales")],
            "assignee": "Ines Okafor",
            "signals": [],
        }
        | more
    )


def _staff() -> dict[str, Any]:
    signals = ["sender’s domain is 11 days old", "same PDF as WD-2026-AB12CD09X"]
    late = _row(1, timedelta(hours=-2), verification="no", assignee="", signals=signals)
    bulk = [Made(name="do", value="assign", label="Assign", icon="user", key="a")]
    later = [_row(number, timedelta(days=number), verification="part", flags=[]) for number in range(5, 14)]
    return {
        "crumbs": [("Triage queue", "/")],
        "reference": "WD-2026-AB12CD01X",
        "views": [
            Made(label="All open", url="/", is_current=True, count=12, is_hot=False),
            Made(label="Due in 24 h", url="/", is_current=False, count=2, is_hot=True),
        ],
        "filter_form": FilterForm({"state": "received"}),
        "chips": [("Received", "/")],
        "clear_url": "/",
        "target": "queue",
        "caption": "Open cases, earliest deadline first",
        "groups": [
            Made(label="Late", count=1, rows=[late]),
            Made(label="Due today", count=3, rows=[_row(2, timedelta(hours=3)), _row(3, timedelta(hours=11))]),
            Made(label="Due in 72 hours", count=1, rows=[_row(4, timedelta(hours=28))]),
            Made(label="Later", count="9", rows=later),
        ],
        "page": Paginator(range(60), 25).page(2),
        "bulk": bulk,
        "keys": [("j k", "move"), ("x", "select")],
        "steps": [
            Made(label="Received", detail="Mon 16 Nov", status="done"),
            Made(label="Conflict check", detail="now", status="here"),
            Made(label="Answered", detail="", status=""),
        ],
        "guards": [
            Made(met=False, text="A second counsel must approve", help="Paul can."),
            Made(met=True, text="Verified"),
        ],
        "approval": Made(
            name="1",
            what="Go on for target 3 in spite of a conflict with EU law.",
            why="Subscriber data only.",
            rule_code="EU-GDPR-48",
            rule_text="Conflict.",
            asked_by="Ines Okafor",
            asked_at=NOW,
            url="/",
            refusal="",
            note="You did not propose this.",
        ),
        "acts": [
            Made(
                name="clear",
                label="Clear",
                icon="check",
                url="/",
                posts=True,
                kind="primary",
                key="",
                refusals=["Needs Paul.", "Verify the agency."],
            ),
            Made(
                name="reject",
                label="Reject the request",
                icon="x",
                url="/",
                posts=False,
                kind="danger",
                key="r",
                refusals=[],
            ),
            Made(name="ask", label="Ask the agency", icon="object", url="/", posts=True, kind="", key="q", refusals=[]),
        ],
        "ndo": Made(
            name="1",
            starts_date=date(2026, 11, 16),
            ends_date=date(2027, 5, 15),
            days_left=173,
            percent_gone=4,
            facts=[("Basis", "18 USC 2705(b)")],
            after="3 delayed notices go out by themselves.",
            acts=[("Record an extension", "/"), ("Record a lifting", "/")],
        ),
        "deadlines": [
            Made(label="Return date", source="On the warrant", due_at=NOW + timedelta(days=7), since_at=None),
            Made(label="Acknowledge", source="Our policy", settled_words="Met"),
        ],
        "facts": [("Instrument", "Search warrant"), ("Officer", ""), ("Agency", "FBI")],
        "target_groups": [
            Made(
                reference="acct 4410-7725",
                detail="target 1 · customer in Germany",
                rows=[
                    Made(
                        category="Content to 16 Nov",
                        cells=[("yes", "Yes"), ("no", "No: needs more"), ("wait", "Waits for Paul"), ("none", "Never")],
                    )
                ],
            )
        ],
        "assessments": [
            Made(
                target="Target 1", kind="good", verdict="No conflict", text="One law.", rule_code="US-1", rule_text="x"
            ),
            Made(target="Target 3", kind="bad", verdict="Conflict", text="No ground.", rule_code="EU-2", rule_text="y"),
        ],
        "notices": [
            Made(
                kind="Delayed", to="acct 4410", language="German", goes_out=date(2027, 5, 17), mark="wait", state="Held"
            )
        ],
        "documents": [Made(icon="doc", name="search-warrant.pdf", url="/", detail="9 pages", sha256=HASH)],
        "entries": [
            Made(at=NOW, text="Asked for approval", detail="", seq=2, is_true=True, is_big=True),
            Made(at=NOW, text="Received", detail="3 files", seq=1, is_true=False, is_big=False),
        ],
        "kpis": [Made(label="Late", value=1, note="by 2 h", url="/", kind="bad"), Made(label="Open", value=9, note="")],
    }


def _public() -> dict[str, Any]:
    return {
        "progress": ["You", "The legal process", "Check and send"],
        "at": 2,
        "form": SpecimenForm({"number": "COPO-1"}),
        "days": 9,
        "heading": "You can object until Wed 9 Dec 2026",
        "text": "Until then we hand nothing over.",
        "asked": ["Your name and address"],
        "not_asked": ["The content of your messages"],
        "stages": [
            Made(label="We received a request", detail="From the FBI", when="Mon 16 Nov", status="done"),
            Made(label="You can object", detail="", when="", status="here"),
            Made(label="We answer", detail="", when="", status=""),
        ],
        "answers": [("Number", "COPO-1", "/"), ("Signed by", "A judge", "")],
    }
