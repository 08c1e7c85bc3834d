from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schemes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="scheme",
            name="beyond_allowance",
            field=models.BooleanField(default=True),
        ),
    ]
