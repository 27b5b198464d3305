"""The page of all mails is the catalogue's."""

from django.utils import translation

from cases.models import LetterKind
from notifications.catalogue import MAILS
from notifications.correspondence import DOOR_CODE, LETTERS, STAFF
from notifications.management.commands.draw_messages import PAGE
from notifications.messages_page import page
from notifications.models import StaffMailKind


def test_the_page_of_mails_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run manage.py draw_messages"


def test_it_is_the_same_whoever_draws_it_and_names_every_mail() -> None:
    with translation.override("fr"):
        drawn = page()
    assert drawn == page()
    assert all(f"| `{name}`: " in drawn for name in MAILS)


def test_every_kind_of_letter_and_of_word_to_staff_stands_in_the_catalogue() -> None:
    assert LETTERS.keys() == set(LetterKind)
    assert STAFF.keys() == set(StaffMailKind)
    assert all(sent.whom and sent.basis for sent in (*LETTERS.values(), *STAFF.values(), DOOR_CODE))
