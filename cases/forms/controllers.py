"""What an EPOC says of informing the controller."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import controllers as actions
from cases.forms.acts import ActForm
from cases.states import ControllerNotice


class SetControllerNotice(ActForm):
    said = forms.ChoiceField(
        label=gettext_lazy("Section G(d) says"), choices=ControllerNotice.choices, widget=forms.RadioSelect
    )

    def suggested(self) -> dict[str, Any]:
        return {"said": self.case.controller_notice}

    def perform(self) -> str | Promise:
        said = ControllerNotice(self.cleaned_data["said"])
        actions.set_controller_notice(said=said, **self.who)
        if said == ControllerNotice.INFORM:
            return _("Recorded. Controllers in this case are informed; the person never is by us.")
        return _("Recorded. The controller is not informed until further notice; the person never is by us.")
