"""Addresses of the customer's page, and of the staff's pages about notices."""

from django.urls import path

from notifications.views import customer

app_name = "notifications"
urlpatterns = [
    path("notice/<str:token>/", customer.notice, name="notice"),
    path("notice/<str:token>/object/", customer.objection, name="objection"),
    path("notice/<str:token>/agree/", customer.agreement, name="agreement"),
    path("notice/<str:token>/take-back/", customer.withdrawal, name="withdrawal"),
    path("notice/<str:token>/receipt/", customer.receipt, name="receipt"),
]
