"""The queue of letters on paper: print them, note that they were posted, or that they were not after all."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from django.contrib import messages as told
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import reader, role_required
from cases.actions.changing import Refused
from notifications import paper, post_queue
from notifications.actions import posting, printing, settling
from notifications.models import Message
from notifications.post_forms import PostedForm
from notifications.posted import office_day
from notifications.states import MessageState, Way
from notifications.views.staff import PER_PAGE, READERS, WORKERS

KEY_LENGTH = 32


@role_required(*READERS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits to be printed, to be posted, or was posted."""
    wanted = request.GET.get("view", "")
    return _page(request, wanted if wanted in post_queue.VIEWS else post_queue.WAITING)


@role_required(*WORKERS)
@require_POST
def print_selected(request: HttpRequest) -> HttpResponse:
    """Give one PDF of all that was ticked; tell of what may not leave."""
    again = request.POST.get("again") == "yes"
    chosen = _chosen(request, MessageState.CLAIMED if again else MessageState.PLANNED)
    view = post_queue.PRINTED if again else post_queue.WAITING
    if not chosen or not paper.is_possible():
        return _back(request, view)
    done = printing.print_messages(chosen, again=again, by=reader(request), now=timezone.now())
    for one in done.stopped:
        told.error(request, f"{one.message.case.reference}: {one.because.label}")
    for taken in done.taken:
        told.warning(request, _("%(reference)s: somebody was faster.") % {"reference": taken.case.reference})
    if not done.sheets:
        return redirect(_address(view))
    response = HttpResponse(done.whole(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="letters-{office_day(timezone.now()).isoformat()}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


@role_required(*WORKERS)
@require_POST
def mark_posted(request: HttpRequest) -> HttpResponse:
    """Note that what was ticked was posted; of what must not leave the page asks whether it had left already."""
    chosen = _chosen(request, MessageState.CLAIMED)
    form = PostedForm(request.POST)
    if not chosen or not form.is_valid():
        return _page(request, post_queue.PRINTED, form=form if chosen else None, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data

    def post(message: Message) -> None:
        posting.mark_posted(
            message,
            posted_on=said["posted_on"],
            left_already=said["left_already"],
            by=reader(request),
            now=timezone.now(),
        )

    refused, done = _each(chosen, post)
    if done:
        words = ngettext("%(total)d letter noted as posted.", "%(total)d letters noted as posted.", done)
        told.success(request, words % {"total": done})
    stopped = [message for message, why in refused if isinstance(why, posting.MustNotLeave)]
    for message, why in refused:
        told.error(request, f"{message.case.reference}: {why}")
    if not stopped:
        return redirect(_address(post_queue.PRINTED))
    asking = PostedForm(initial={"posted_on": said["posted_on"]}, asks=True)
    keys = [message.key for message in stopped]
    return _page(request, post_queue.PRINTED, form=asking, ticked=keys, status=HTTPStatus.CONFLICT)


@role_required(*WORKERS)
@require_POST
def put_back(request: HttpRequest) -> HttpResponse:
    """Note that what was ticked was not posted after all."""
    chosen = _chosen(request, MessageState.CLAIMED)
    if not chosen:
        return _back(request, post_queue.PRINTED)
    refused, done = _each(chosen, lambda one: printing.put_back(one, by=reader(request), now=timezone.now()))
    return _told(request, refused, done, post_queue.PRINTED)


@role_required(*WORKERS)
@require_POST
def came_back(request: HttpRequest) -> HttpResponse:
    """Note that the post returned what was ticked."""
    chosen = _chosen(request, MessageState.SENT)
    if not chosen:
        return _back(request, post_queue.POSTED)
    user = reader(request)
    refused, done = _each(chosen, lambda one: settling.take_bounce(message_id=one.pk, by=user, now=timezone.now()))
    return _told(request, refused, done, post_queue.POSTED)


def _chosen(request: HttpRequest, state: MessageState) -> list[Message]:
    """Return what was ticked, as far as it is in that state and this person may know of its case."""
    keys = [key for key in request.POST.getlist("letter") if len(key) == KEY_LENGTH and key.isalnum()][:PER_PAGE]
    view = {MessageState.PLANNED: post_queue.WAITING, MessageState.CLAIMED: post_queue.PRINTED}
    rows = post_queue.post_queue(reader(request), timezone.now(), view.get(state, post_queue.POSTED))
    return list(rows.filter(way=Way.POST, key__in=keys))


def _each(chosen: Sequence[Message], work: Callable[[Message], None]) -> tuple[list[tuple[Message, Refused]], int]:
    refused = []
    for message in chosen:
        try:
            work(message)
        except Refused as why:
            refused.append((message, why))
    return refused, len(chosen) - len(refused)


def _told(request: HttpRequest, refused: list[tuple[Message, Refused]], done: int, view: str) -> HttpResponse:
    for message, why in refused:
        told.error(request, f"{message.case.reference}: {why}")
    if done:
        told.success(request, ngettext("%(total)d letter noted.", "%(total)d letters noted.", done) % {"total": done})
    return redirect(_address(view))


def _back(request: HttpRequest, view: str) -> HttpResponse:
    if paper.is_possible():
        told.warning(request, _("Tick at least one letter that still stands here first."))
    return redirect(_address(view))


def _address(view: str) -> str:
    return reverse("notifications:post") + (f"?view={view}" if view else "")


def _page(
    request: HttpRequest,
    view: str,
    *,
    form: PostedForm | None = None,
    ticked: Sequence[str] = (),
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    user, now = reader(request), timezone.now()
    page = Paginator(post_queue.post_queue(user, now, view), PER_PAGE).get_page(request.GET.get("page"))
    views = [
        {"label": label, "url": f"?view={code}" if code else "?", "is_current": code == view, "count": None}
        for code, label in post_queue.VIEWS.items()
    ]
    context = {
        "page": page,
        "pieces": [post_queue.as_shown(message, now) for message in page],
        "views": views,
        "view": view,
        "form": form or PostedForm(initial={"posted_on": office_day(now)}),
        "ticked": ticked,
        "may_work": user.has_role(*WORKERS),
        "can_print": paper.is_possible(),
        "now": now,
        "today": office_day(now),
    }
    return render(request, "notifications/post.html", context, status=status)
