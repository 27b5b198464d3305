"""Addresses of the customer's page, and of the staff's pages about notices."""

from django.urls import path

import cases.addresses  # noqa: F401 - registers <place:…>
from notifications.views import customer, door, hooks, outbox, staff, withheld

app_name = "notifications"
urlpatterns = [
    path("notice/<str:token>/", customer.notice, name="notice"),
    path("notice/<str:token>/door/", door.door, name="door"),
    path("notice/<str:token>/door/code/", door.send_code, name="send_code"),
    path("notice/<str:token>/object/", customer.objection, name="objection"),
    path("notice/<str:token>/agree/", customer.agreement, name="agreement"),
    path("notice/<str:token>/take-back/", customer.withdrawal, name="withdrawal"),
    path("notice/<str:token>/receipt/", customer.receipt, name="receipt"),
    path("hooks/messaging/", hooks.messaging, name="messaging_hook"),
    path("hooks/mail/", hooks.provider, name="mail_hook"),
    path("notices/", staff.attention, name="attention"),
    path("notices/withheld/", withheld.board, name="withheld"),
    path("notices/outbox/", outbox.outbox, name="outbox"),
    path("notices/outbox/<slug:key>/", outbox.letter, name="letter"),
    path("notices/<str:reference>/<place:number>/", staff.notice, name="staff_notice"),
    path("notices/<str:reference>/<place:number>/settle/", staff.settle, name="settle"),
    path("notices/<str:reference>/<place:number>/came-back/", staff.came_back, name="came_back"),
    path("notices/<str:reference>/<place:number>/address/", staff.correct_address, name="correct_address"),
]
