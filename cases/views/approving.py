"""The second person's pages: what waits, and what becomes of one proposal."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import reader, role_required
from accounts.models import Role, User
from cases.actions.approvals import take_back
from cases.actions.asking import ask_to_decide
from cases.actions.changing import CaseNotFound, NotForYou, Refused
from cases.actions.deciding import approve, decline
from cases.actions.productions import release
from cases.forms.approvals import DecisionForm
from cases.models import Approval, Case, RedactionState
from cases.queries import inbox
from cases.queries.proposals import Proposal, described
from cases.states import RELEASES, ApprovalKind, ApprovalState
from cases.views.opening import on_record, opened
from cases.views.redacted import sheets

PER_PAGE = 10
EXPIRED_SHOWN = 5


@dataclass(frozen=True)
class Card:
    """A proposal with what this person may do about it."""

    proposal: Proposal
    case: Case
    url: str
    refusal: str  # why they may not decide; empty: they may
    may_take_back: bool
    may_release: bool
    is_asked: bool  # this person was asked to decide it
    may_ask: bool
    preview_url: str = ""  # where that is seen which would be shown to a customer


def card(proposal: Proposal, user: User, now: datetime) -> Card:
    """Return the proposal as this person may deal with it."""
    approval = proposal.approval
    is_own = proposal.proposer == user.person_id
    is_counsel = user.has_role(Role.COUNSEL)
    is_over = approval.is_over(now)
    is_waiting = proposal.is_waiting and not is_over
    return Card(
        proposal=proposal,
        case=approval.case,
        url=reverse("cases:approval", args=[approval.case.reference, approval.digest]),
        is_asked=is_waiting and proposal.asked[1] == user.person_id,
        may_ask=is_waiting and user.person_id in (proposal.proposer, proposal.asked[1]),
        refusal=_why_not(is_own=is_own, is_counsel=is_counsel, is_over=is_over),
        may_take_back=is_own and approval.state in (ApprovalState.PROPOSED, ApprovalState.APPROVED),
        preview_url=_preview_url(approval),
        may_release=is_counsel
        and not is_over
        and approval.state == ApprovalState.APPROVED
        and approval.kind in RELEASES,
    )


def _preview_url(approval: Approval) -> str:
    if approval.kind != ApprovalKind.REDACT:
        return ""
    number = approval.subject["params"]["number"]
    return reverse("cases:redaction_preview", args=[approval.case.reference, number])


def _why_not(*, is_own: bool, is_counsel: bool, is_over: bool) -> str:
    if is_over:
        return _("The time for this is over: it must be proposed again.")
    if is_own:
        return _("You proposed this: another person must approve it.")
    return "" if is_counsel else _("Only counsel can decide this.")


@role_required(Role.ANALYST, Role.COUNSEL)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for this person, what they were asked first; apart from it their own, and what expired."""
    user, now = reader(request), timezone.now()
    page = Paginator(inbox.waiting_for(user), PER_PAGE).get_page(request.GET.get("page"))
    own = list(inbox.proposed_by(user)[:PER_PAGE])
    expired = list(inbox.expired_for(user)[:EXPIRED_SHOWN])
    everything = iter([card(one, user, now) for one in described([*page.object_list, *own, *expired])])
    context = {
        "now": now,
        "page": page,
        "cards": list(islice(everything, len(page.object_list))),
        "own": list(islice(everything, len(own))),
        "expired": list(everything),
        "rail_counts": {"cases:approvals!": page.paginator.count},
    }
    return render(request, "cases/approvals.html", context)


@on_record(lambda _asked: "proposal")
@role_required(Role.ANALYST, Role.COUNSEL, Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, reference: str, digest: str) -> HttpResponse:
    """Show exactly what would be done. The digest in the address is what the reader saw: it is what they approve."""
    user = reader(request)
    case = opened(user, reference, "proposal")
    approval = _latest(case, digest)
    if request.method == "POST" and not user.has_role(Role.ANALYST, Role.COUNSEL):
        raise PermissionDenied
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, approval, user, form, status=422 if form.is_bound else 200)
    try:
        said = _decide(approval, digest, form, user, timezone.now())
    except CaseNotFound:
        raise Http404 from None
    except Refused as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, str(sentence))
        status = 403 if isinstance(refusal, NotForYou) else 409
        return _page(request, _latest(case, digest), user, form, status=status)
    messages.success(request, str(said))
    return redirect(case.get_absolute_url())


def _latest(case: Case, digest: str) -> Approval:
    """Return the newest proposal of exactly this; an earlier one may have been declined or taken back."""
    found = case.approvals.filter(digest=digest).select_related("proposed_by", "case").order_by("-pk").first()
    if found is None:
        raise Http404
    return found


def _decide(approval: Approval, digest: str, form: DecisionForm, user: User, now: datetime) -> str | Promise:
    reason = form.cleaned_data["reason"]
    match form.cleaned_data["decision"]:
        case "approve":
            approve(approval_id=approval.pk, digest=digest, decision=reason, by=user, now=now)
            return _("Approved. Counsel releases it by hand.") if approval.kind in RELEASES else _("Approved and done.")
        case "decline":
            decline(approval_id=approval.pk, decision=reason, by=user, now=now)
            return _("Declined. Who proposed it reads your reason.")
        case "release":
            production = release(approval_id=approval.pk, by=user, now=now)
            return _("Part %(number)d is released.") % {"number": production.number}
        case "ask":
            asked = form.cleaned_data["asked"]
            ask_to_decide(approval_id=approval.pk, asked=asked, by=user, now=now)
            return _("%(name)s is asked to decide. Any other counsel still may.") % {"name": asked.name}
        case _other:
            take_back(approval_id=approval.pk, by=user, now=now)
            return _("Taken back.")


def _page(request: HttpRequest, approval: Approval, user: User, form: DecisionForm, *, status: int) -> HttpResponse:
    (found,) = described([approval])
    now = timezone.now()
    context = {"card": card(found, user, now), "form": form, "case": approval.case, "now": now}
    # What was proposed and is not drawn on since: the file itself, as the customer would read it.
    redaction = approval.case.redactions.filter(approval=approval).first()
    if redaction and redaction.state(now) in (RedactionState.PROPOSED, RedactionState.APPROVED):
        context["sheets"] = sheets(approval.case, redaction)
    return render(request, "cases/approval.html", context, status=status)
