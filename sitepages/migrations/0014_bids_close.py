"""Until when bids are taken."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sitepages", "0013_english_texts")]

    operations = [
        migrations.AddField(
            model_name="procurementpage",
            name="closes_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Until then bids are taken; the calendar of the section tells of it.",
                null=True,
                verbose_name="bids close at",
            ),
        ),
    ]
