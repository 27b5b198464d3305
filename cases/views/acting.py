"""One act upon a case: GET asks, POST does it. Works without JavaScript; nothing typed is lost when it is refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import reader, role_required
from accounts.models import Role, User
from cases.actions.changing import CaseNotFound, ChangedMeanwhile, Refused, changing, only
from cases.dossier import read
from cases.forms.acts import ActForm
from cases.guards import checks
from cases.models import Case
from cases.queries.cases import seen
from cases.views.acts import ACTS, Act
from cases.views.opening import on_record, opened
from cases.views.words import row_words
from ledger.models import LedgerEntry
from ledger.queries import entries
from ledger.sentences import sentence

NEWS = 10  # entries shown of what happened while someone typed


@on_record(lambda asked: asked["name"] if asked["name"] in ACTS else "unknown")
@role_required(Role.ANALYST, Role.COUNSEL, Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, reference: str, name: str, number: int | None = None) -> HttpResponse:
    """Ask what the act needs, then do it: on success back to the case, else the same page with what is wrong."""
    user = reader(request)
    wanted = ACTS.get(name)
    case = opened(user, reference, name if wanted else "unknown")
    if wanted is None or (wanted.rows is None) != (number is None):
        raise Http404
    if not user.has_role(*wanted.who):
        raise PermissionDenied(f"{only(wanted.who)} {_('Nothing was changed.')}")
    doing = Doing(request, user, case, wanted, _row(wanted, case, number), timezone.now())
    return doing.submitted() if request.method == "POST" else doing.page(doing.form(None))


class MovedMeanwhile(ChangedMeanwhile):
    """The case has moved since the form was shown, perhaps by the same person pressing twice."""

    def __init__(self, news: list[LedgerEntry]) -> None:
        super().__init__(
            _("This case has changed since you opened this form. What you typed is kept: read what is new, then send.")
        )
        self.news = [sentence(entry) for entry in news]


@dataclass(frozen=True)
class Doing:
    """An act as one person asks for it."""

    request: HttpRequest
    user: User
    case: Case
    act: Act
    subject: Any
    now: datetime

    def form(self, data: Any) -> ActForm:
        """Return the form, bound to what was sent."""
        return self.act.form(
            data,
            None if data is None else self.request.FILES,
            case=self.case,
            subject=self.subject,
            by=self.user,
            now=self.now,
            initial={"seen": _latest(self.case)},
        )

    def submitted(self) -> HttpResponse:
        """Do what was sent, or say why not."""
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            done, kept = self._under_lock(form)
        except CaseNotFound:
            raise Http404 from None
        if isinstance(done, Refused):
            return self._refused(done, kept)
        if form.shown_once:
            return self._shown_once(str(done), form.shown_once)
        messages.success(self.request, str(done))
        return redirect(self.case.get_absolute_url())

    def _shown_once(self, said: str, secrets: list[tuple[str, str]]) -> HttpResponse:
        """Return the page that shows what the act made, in this answer and in nothing that is kept."""
        context = {"case": self.case, "act": self.act, "said": said, "secrets": secrets}
        response = render(self.request, "cases/shown_once.html", context)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def _under_lock(self, form: ActForm) -> tuple[str | Promise | Refused, list[str]]:
        """Perform it under the case's lock, unless the case has moved since the form was shown.

        Return what to say, or the refusal, and the files that stay either way. A refusal does not undo what an action
        wrote down before it refused.
        """
        with changing(self.case.pk) as case:
            if news := _unseen(case, form.cleaned_data.get("seen")):
                return MovedMeanwhile(news), []
            kept = form.keep_uploads()
            try:
                return form.perform(), kept
            except Refused as refusal:
                return refusal, kept

    def _refused(self, refusal: Refused, kept: list[str]) -> HttpResponse:
        """Return the page with everything typed, and the case as it is now: whoever sends again has seen it."""
        news = refusal.news if isinstance(refusal, MovedMeanwhile) else []
        data = self.request.POST.copy()
        data["seen"] = str(_latest(self.case))
        data.setlist("files", [*data.getlist("files"), *kept])
        fresh = Doing(self.request, self.user, seen(self.user, self.case.reference), self.act, self.subject, self.now)
        sentences = [str(one) for one in refusal.sentences]
        return fresh.page(fresh.form(data), status=409, refusal=sentences, news=news)

    def page(
        self, form: ActForm, *, status: int = 200, refusal: list[str] | None = None, news: list[str] | None = None
    ) -> HttpResponse:
        """Return the page that asks."""
        context = {
            "case": self.case,
            "act": self.act,
            "form": form,
            "subject_words": row_words(self.subject),
            "refusal": refusal,
            "news": news,
            "missing": [] if refusal else self._missing(),
            "is_possible": self.act.is_possible_in(self.case.state),
            "takes_files": form.is_multipart(),
        }
        return render(self.request, "cases/act.html", context, status=status)

    def _missing(self) -> list[str | Promise]:
        if not self.act.transition or not self.act.is_possible_in(self.case.state):
            return []
        found = checks(self.act.transition, read(self.case, self.now, exact=False))
        return [check.sentence for check in found if not check.met]


def _unseen(case: Case, seq: int | None) -> list[LedgerEntry]:
    """Return what the ledger holds beyond the entry that a person saw last; nothing where they did not say."""
    if seq is None:
        return []
    return [entry for entry in entries(case.stream, limit=NEWS) if entry.seq > seq]


def _latest(case: Case) -> int:
    return max((entry.seq for entry in entries(case.stream, limit=1)), default=0)


def _row(wanted: Act, case: Case, number: int | None) -> Any:
    """Return the row of that place in the case, counted from 1: keys stay in the house."""
    if wanted.rows is None or number is None:
        return None
    row = wanted.rows(case).order_by("pk")[number - 1 : number].first() if number > 0 else None
    if row is None:
        raise Http404
    return row
