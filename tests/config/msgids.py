"""What the source asks gettext for, read as makemessages reads it, without the gettext programs."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def msgids(path: Path) -> Iterator[str]:
    """Yield every text of a Python file or a template that is to be translated; of plurals, the singular."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = templatize(source, origin=str(path))
    for _line, message, _comments, _context in extract("python", BytesIO(source.encode()), KEYWORDS):
        texts = message if isinstance(message, tuple) else (message,)
        if texts[0]:
            yield texts[0]
