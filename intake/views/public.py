"""The public form and its receipt. Nothing here says anything of any customer, account or data."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.states import Channel
from intake import limits
from intake.actions.submissions import take_in
from intake.forms.submission import PublicSubmissionForm
from intake.queries.receipts import receipt as receipt_of


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """Take a request in from anybody."""
    if request.method != "POST":
        return _form(request, PublicSubmissionForm())
    form = PublicSubmissionForm(request.POST, request.FILES)
    if limits.is_over(limits.submissions(), request):
        form.add_error(None, _("You have sent many forms within an hour. Wait a while, then send this one again."))
        return _form(request, form, status=429)
    if not form.is_valid():
        return _form(request, form)
    now = timezone.now()
    taken = take_in(
        form.claim(), documents=form.cleaned_data["documents"], channel=Channel.PORTAL, received_at=now, now=now
    )
    return redirect("intake:receipt", token=taken.token)


def _form(request: HttpRequest, form: PublicSubmissionForm, status: int = 200) -> HttpResponse:
    return render(request, "intake/submit.html", {"form": form}, status=status)


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Show that a request arrived and how far it is, to whoever has the address."""
    if limits.is_over(limits.RECEIPTS, request):
        return render(request, "429.html", status=429)
    found = receipt_of(token)
    if found is None:
        raise Http404
    return render(request, "intake/receipt.html", {"receipt": found})
