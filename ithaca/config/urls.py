"""The root of the addresses: our journeys first, third parties under their own prefixes, prose for all the rest."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from ithaca.journeys.operating import views as operating

urlpatterns = [
    path("", include("ithaca.journeys.operating.urls")),
    path("", include("ithaca.journeys.signing_in.urls")),
    path("", include("ithaca.journeys.joining.urls")),
    path("", include("ithaca.journeys.pairing.urls")),
    path("", include("ithaca.journeys.meeting.urls")),
    path("", include("ithaca.journeys.configuring.urls")),
    path("", include("ithaca.journeys.reporting.urls")),
    path("", include("ithaca.journeys.coordinating.urls")),
    path("", include("ithaca.config.old_addresses")),
    path("accounts/", include("allauth.urls")),
    path("cms/login/", operating.editors_sign_in),
    path("cms/users/", operating.not_found),
    path("cms/users/<path:rest>", operating.not_found),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("ithaca.publishing.urls")),
    path("", include(wagtail_urls)),
]

handler400 = "ithaca.journeys.operating.views.bad_request"
handler403 = "ithaca.journeys.operating.views.forbidden"
handler404 = "ithaca.journeys.operating.views.not_found"
handler500 = "ithaca.journeys.operating.views.server_error"
