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
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import reader, role_required
from accounts.models import Role, User
from cases.actions.changing import CaseNotFound, ChangedMeanwhile, Refused, changing
from cases.dossier import read
from cases.forms.acts import ActForm
from cases.forms.releases import ProposeRelease
from cases.guards import checks
from cases.models import Case
from cases.queries.cases import seen
from cases.views.acts import ACTS, Act
from cases.views.words import row_words
from ledger.models import LedgerEntry
from ledger.queries import entries
from ledger.sentences import sentence

NEWS = 10  # entries shown of what happened while someone typed


@role_required(Role.ANALYST, Role.COUNSEL, Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, reference: str, name: str, number: int | None = None) -> HttpResponse:
    """Ask what the act needs, then do it: on success back to the case, else the same page with what is wrong."""
    user, now = reader(request), timezone.now()
    case = seen(user, reference)
    wanted = ACTS.get(name)
    if wanted is None or (wanted.rows is None) != (number is None):
        raise Http404
    if not user.has_role(*wanted.who):
        raise PermissionDenied(_only(wanted.who))
    doing = Doing(request, case, wanted, _row(wanted, case, number), now, user)
    if request.method != "POST":
        return doing.page(doing.form(None))
    return doing.submitted()


@dataclass(frozen=True)
class Doing:
    """An act as one person asks for it."""

    request: HttpRequest
    case: Case
    act: Act
    subject: Any
    now: datetime
    user: User

    def form(self, data: Any) -> ActForm:
        """Return the form, bound to what was sent."""
        latest = entries(self.case.stream, limit=1)
        return self.act.form(
            data,
            self.request.FILES if data is not None else None,
            case=self.case,
            subject=self.subject,
            by=self.user,
            now=self.now,
            initial={"seen": latest[0].seq if latest else 0},
        )

    def submitted(self) -> HttpResponse:
        """Do what was sent, or say why not."""
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        if isinstance(form, ProposeRelease):
            form.keep_uploads()
        try:
            done = self._under_lock(form)
        except CaseNotFound:
            raise Http404 from None
        except Refused as refusal:
            return self._refused(form, refusal)
        messages.success(self.request, str(done))
        return redirect(self.case.get_absolute_url())

    def _under_lock(self, form: ActForm) -> str | Promise:
        """Perform it under the case's lock, unless the case has moved since the form was shown."""
        refusal: Refused | None = None
        done: str | Promise = ""
        with changing(self.case.pk) as case:
            if news := unseen(case, form.cleaned_data.get("seen")):
                raise MovedMeanwhile(news)
            try:
                done = form.perform()
            except Refused as refused:
                # What the action wrote down before it refused stays written: the transaction ends well.
                refusal = refused
        if refusal:
            raise refusal
        return done

    def _refused(self, form: ActForm, refusal: Refused) -> HttpResponse:
        news = refusal.news if isinstance(refusal, MovedMeanwhile) else []
        fresh = self.form(self._kept(form))
        return self.page(fresh, status=409, refusal=[str(one) for one in refusal.sentences], news=news)

    def _kept(self, form: ActForm) -> Any:
        """Return what was typed, with the case as it is now: whoever sends again has seen it."""
        data = self.request.POST.copy()
        latest = entries(self.case.stream, limit=1)
        data["seen"] = str(latest[0].seq if latest else 0)
        if isinstance(form, ProposeRelease):
            data.setlist("files", [*data.getlist("files"), *form.sent])
        return data

    def page(
        self, form: ActForm, *, status: int = 200, refusal: list[str] | None = None, news: list[str] | None = None
    ) -> HttpResponse:
        """Return the page that asks."""
        missing = []
        if self.act.transition and not refusal:
            dossier = read(self.case, self.now, exact=False)
            missing = [check.sentence for check in checks(self.act.transition, dossier) if not check.met]
        context = {
            "case": self.case,
            "act": self.act,
            "form": form,
            "subject_words": row_words(self.subject),
            "refusal": refusal,
            "news": news,
            "missing": missing,
            "possible": self.act.is_possible_in(self.case.state),
            "takes_files": form.is_multipart(),
            "now": self.now,
        }
        return render(self.request, "cases/act.html", context, status=status)


class MovedMeanwhile(ChangedMeanwhile):
    """The case has moved since the form was shown, perhaps by the same person pressing twice."""

    def __init__(self, news: list[LedgerEntry]) -> None:
        super().__init__(
            _(
                "This case has changed since you opened this form. What you typed is kept: look at what is new, then send."
            )
        )
        self.news = [sentence(entry) for entry in news]


def unseen(case: Case, seq: int | None) -> list[LedgerEntry]:
    """Return what the ledger holds beyond the entry that a person saw last; nothing where they did not say."""
    if seq is None:
        return []
    return [entry for entry in entries(case.stream, limit=NEWS) if entry.seq > seq]


def _row(wanted: Act, case: Case, number: int | None) -> Any:
    """Return the row of that place in the case, counted from 1: keys stay in the house."""
    if wanted.rows is None or number is None:
        return None
    found = wanted.rows(case).order_by("pk")[number - 1 : number] if number > 0 else []
    for row in found:
        return row
    raise Http404


def _only(who: tuple[Role, ...]) -> str:
    roles = get_text_list([str(role.label).lower() for role in who], _("or"))
    return _("Only %(roles)s can do this. Nothing was changed.") % {"roles": roles}
