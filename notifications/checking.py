"""Whether a wording may be used: all that the law and the mail demand is said, and nothing can break it.

Asked when it is written, when it is approved, and again each time that a mail is made of it: what a mail must state may
have changed since.
"""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterator

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from notifications.catalogue import FRAMED, Mail
from notifications.described import DESCRIBED, Form
from notifications.markup import TOKEN, NotReadable, Piece, pieces

LONGEST_SUBJECT = 100
LONGEST_TEXT = 10_000
# A subject shows on a locked screen: nothing of whom it is about, or who asks.
IN_SUBJECTS = ("provider", "reference")
# Control characters, those that turn the direction of text or show nothing, private use, separators of lines.
UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def problems(mail: Mail, subject: str, text: str) -> list[str]:
    """Return in sentences everything that keeps the wording from being used; empty where nothing does."""
    return [*_of_subject(subject), *_of_text(mail, text)]


def _of_subject(subject: str) -> Iterator[str]:
    if not subject.strip():
        yield _("Write a subject.")
    if len(subject) > LONGEST_SUBJECT:
        yield _("The subject is longer than %(limit)d characters.") % {"limit": LONGEST_SUBJECT}
    if "\n" in subject or "\r" in subject:
        yield _("The subject has to be one line.")
    yield from _unseen(subject, allowed="\r\n")
    try:
        found = pieces(subject)
    except NotReadable as error:
        yield str(error)
        return
    if any(TOKEN.fullmatch(token[0]) and not token[1] for token in TOKEN.finditer(subject)):
        yield _("A subject has no conditions.")
    if wrong := sorted({piece.fact for piece in found if piece.fact and piece.fact not in IN_SUBJECTS}):
        yield _(
            "A subject shows on a locked screen, so it says %(allowed)s and no other fact. Take out: %(facts)s."
        ) % {"allowed": _named(IN_SUBJECTS), "facts": _named(wrong)}


def _of_text(mail: Mail, text: str) -> Iterator[str]:
    if len(text) > LONGEST_TEXT:
        yield _("The text is longer than %(limit)d characters.") % {"limit": LONGEST_TEXT}
        return
    yield from _unseen(text, allowed="\n")
    try:
        found = pieces(text)
    except NotReadable as error:
        yield str(error)
        return
    yield from _unknown(mail, found)
    yield from _misplaced(mail, found, text)
    yield from _unsaid(mail, found)


def _unknown(mail: Mail, found: Collection[Piece]) -> Iterator[str]:
    used = {piece.fact for piece in found} | {one.fact for piece in found for one in piece.conditions}
    for name in sorted(used - mail.facts - {""}):
        near = difflib.get_close_matches(name, mail.facts, n=1)
        if near:
            yield _("This mail knows no fact “%(name)s”. Do you mean “%(near)s”?") % {"name": name, "near": near[0]}
        else:
            yield _("This mail knows no fact “%(name)s”.") % {"name": name}


def _misplaced(mail: Mail, found: Collection[Piece], text: str) -> Iterator[str]:
    for name in mail.in_order:
        shown = [piece for piece in found if piece.fact == name]
        form = DESCRIBED[name].form
        if shown and form == Form.FLAG:
            yield _("“%(name)s” is a yes or no: it can only stand in a condition.") % {"name": name}
        if shown and form == Form.BLOCK and not _is_alone(name, text):
            yield _("“%(name)s” is a list or a text: put it on a line of its own.") % {"name": name}
        if form == Form.WORDS and name in mail.may and any(not _is_asked_for(name, piece) for piece in shown):
            yield _(
                "“%(name)s” is not always there: put its sentence between {%% if %(name)s %%} and {%% endif %%}."
            ) % {"name": name}


def _is_alone(name: str, text: str) -> bool:
    """Whether the fact has every line on which it stands to itself, but for conditions."""
    itself = re.compile(r"\{\{ *" + name + r" *\}\}")
    lines = [line for line in text.splitlines() if itself.search(line)]
    return all(itself.fullmatch(re.sub(r"\{%[^%]*%\}", "", line).strip()) for line in lines)


def _is_asked_for(name: str, piece: Piece) -> bool:
    return any(one.fact == name and not one.is_negated for one in piece.conditions)


def _unsaid(mail: Mail, found: Collection[Piece]) -> Iterator[str]:
    told = {name for name in mail.facts if any(piece.fact == name and _is_sure(mail, piece) for piece in found)}
    shown = [name for name in mail.in_order if name not in FRAMED and DESCRIBED[name].form != Form.FLAG]
    if missing := [name for name in shown if name in mail.needs and name not in told]:
        yield _("This mail must say, whatever the case: %(facts)s.") % {"facts": _named(missing)}
    if missing := [name for name in shown if name in mail.may and name not in told]:
        yield _("This mail must say, wherever it is known: %(facts)s.") % {"facts": _named(missing)}


def _is_sure(mail: Mail, piece: Piece) -> bool:
    """Whether a fact is said wherever it is there: nothing around it asks for another that may be missing."""
    return all(not one.is_negated and one.fact in mail.needs | {piece.fact} for one in piece.conditions)


def _unseen(text: str, allowed: str) -> Iterator[str]:
    found = sorted({char for char in text if char not in allowed and unicodedata.category(char) in UNSEEN})
    if found:
        codes = ", ".join(f"U+{ord(char):04X}" for char in found[:5])
        yield _("There are characters in it that cannot be seen, or that turn text around: %(codes)s.") % {
            "codes": codes
        }


def _named(names: Collection[str]) -> str:
    return get_text_list([_("“%(name)s”") % {"name": name} for name in names], _("and"))
