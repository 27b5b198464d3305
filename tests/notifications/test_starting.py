"""Whoever rewrites a mail starts from what it says now, in a form that could be used as it is."""

import pytest
from django.utils import translation

from notifications.catalogue import MAILS
from notifications.checking import problems
from notifications.languages import LANGUAGES
from notifications.samples import sample, sets_of
from notifications.saying import said
from notifications.starting import starting_words
from notifications.wording_models import Wording


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_the_text_to_start_from_says_all_that_the_mail_must(name: str, language: str) -> None:
    with translation.override(language):
        subject, text = starting_words(MAILS[name])
    assert problems(MAILS[name], subject, text) == []


def flat(text: str) -> set[str]:
    """The sentences and points of a mail, whatever the order."""
    return {line.strip(" -") for line in text.splitlines() if line.strip()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "sample_set"), [(mail.name, one) for mail in MAILS.values() for one in sets_of(mail)])
def test_a_mail_made_of_it_says_what_the_built_in_one_says(name: str, sample_set: str, language: str) -> None:
    with translation.override(language):
        subject, text = starting_words(MAILS[name])
        wording = Wording(mail=name, language=language, subject=subject, text=text)
        context = sample(MAILS[name], sample_set) | dict.fromkeys({"keeps", "is_lifted"} & MAILS[name].facts)
        built_in, ours = said(MAILS[name], context, None), said(MAILS[name], context, wording)
    assert ours.subject == built_in.subject
    unsaid, added = flat(built_in.text) - flat(ours.text), flat(ours.text) - flat(built_in.text)
    # The sentence before the link is another where a mail may, but need not, give days to object; the heading is in the
    # HTML alone of a built-in mail.
    other = int("window_until" in MAILS[name].may)
    assert len(unsaid) <= other, unsaid
    assert len(added) <= other + text.startswith("# "), added
