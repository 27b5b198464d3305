"""The forms of the staff's own pages."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class AppearanceForm(forms.ModelForm[User]):
    """Language, time zone, colours and shortcuts of one person."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
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
