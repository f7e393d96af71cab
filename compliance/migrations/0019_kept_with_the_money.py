"""The genre a grade was approved for, kept with it; what a letter rests on."""

from typing import Any

from django.db import migrations, models


def keep_present_genres(apps: Any, schema_editor: Any) -> None:
    """What stands was proposed, and approved, for the genre its article has now."""
    article = apps.get_model("sitepages", "ArticlePage").objects.filter(pk=models.OuterRef("article_id"))
    present = models.Subquery(article.values("genre")[:1])
    grades = apps.get_model("compliance", "ArticleGrade").objects
    grades.update(graded_genre=present)
    grades.filter(approved_at__isnull=False).update(approved_genre=present)


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0017_pay_by_record'),
        ('sitepages', '0006_visits'),
    ]

    operations = [
        migrations.AddField(
            model_name='articlegrade',
            name='approved_genre',
            field=models.CharField(blank=True, max_length=20, verbose_name='genre when approved'),
        ),
        migrations.AddField(
            model_name='articlegrade',
            name='graded_genre',
            field=models.CharField(blank=True, max_length=20, verbose_name='genre when graded'),
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='rests_on',
            field=models.JSONField(default=list, editable=False),
        ),
        # allow: AlterField because a letter may be withdrawn
        migrations.AlterField(
            model_name='outgoingmail',
            name='status',
            field=models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('cancelled', 'Not sent: the account is no longer active'), ('withdrawn', 'Not sent: the reader no longer has the role it was written for')], default='waiting', editable=False, max_length=10, verbose_name='status'),
        ),
        migrations.RunPython(keep_present_genres, migrations.RunPython.noop),
    ]
