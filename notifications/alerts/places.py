"""Where an alert is dealt with: the page that opening it leads to."""

from collections.abc import Callable, Mapping

from django.urls import reverse

from cases.models import Approval
from notifications.alerts.kinds import AlertKind
from notifications.models import Alert
from notifications.queries import notices_of


def place_of(alert: Alert) -> str:
    """Return the address of the page; the page of the case where its row is gone or has none of its own."""
    if alert.case is None:
        return reverse("notifications:inbox")
    own_page = PAGES.get(AlertKind(alert.kind))
    address: str = (own_page(alert) if own_page else "") or alert.case.get_absolute_url()
    return address


def _approval(alert: Alert) -> str:
    found = Approval.objects.filter(pk=_key(alert), case=alert.case).select_related("case").first()
    return reverse("cases:approval", args=[found.case.reference, found.digest]) if found else ""


def _notice(alert: Alert) -> str:
    case = alert.case
    duty = notices_of(case).filter(pk=_key(alert)).first() if case else None
    return reverse("notifications:staff_notice", args=[case.reference, duty.number]) if case and duty else ""


def _letter(alert: Alert) -> str:
    case = alert.case
    places = list(case.letters.order_by("pk").values_list("pk", flat=True)) if case else []
    key = _key(alert)
    if case is None or key not in places:
        return ""
    return reverse("notifications:staff_letter", args=[case.reference, places.index(key) + 1])


def _key(alert: Alert) -> int:
    return int(alert.subject.partition(":")[2])


PAGES: Mapping[AlertKind, Callable[[Alert], str]] = {
    AlertKind.APPROVAL: _approval,
    AlertKind.NOTICE_FAILED: _notice,
    AlertKind.NOTICE_UNCERTAIN: _notice,
    AlertKind.NO_CONTACT: _notice,
    AlertKind.LETTER: _letter,
}
