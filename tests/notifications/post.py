"""What tests of letters on paper do again and again."""

import re
from datetime import datetime
from io import BytesIO

from django.db import transaction
from pypdf import PdfReader

from cases.actions import letter_travel, letters
from cases.models import Case, Letter, LetterKind
from notifications.actions.planning import plan_letters, plan_notices
from notifications.actions.printing import print_messages
from notifications.models import Message
from notifications.states import Way
from tests import lives
from tests.lives import Staff

ADDRESS = "1 Main Street\nPortland, OR 97201"


def words(pdf: bytes) -> str:
    """The words of a PDF, without the breaks of its lines."""
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def by_post(staff: Staff, now: datetime, **fields: object) -> Case:
    """Return a case whose customer has a postal address and no e-mail, their notice planned."""
    customer = lives.carla(**{"email": "", "postal_address": ADDRESS} | fields)
    case = lives.notice_pending(lives.received(now, customers=[customer]), staff, now)
    plan_notices(now=now)
    return lives.again(case)


def letter_by_post(case: Case, staff: Staff, now: datetime, text: str = "Please narrow it.") -> Letter:
    """Return a letter that Ines let go by post, its message planned."""
    with transaction.atomic():
        letter = letters.draft_letter(case, LetterKind.NARROWING, text, by=staff.ines, now=now)
    letter_travel.release_letter(
        letter_id=letter.pk, way="post", recipient="County Police\n2 High Street", by=staff.ines, now=now
    )
    plan_letters(now=now)
    return Letter.objects.get(pk=letter.pk)


def on_paper(case: Case) -> Message:
    """The latest message of a case that goes by post."""
    return Message.objects.filter(case=case, way=Way.POST).latest("pk")


def printed(case: Case, staff: Staff, now: datetime) -> bytes:
    """Print what of a case waits to be printed; return the PDF."""
    done = print_messages([on_paper(case)], again=False, by=staff.analyst, now=now)
    assert not done.stopped
    return done.sheets[0]


def code_in(pdf: bytes) -> str:
    """The code of the customer's door in a printed letter."""
    found = re.search(r"\b\d{4} \d{4}\b", words(pdf))
    assert found
    return found.group()
