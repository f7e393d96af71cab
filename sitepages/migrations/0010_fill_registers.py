"""Every page that stands in a list gets its line in the register."""

from typing import Any

from django.db import migrations

from sitepages.registers.entries import fill


def write(apps: Any, schema_editor: Any) -> None:
    fill(apps)


class Migration(migrations.Migration):
    dependencies = [("sitepages", "0009_registers")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
