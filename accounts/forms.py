"""The forms of the staff's own pages."""

from zoneinfo import available_timezones

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import User


class AppearanceForm(forms.ModelForm[User]):
    """Language, time zone, colours and shortcuts of one person."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.STAFF_LANGUAGES)
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Times on your pages are shown in it. The law’s own deadlines stay as they are."),
    )
    theme = forms.ChoiceField(
        label=_("Colours"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("", _("As your system has them")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    shortcuts = forms.BooleanField(
        label=_("Act on single keys"),
        required=False,
        help_text=_("For example / to search and j, k to move through a list. Turn it off when you dictate."),
    )

    class Meta:
        model = User
        fields = ["language", "timezone", "theme", "shortcuts"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["timezone"].choices = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]  # type: ignore[attr-defined]


class Plain(forms.Form):
    """A form of django-allauth without placeholders, which vanish while typing and repeat the label."""

    labels: dict[str, StrOrPromise] = {}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label or "")


class SignInForm(Plain, account.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    labels = {"login": _("E-mail address"), "password": _("Password")}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the way to a new password stands under the form


class ResetPasswordForm(Plain, account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which the link goes."""

    labels = {"email": _("E-mail address")}


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A password chosen through the link."""

    labels = {"password1": _("New password"), "password2": _("The same again")}


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc]
    """A password changed by somebody who knows the old one."""

    labels = {
        "oldpassword": _("Password that you have now"),
        "password1": _("New password"),
        "password2": _("The same again"),
    }


class ConfirmPasswordForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    labels = {"password": _("Password")}


class CodeForm(Plain, mfa.AuthenticateForm):  # type: ignore[misc]
    """A code of the app, or a recovery code."""

    labels = {"code": _("Code")}


class ConfirmCodeForm(Plain, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something that matters."""

    labels = {"code": _("Code")}
