"""Our home page takes the place of the page that Wagtail puts there at first."""

from typing import Any

from django.db import migrations


def put_home(apps: Any, schema_editor: Any) -> None:
    content_type = apps.get_model("contenttypes", "ContentType")
    page = apps.get_model("wagtailcore", "Page")
    site = apps.get_model("wagtailcore", "Site")
    home_page = apps.get_model("publishing", "HomePage")
    if home_page.objects.exists():
        return
    # Wagtail's own first page, and the site that points at it; the root itself stays
    page.objects.filter(depth=2, path="00010001", slug="home", numchild=0).delete()
    kind, _created = content_type.objects.get_or_create(app_label="publishing", model="homepage")
    last = page.objects.filter(depth=2).order_by("path").values_list("path", flat=True).last()
    home = home_page.objects.create(
        title="Someone to talk to",
        draft_title="Someone to talk to",
        slug="home",
        url_path="/home/",
        path="00010001" if last is None else f"0001{int(last[4:]) + 1:04}",
        depth=2,
        numchild=0,
        content_type=kind,
        locale=apps.get_model("wagtailcore", "Locale").objects.order_by("pk").first(),
    )
    page.objects.filter(depth=1).update(numchild=page.objects.filter(depth=2).count())
    site.objects.filter(is_default_site=True).delete()
    site.objects.create(hostname="localhost", port=80, root_page_id=home.pk, is_default_site=True, site_name="Ithaca")


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(put_home, migrations.RunPython.noop)]
