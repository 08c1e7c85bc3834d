"""Whom somebody knows too well to mentor, or to be mentored by."""

import uuid
from typing import ClassVar

from django.db import models

from ithaca.records.members.models import User
from ithaca.tools.vault.fields import SealedForAuthor, SealedForServer
from ithaca.tools.vault.tiers import Tier


class ConflictDeclaration(models.Model):
    """One conflict that a member has declared: with a person, or with everyone of an organisation.

    The schedule must compare it with nobody's key, so whom it is about lies under the server's key. Which kind it is
    (a patient, family, a past employer) stays its author's alone.
    """

    TIERS: ClassVar = {"whom": Tier.T1S, "kind": Tier.T3}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(User, models.CASCADE, related_name="declarations")
    whom = SealedForServer(kind="conflict.whom")
    """JSON of `conflicts.Whom`: the rule it falls under, and an organisation or a person."""
    kind = SealedForAuthor(kind="conflict.kind", author="user_id", null=True)
    """A code of `conflicts.KINDS`; null when it was declared while locked."""
    declared_at = models.DateTimeField()
