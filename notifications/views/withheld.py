"""The board of withheld notices: none is forgotten, because each stands here until it has an outcome."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import reader, role_required
from cases.views.words import basis_words
from notifications import withheld
from notifications.views.staff import PER_PAGE, READERS


@role_required(*READERS)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """List what is withheld, with why and until when."""
    user, now = reader(request), timezone.now()
    wanted = request.GET.get("view", "")
    view = wanted if wanted in withheld.VIEWS else ""
    page = Paginator(withheld.board(user, now, view), PER_PAGE).get_page(request.GET.get("page"))
    views = [
        {"label": label, "url": f"?view={code}" if code else "?", "is_current": code == view, "count": None}
        for code, label in withheld.VIEWS.items()
    ]
    rows = [(withheld.as_shown(duty, now), str(basis_words(duty.basis))) for duty in page]
    return render(request, "notifications/withheld.html", {"page": page, "rows": rows, "views": views, "now": now})
