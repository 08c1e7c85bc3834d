"""The cache's table, so that `migrate` alone makes a database whole."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps: Any, editor: Any) -> None:
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunPython(make_cache_table, migrations.RunPython.noop, elidable=False)]
