"""The two columns that every row with a stage has."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from ithaca.records.stages import Act, AnyTable, Party


class StagedModel(models.Model):
    """A row that `moves.move` can take from stage to stage. Subclasses name their `TABLE`."""

    TABLE: ClassVar[AnyTable]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    stage = models.CharField(max_length=30)
    stage_since = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __init__(self, *args: object, **kwargs: object) -> None:
        if not args:
            kwargs.setdefault("stage", str(self.TABLE.first))
        super().__init__(*args, **kwargs)

    def may(self, act: Act, by: Party) -> bool:
        """Say whether the stage table lets this party perform the act now."""
        return self.TABLE.allows(self.stage, act, by)
