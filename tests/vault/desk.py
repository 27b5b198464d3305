"""A desk of three pages, as other apps build them: a form that takes documents, and a download."""

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone

from vault import actions
from vault.downloads import attachment
from vault.forms import DocumentField, MultipleDocumentField
from vault.models import Document


class SubmissionForm(forms.Form):
    subject = forms.CharField(required=False)
    order = DocumentField()
    annexes = MultipleDocumentField(required=False)


def submit(http: HttpRequest) -> HttpResponse:
    form = SubmissionForm(http.POST, http.FILES)
    if not form.is_valid():
        return JsonResponse(form.errors.get_json_data(), status=200)
    with transaction.atomic():
        now = timezone.now()
        scope = actions.new_scope(now=now)
        uploads = [form.cleaned_data["order"], *form.cleaned_data["annexes"]]
        kept = [actions.keep(upload, scope=scope, by_id=None, now=now) for upload in uploads]
    return JsonResponse({"kept": [str(document.pk) for document in kept]})


def download(http: HttpRequest, pk: str) -> StreamingHttpResponse:
    return attachment(get_object_or_404(Document, pk=pk))


urlpatterns = [path("submit", submit), path("download/<uuid:pk>", download)]
