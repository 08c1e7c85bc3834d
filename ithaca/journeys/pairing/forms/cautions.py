"""What the boxes for free text warn of."""

from django.utils.translation import gettext_lazy as _

NO_PATIENTS = _("Leave out anything that could identify a patient.")
