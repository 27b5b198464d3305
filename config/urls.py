"""Every address of the site, app by app."""

from django.urls import URLPattern, URLResolver, include, path

from config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("", include("accounts.urls")),
    path("", include("intake.urls")),
    path("", include("cases.urls")),
    path("", include("notifications.urls")),
    path("", include("reports.urls")),
]
