"""What holds for every page of somebody who is signed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]


def keep_out_of_caches(get_response: Respond) -> Respond:
    """Let no browser or proxy keep a page of a signed-in person: the next one at the machine must not go back to it."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return respond
