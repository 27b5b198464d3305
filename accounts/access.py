"""Who may open a page: signed in, and holding one of the roles that it is for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import Role, User

View = Callable[..., HttpResponseBase]


def role_required(*roles: Role) -> Callable[[View], View]:
    """Open the view to people who hold any of the roles; without roles, to everyone who is signed in.

    Others are sent to sign in and come back, or get a page that names the role they would need.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _sign_in(request)
            if roles and not request.user.has_role(*roles):
                raise PermissionDenied(_role_needed(roles))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def reader(request: HttpRequest) -> User:
    """Return who is signed in, in a view that role_required guards; anyone else is refused."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _sign_in(request: HttpRequest) -> HttpResponseBase:
    response = redirect_to_login(request.get_full_path())
    # htmx would put the sign-in page into the middle of the old one.
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(response.url)
    return response


def _role_needed(roles: tuple[Role, ...]) -> str:
    names = get_text_list([str(role.label) for role in roles], _("or"))
    return _("This page is for: %(roles)s. Nothing was changed. An administrator can give you the role.") % {
        "roles": names
    }
