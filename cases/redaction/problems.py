"""Why a PDF cannot be redacted. Each carries the sentence that a person needs."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CannotRender(Exception):
    """The PDF cannot be shown, so nothing can be redacted in it."""

    sentence: str | Promise = ""

    def __str__(self) -> str:
        return str(self.sentence)


class Encrypted(CannotRender):
    """It opens with a password only."""

    sentence = _("This PDF needs a password. Ask the sender for one without, and add that to the case.")


class Damaged(CannotRender):
    """It is no PDF, or broken."""

    sentence = _("This PDF is damaged: its pages cannot be shown. Ask the sender for another copy.")


class TooLarge(CannotRender):
    """It has too many pages or bytes, or a page is larger than a page can be."""

    sentence = _("This PDF is too large to be redacted here: it has too many pages, or too large ones. Divide it.")


class TooHeavy(CannotRender):
    """To show it took more time or memory than any honest document needs."""

    sentence = _("To show this PDF takes more time or memory than a document should. Print it anew, and add the copy.")


class NoSuchPage(CannotRender):
    """A page that the document does not have."""

    sentence = _("The document has no such page.")


BY_CODE: dict[str, type[CannotRender]] = {
    "encrypted": Encrypted,
    "damaged": Damaged,
    "too_large": TooLarge,
    "no_such_page": NoSuchPage,
}
