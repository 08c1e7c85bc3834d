"""Emails to those who work for a scheme."""

from django.urls import reverse

from ithaca.records.members.emails.addressing import desk_of, scheme_of
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter, Recipient


def asked_to_deputise(to: Recipient, scheme: Scheme) -> Letter:
    return letters.write("appointments/asked_to_deputise", to, desk_of(scheme), scheme_of(scheme))


def asked_to_mediate(to: Recipient, scheme: Scheme) -> Letter:
    path = reverse("meeting:mediations")
    return letters.write("appointments/asked_to_mediate", to, path, scheme_of(scheme), address=scheme.contact_email)
