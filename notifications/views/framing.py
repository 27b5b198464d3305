"""A mail in a frame of our own page: alone in it, with its own style and nothing else that could act."""

from django.http import HttpRequest, HttpResponse

# The mail brings its style in itself, as mail programs want it. It loads, sends and runs nothing, whatever is in it.
MAIL_POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    ]
)
WIDTHS = ("desktop", "phone")


def framed(html: str) -> HttpResponse:
    """Return the answer that is a mail's HTML, for a frame of this site alone."""
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def width_of(request: HttpRequest) -> str:
    """Return how wide the reader wants to see the mail."""
    wanted = request.GET.get("width", "")
    return wanted if wanted in WIDTHS else WIDTHS[0]
