"""What tests of notices do again and again."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from cases.actions.changing import changing
from cases.actions.letter_travel import release_letter
from cases.actions.letters import draft_letter
from cases.models import Case, Letter, LetterKind, LetterWay
from cases.rules.correspondence import needs_proof
from notifications import links
from notifications.actions import doors
from notifications.actions.planning import plan_letters, plan_notices
from notifications.actions.sending import send_due
from notifications.models import Message
from notifications.states import Way
from notifications.transports import Carrier, Reply
from tests import lives
from tests.lives import Staff


def plan_and_send(now: datetime) -> int:
    """What the clock does once."""
    plan_notices(now=now)
    return send_due(now=now)


def messages_of(case: Case) -> list[Message]:
    """The messages of a case, oldest first."""
    return list(Message.objects.filter(case=case).order_by("id"))


def token_in(text: str) -> str:
    """Return the token of the customer's link in a mail."""
    return text.partition("/notice/")[2].partition("/")[0]


def open_door(client: Client, link: str) -> None:
    """Enter a code that Carla had sent to herself."""
    found = links.find(link.split("/notice/")[1].split("/")[0])
    assert found
    code = doors.make_code(found, now=timezone.now())
    answer = client.post(f"{link}door/", {"code": doors.digits_of(code)})
    assert answer.status_code == 302, answer.content


class Vanishing(Carrier):
    """A wire that takes a mail and never says whether it did."""

    taken: ClassVar[list[EmailMultiAlternatives]] = []

    def __enter__(self) -> "Vanishing":
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is kept open."""

    def send(self, mail: EmailMultiAlternatives, way: Way) -> Reply:
        self.taken.append(mail)
        return Reply(None)


DOMAIN = "osei.example"  # of Detective Osei's agency
OSEI = f"detective@{DOMAIN}"


def with_osei(now: datetime, **fields: Any) -> Case:
    """Return a case of an agency whose e-mail domain we know."""
    return lives.received(now, agency=lives.oseis_agency(now, email_domain=DOMAIN), **fields)


def draft(case: Case, kind: LetterKind, staff: Staff, now: datetime, *, meets: str = "") -> Letter:
    """Return a draft that Ines wrote."""
    with changing(case.pk) as locked:
        return draft_letter(locked, kind, "Dear Detective,\n\nwhich day?", by=staff.ines, now=now, meets=meets)


def let_go(
    letter: Letter, staff: Staff, now: datetime, *, way: LetterWay = LetterWay.EMAIL, recipient: str = OSEI
) -> Letter:
    """Let a draft go by Ines."""
    release_letter(letter_id=letter.pk, way=way, recipient=recipient, by=staff.ines, now=now)
    return Letter.objects.get(pk=letter.pk)


def ready_letter(staff: Staff, now: datetime, kind: LetterKind = LetterKind.QUESTION, **fields: Any) -> Letter:
    """Return a letter to Detective Osei that was let go; what tells of a customer, of a verified agency."""
    case = with_osei(now, **fields)
    if needs_proof(kind):
        lives.verified(case, staff, now)
    return let_go(draft(case, kind, staff, now), staff, now)


def post(now: datetime) -> int:
    """What the clock does with letters once."""
    plan_letters(now=now)
    return send_due(now=now)


def again(letter: Letter) -> Letter:
    """Return the letter as it is in the database now."""
    return Letter.objects.select_related("case").get(pk=letter.pk)
