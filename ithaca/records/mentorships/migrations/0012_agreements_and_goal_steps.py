import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Call the models what everyone calls them. Nothing changes in the database: tables and columns keep their names."""

    dependencies = [("mentorships", "0011_task_paths")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("Contract", "Agreement"),
                migrations.AlterModelTable("Agreement", "mentorships_contract"),
                migrations.RenameModel("Action", "GoalStep"),
                migrations.AlterModelTable("GoalStep", "mentorships_action"),
                migrations.RemoveConstraint("Commitment", "a_commitment_is_to_one_thing"),
                migrations.RenameField("Commitment", "action", "goal_step"),
                migrations.AlterField(
                    "Agreement",
                    "mentorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="mentorships.mentorship"
                    ),
                ),
                migrations.AlterField(
                    "GoalStep",
                    "mentorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="mentorships.mentorship"
                    ),
                ),
                migrations.AlterField(
                    "GoalStep",
                    "goal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="mentorships.goal"
                    ),
                ),
                migrations.AlterField(
                    "Commitment",
                    "goal_step",
                    models.ForeignKey(
                        null=True, db_column="action_id",
                        on_delete=django.db.models.deletion.CASCADE, related_name="commitments", to="mentorships.goalstep"
                    ),
                ),
                migrations.AddConstraint(
                    "Commitment",
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("goal__isnull", True), ("goal_step__isnull", False)),
                            models.Q(("goal__isnull", False), ("goal_step__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_commitment_is_to_one_thing",
                    ),
                ),
            ]
        )
    ]
