from django.db import migrations


class Migration(migrations.Migration):
    """Call the model what its pages call it. Nothing changes in the database: the table keeps its name."""

    dependencies = [("schemes", "0006_contact_phone")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("Away", "Absence"),
                migrations.AlterModelTable("Absence", "schemes_away"),
            ]
        )
    ]
