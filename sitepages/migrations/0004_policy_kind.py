"""One name for the kind that a commune's terms are counted by."""

from django.db import migrations


def rename(apps, schema_editor):
    pages = apps.get_model("sitepages", "DisclosurePage")
    pages.objects.filter(kind="policy_received").update(kind="policy_received_by_commune")


class Migration(migrations.Migration):
    dependencies = [("sitepages", "0003_transparency")]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop, elidable=True)]
