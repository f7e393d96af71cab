"""A switch for each portal: whether everybody may see how its publication duties stand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sitepages", "0002_disclosures")]

    operations = [
        migrations.AddField(
            model_name="sitesettings",
            name="show_transparency",
            field=models.BooleanField(
                default=False,
                help_text="Everybody may then see how this unit's publication duties stand, on the page “Transparency” and as open data. What is still a draft is never shown.",
                verbose_name="show the transparency page",
            ),
        ),
    ]
