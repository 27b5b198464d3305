"""What every page gets: what the browser may do with it, and the reader's language and time zone."""

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from cases.queries.installation import hold_in_force

Respond = Callable[[HttpRequest], HttpResponse]

# Scripts, styles, fonts and images from our own files only; data: is for the QR code of the second factor.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self'",  # previews of mails; every other page of ours forbids to be framed
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
# In UTF-8: the embeddings and overrides of text direction and what ends them, U+202A to U+202E (Unicode Annex 9).
OVERRIDES = re.compile(rb"\xe2\x80[\xaa-\xae]")
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def restrict_browser(get_response: Respond) -> Respond:
    """Say in every answer that it runs no inline code, is in no frame and uses no device."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return respond


def keep_in_order(get_response: Respond) -> Respond:
    """Let nothing that somebody wrote turn around what stands beside it on a page: its marks show as what they are not.

    Names come from strangers, and a list of the staff's is read at a glance. Our own words and pages have no such mark.
    Isolates stay: they turn nothing around but what stands in them.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_page = not response.streaming and response.get("Content-Type", "").startswith("text/html")
        if is_page and OVERRIDES.search(response.content):
            response.content = OVERRIDES.sub("\N{REPLACEMENT CHARACTER}".encode(), response.content)
        return response

    return respond


def speak_to_reader(get_response: Respond) -> Respond:
    """Show the page in the language and time zone of the signed-in reader; others keep their browser's language."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        request.LANGUAGE_CODE = request.user.language
        with timezone.override(ZoneInfo(request.user.timezone)), translation.override(request.user.language):
            return get_response(request)

    return respond


def tell_of_hold(get_response: Respond) -> Respond:
    """Let the pages of staff say that the installation is held; asked only by those that do."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.installation_hold = SimpleLazyObject(hold_in_force)  # type: ignore[attr-defined]
        return get_response(request)

    return respond
