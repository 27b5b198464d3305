"""The small marks of the pages, as HTML: every one has words or a labelled icon, everything is escaped."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STATE_TONES = {
    "legal_review": "move",
    "conflict_check": "move",
    "notice_pending": "move",
    "customer_notified": "move",
    "notice_withheld": "move",
    "awaiting_agency": "wait",
    "challenged": "stop",
    "rejected": "stop",
    "withdrawn": "stop",
    "answered": "done",
    "closed": "done",
}
VERIFICATION = {
    "yes": ("shield", gettext_lazy("Verified")),
    "part": ("shield-open", gettext_lazy("Call-back due")),
    "no": ("shield-open", gettext_lazy("Not verified")),
}
TICKS = {"yes": "check", "no": "x", "wait": "clock", "none": "minus"}


def icon(name: str, extra: str = "") -> SafeString:
    """Return an icon of the sprite, hidden from screen readers: the words stand beside it."""
    classes = f"icon {extra}" if extra else "icon"
    return format_html('<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>', classes, name)


def tag(kind: str, text: str, icon_name: str = "") -> SafeString:
    """Return a labelled mark; kind is bad, warn, good, info, seal, sample or empty."""
    classes = f"tag tag--{kind}" if kind else "tag"
    return format_html('<span class="{}">{}{}</span>', classes, icon(icon_name) if icon_name else "", text)


def state(code: str, label: str) -> SafeString:
    """Return the mark of a case's state: its dot follows the code, its words are the label."""
    tone = STATE_TONES.get(code)
    return format_html('<span class="{}">{}</span>', f"state state--{tone}" if tone else "state", label)


def verification(level: str, text: str = "") -> SafeString:
    """Return how sure we are of an agency; level is yes, part or no, text replaces the ordinary words."""
    icon_name, words = VERIFICATION[level]
    return format_html('<span class="ver ver--{}">{}{}</span>', level, icon(icon_name), text or words)


def tick(kind: str, text: str) -> SafeString:
    """Return one cell of a matrix: yes, no, wait or none, with its words."""
    return format_html('<span class="tick tick--{}">{}<span>{}</span></span>', kind, icon(TICKS[kind]), text)


def country(code: str) -> SafeString:
    """Return a country by its two letters, as the mark says it; nothing when it is not known."""
    if not code:
        return mark_safe("")
    return format_html('<span class="cc" title="{}">{}</span>', _("Country of the agency"), code)


def reference(text: str, url: str = "") -> SafeString:
    """Return a case's reference, as a link when an address is given."""
    if url:
        return format_html('<a class="ref" href="{}">{}</a>', url, text)
    return format_html('<span class="ref">{}</span>', text)


def avatar(name: str) -> SafeString:
    """Return the round mark of a person: initials, or a question mark for no one."""
    if not name:
        return mark_safe('<span class="avatar avatar--none" aria-hidden="true">?</span>')
    words = name.split()
    initials = (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()
    return format_html('<span class="avatar" aria-hidden="true">{}</span>', initials)


def person(name: str) -> SafeString:
    """Return a person with the round mark before the name, or “No one”."""
    words = format_html('<span class="name">{}</span>', name) if name else _nobody()
    return format_html('<span class="cluster nowrap">{}{}</span>', avatar(name), words)


def _nobody() -> SafeString:
    return format_html('<span class="faint name">{}</span>', _("No one"))


def bar(percent: float, extra: str = "") -> SafeString:
    """Return a bar of 0 to 100; it only repeats what words say, so screen readers skip it."""
    return format_html(
        '<svg class="{}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="4"/></svg>',
        f"bar {extra}" if extra else "bar",
        f"{max(0, min(100, percent)):g}",
    )
