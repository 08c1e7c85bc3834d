"""Every text field says who can read it, and records point downwards only."""

import pytest
from django.apps import apps
from django.db import models

from ithaca.tools.vault.fields import SealedField
from ithaca.tools.vault.tiers import Tier

TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
LEVELS = ["vault", "ledger", "post", "schemes", "members", "mentorships"]
OURS = [model for model in apps.get_models() if model._meta.app_label in LEVELS]


def text_fields(model: type[models.Model]) -> dict[str, models.Field]:
    return {field.name: field for field in model._meta.local_fields if isinstance(field, TEXT)}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_text_field_declares_its_tier(model: type[models.Model]) -> None:
    declared = model.TIERS
    assert set(declared) == set(text_fields(model)), "TIERS names each text field, and nothing else"
    for name, field in text_fields(model).items():
        if isinstance(field, SealedField):
            assert declared[name] is field.tier
        elif model._meta.app_label != "vault":  # the vault's own rows hold keys, sealed by its kernel
            assert declared[name] is Tier.T1, f"{model.__name__}.{name} is above T1 and must be a SealedField"


def test_a_kind_is_used_by_one_field_only() -> None:
    kinds = [field.kind for model in OURS for field in text_fields(model).values() if isinstance(field, SealedField)]
    assert len(kinds) == len(set(kinds)), "a ciphertext must not open in another column"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_foreign_keys_point_downwards(model: type[models.Model]) -> None:
    own = LEVELS.index(model._meta.app_label)
    for field in model._meta.local_fields:
        if field.related_model and field.related_model._meta.app_label in LEVELS:
            target = LEVELS.index(field.related_model._meta.app_label)
            assert target <= own, f"{model.__name__}.{field.name} points upwards"
            if own < LEVELS.index("schemes"):
                assert target == own, "tools name people and things by uuid"
