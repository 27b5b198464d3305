"""Template tags of the desk: `{% load desk %}` in any app's template."""

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases.queries.counting import figure
from config import fields, marks, navigation, times
from notifications.alerts.queries import number_unseen

INBOX = "notifications:inbox!"

register = template.Library()
register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.tag, name="tag")
register.simple_tag(marks.state, name="state")
register.simple_tag(marks.verification, name="ver")
register.simple_tag(marks.tick, name="tick")
register.simple_tag(marks.country, name="country")
register.simple_tag(marks.reference, name="ref")
register.simple_tag(marks.avatar, name="avatar")
register.simple_tag(marks.person, name="person")
register.simple_tag(marks.bar, name="bar")


@register.simple_tag
def due(due_at: datetime | None, now: datetime, since: datetime | None = None) -> SafeString:
    """`{% due case.due_at now since=case.received_at %}`: words, exact time on hover, bar; or a dash."""
    if due_at is None:
        return mark_safe('<span class="faint">–</span>')
    return format_html(
        '<span class="due due--{}"><b>{}</b>{}</span>',
        times.urgency(due_at, now),
        _time(due_at, times.due_words(due_at, now)),
        marks.bar(times.share_gone(due_at, now, since)),
    )


@register.simple_tag
def day(value: date | datetime | None) -> SafeString:
    """`{% day value %}`: “Mon 30 Nov 2026”; an instant is shown by its date in the reader's zone; a dash for none."""
    if value is None:
        return mark_safe("–")
    if isinstance(value, datetime):
        return _time(value, times.day_words(timezone.localtime(value).date()))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), times.day_words(value))


@register.simple_tag
def moment(value: datetime | None) -> SafeString:
    """`{% moment value %}`: “Mon 30 Nov 2026, 08:00 UTC” in the reader's zone; a dash for none."""
    return mark_safe("–") if value is None else _time(value, times.moment_words(value))


def _time(value: datetime, words: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        value.isoformat(timespec="minutes"),
        times.moment_words(value),
        words,
    )


@register.simple_block_tag
def panel(content: str, title: str, ident: str, kind: str = "", icon: str = "", aside: str = "") -> SafeString:
    """`{% panel "Facts" "facts" %}…{% endpanel %}`: ident names the heading; kind is ask, seal, warn or empty.

    The content brings its own <div class="panel-body"> and <div class="panel-foot">, or a table without either.
    """
    heading = format_html('<h2 id="h-{}">{}</h2>', ident, title)
    if icon:
        heading = format_html('<div class="cluster">{}{}</div>', marks.icon(icon), heading)
    return format_html(
        '<section class="{}" aria-labelledby="h-{}"><div class="panel-head">{}{}</div>{}</section>',
        f"panel panel--{kind}" if kind else "panel",
        ident,
        heading,
        format_html('<span class="aside">{}</span>', aside) if aside else "",
        content,
    )


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, width: str = "", label: str = "") -> dict[str, Any]:
    """`{% field form.email width="w30" %}`: label, hint, error and control, tied together; width w4, w6, w20 or w30."""
    return {"field": fields.dressed(bound, width), "label": label or bound.label}


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """`{% control form.state %}`: the control alone, for a filter bar whose label stands beside it."""
    return fields.dressed(bound).control or mark_safe("")


@register.inclusion_tag("components/fields.html")
def form_fields(form: BaseForm, width: str = "") -> dict[str, Any]:
    """`{% form_fields form %}`: every field of a form, hidden ones included; put `{% error_summary form %}` above."""
    return {"form": form, "width": width}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """`{% error_summary form other %}`: what to put right, each line a link to its field; or nothing."""
    return {"problems": [problem for form in forms for problem in fields.problems(form)]}


@register.inclusion_tag("components/rail.html", takes_context=True)
def rail(context: template.Context) -> dict[str, Any]:
    """The main menu for whoever is signed in; `rail_counts` in the context adds figures by page name.

    What waits unseen in the inbox is counted for every page that does not bring the figure: by one statement.
    """
    http, counts = context["request"], dict(context.get("rail_counts") or {})
    if INBOX not in counts and isinstance(http.user, User) and (unseen := number_unseen(http.user)):
        counts[INBOX] = figure(unseen)
    return {
        "groups": navigation.groups(http.user, http.path, counts),
        "user": http.user,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def role_names(user: User) -> str:
    """The roles a person holds, in words: “Analyst, Counsel”."""
    return ", ".join(str(Role(role).label) for role in sorted(user.roles)) or _("No role yet")


@register.simple_tag
def provider_name() -> str:
    """The provider whose desk this is."""
    return settings.WRITDESK.provider_name


@register.simple_tag
def contact_email() -> str:
    """Where customers and agencies write to."""
    return settings.WRITDESK.contact_email


MESSAGE_TONES = {
    "success": ("good", "check"),
    "error": ("bad", "fraud"),
    "warning": ("warn", "fraud"),
}


@register.filter
def tone(message: Message) -> str:
    """The colour of a message: good, bad, warn or info."""
    return MESSAGE_TONES.get(message.level_tag, ("info", "info"))[0]


@register.filter
def tone_icon(message: Message) -> str:
    """The icon of a message."""
    return MESSAGE_TONES.get(message.level_tag, ("info", "info"))[1]
