"""Addresses of the customer's page, and of the staff's pages about notices."""

from django.urls import path

import cases.addresses  # noqa: F401 - registers <place:…>
from notifications.views import customer, hooks, letters, outbox, staff, withheld

app_name = "notifications"
urlpatterns = [
    path("notice/<str:token>/", customer.notice, name="notice"),
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
    path("notices/messages/<slug:key>/", letters.message, name="message"),
    path("notices/<str:reference>/<place:number>/", staff.notice, name="staff_notice"),
    path("notices/<str:reference>/<place:number>/settle/", staff.settle, name="settle"),
    path("notices/<str:reference>/<place:number>/came-back/", staff.came_back, name="came_back"),
    path("notices/<str:reference>/<place:number>/address/", staff.correct_address, name="correct_address"),
    path("notices/<str:reference>/letters/<place:number>/", letters.letter, name="staff_letter"),
    path("notices/<str:reference>/letters/<place:number>/settle/", letters.settle, name="settle_letter"),
    path("notices/<str:reference>/letters/<place:number>/came-back/", letters.came_back, name="letter_came_back"),
]
