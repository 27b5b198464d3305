"""Marks of what counsel has not confirmed against a source: whatever a page cites carries one."""

from django.utils.translation import gettext as _

from cases.rules.laws import LAWS


def marked(words: str, *, is_verified: bool) -> str:
    """Return the words, with "(not verified)" after them where they are not."""
    return words if is_verified else _("%(basis)s (not verified)") % {"basis": words}


def law_cited(named: str) -> str:
    """Return the title of a law that a finding names by its code, or by its title where it is not on record."""
    if named in LAWS:
        return marked(_(LAWS[named].title), is_verified=LAWS[named].verified)
    return _("%(law)s (not verified, not on record)") % {"law": named} if named else ""
