from django.db import migrations

MOVED = {
    "ithaca.records.mentorships.actions.importing.take_in": "ithaca.records.mentorships.importing.actions.sheets.take_in",
    "ithaca.records.mentorships.actions.working_out.work": (
        "ithaca.records.mentorships.matching.actions.carry_out_match_run.work"
    ),
}


def rename(paths):
    """Return what rewrites the paths of queued tasks, so that a task queued before an upgrade still runs after it."""

    def run(apps, schema_editor):
        results = apps.get_model("django_tasks_database", "DBTaskResult").objects
        for old, new in paths.items():
            results.filter(task_path=old).update(task_path=new)

    return run


class Migration(migrations.Migration):
    """The functions of queued tasks have moved."""

    dependencies = [("mentorships", "0010_attachments"), ("django_tasks_database", "__first__")]

    operations = [
        migrations.RunPython(rename(MOVED), rename({new: old for old, new in MOVED.items()}), elidable=True),
    ]
