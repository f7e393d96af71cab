"""Tables by grade, percentages, grades somebody else approves, and a year's money by line."""

import datetime
from decimal import Decimal
from typing import Any

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


# allow: RemoveField because what it held becomes a row of Spending
# allow: AlterField because limits of a table are optional, and amounts are bounded


def carry_over(apps: Any, schema_editor: Any) -> None:
    """Grades given so far count as approved; what was spent on other things becomes a row of its own."""
    apps.get_model("compliance", "ArticleGrade").objects.update(approved_at=models.F("graded_at"))
    spending = apps.get_model("compliance", "Spending")
    now = timezone.now()
    for budget in apps.get_model("compliance", "RoyaltyBudget").objects.filter(other_spending__gt=0):
        spending.objects.create(
            authority_id=budget.authority_id,
            day=min(datetime.date(budget.year, 12, 31), timezone.localdate()),
            kind="other",
            amount=budget.other_spending,
            document_number=budget.decision_number or "–",
            note="other_spending",
            entered_at=now,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0011_quotas'),
        ('sitepages', '0005_contributors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('royalties', 'Royalties and remuneration'), ('stationery', 'Stationery'), ('other', 'Other')], max_length=20, verbose_name='line')),
                ('amount', models.BigIntegerField(validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(9007199254740991)], verbose_name='amount (đồng)')),
            ],
            options={
                'verbose_name': 'budget line',
                'verbose_name_plural': 'budget lines',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RateModifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('decision_number', models.CharField(max_length=100, verbose_name='decision number')),
                ('code', models.CharField(help_text='A code of the national rules (translation, topic …) narrows that rule.', max_length=30, validators=[django.core.validators.RegexValidator('^[a-z_]{1,30}$', 'Write the code with the letters a–z and “_”.')], verbose_name='code')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('effect', models.CharField(choices=[('share', 'the author gets this part of the fee'), ('addition', 'the author gets so much more of the fee')], max_length=10, verbose_name='effect')),
                ('low', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='from (%)')),
                ('high', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='to (%)')),
                ('basis', models.CharField(blank=True, max_length=150, verbose_name='article')),
                ('valid_from', models.DateField(verbose_name='valid from')),
            ],
            options={
                'verbose_name': 'percentage on royalties',
                'verbose_name_plural': 'percentages on royalties',
                'ordering': ['authority__order', 'code', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='Spending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='date')),
                ('kind', models.CharField(choices=[('royalties', 'Royalties and remuneration'), ('stationery', 'Stationery'), ('other', 'Other')], max_length=20, verbose_name='line')),
                ('amount', models.BigIntegerField(verbose_name='amount (đồng)')),
                ('document_number', models.CharField(max_length=100, verbose_name='document number')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
            ],
            options={
                'verbose_name': 'spending',
                'verbose_name_plural': 'spendings',
                'ordering': ['-day', '-pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='articlegrade',
            options={'permissions': [('approve_articlegrade', 'Can approve grade')], 'verbose_name': 'grade', 'verbose_name_plural': 'grades'},
        ),
        migrations.AlterModelOptions(
            name='royaltyrate',
            options={'ordering': ['authority__order', 'genre', '-valid_from', 'grade'], 'verbose_name': 'royalty rate', 'verbose_name_plural': 'royalty rates'},
        ),
        migrations.RemoveConstraint(
            model_name='royaltyrate',
            name='one_rate_per_genre_and_start',
        ),
        migrations.AddField(
            model_name='articlegrade',
            name='approved_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='approved at'),
        ),
        migrations.AddField(
            model_name='articlegrade',
            name='approved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by'),
        ),
        migrations.AddField(
            model_name='articlegrade',
            name='grade',
            field=models.CharField(blank=True, max_length=20, verbose_name='grade'),
        ),
        migrations.AddField(
            model_name='articlegrade',
            name='modifiers',
            field=models.JSONField(blank=True, default=list, verbose_name='percentages'),
        ),
        migrations.AddField(
            model_name='articlegrade',
            name='note',
            field=models.CharField(blank=True, max_length=255, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='royaltyrate',
            name='amount',
            field=models.BigIntegerField(blank=True, help_text='Instead of a coefficient; the base salary does not change it.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9007199254740991)], verbose_name='fixed amount (đồng)'),
        ),
        migrations.AddField(
            model_name='royaltyrate',
            name='coefficient',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.01'))], verbose_name='coefficient of the grade'),
        ),
        migrations.AddField(
            model_name='royaltyrate',
            name='grade',
            field=models.CharField(blank=True, help_text='A, B, C …; empty: the genre as a whole.', max_length=20, verbose_name='grade'),
        ),
        migrations.AddField(
            model_name='royaltyrate',
            name='grade_name',
            field=models.CharField(blank=True, max_length=100, verbose_name='name of the grade'),
        ),
        migrations.AddField(
            model_name='royaltyrate',
            name='max_amount',
            field=models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9007199254740991)], verbose_name='highest amount (đồng)'),
        ),
        migrations.AddField(
            model_name='royaltyrate',
            name='min_amount',
            field=models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9007199254740991)], verbose_name='lowest amount (đồng)'),
        ),
        migrations.AddField(
            model_name='royaltyrate',
            name='minimum',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.01'))], verbose_name='lowest coefficient'),
        ),
        migrations.AlterField(
            model_name='royaltybudget',
            name='amount',
            field=models.BigIntegerField(validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(9007199254740991)], verbose_name='budget (đồng)'),
        ),
        migrations.AlterField(
            model_name='royaltybudget',
            name='year',
            field=models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2200)], verbose_name='year'),
        ),
        migrations.AlterField(
            model_name='royaltyrate',
            name='max_coefficient',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.01'))], verbose_name='highest coefficient'),
        ),
        migrations.AddConstraint(
            model_name='royaltyrate',
            constraint=models.UniqueConstraint(fields=('authority', 'genre', 'grade', 'valid_from'), name='one_rate_per_grade_and_start'),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='budget',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget_lines', to='compliance.royaltybudget', verbose_name='yearly budget'),
        ),
        migrations.AddField(
            model_name='ratemodifier',
            name='authority',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rate_modifiers', to='sitepages.authority', verbose_name='authority'),
        ),
        migrations.AddField(
            model_name='spending',
            name='authority',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spendings', to='sitepages.authority', verbose_name='authority'),
        ),
        migrations.AddField(
            model_name='spending',
            name='entered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AddField(
            model_name='spending',
            name='reverses',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='compliance.spending', verbose_name='reverses'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.UniqueConstraint(fields=('budget', 'kind'), name='one_budget_line_per_kind'),
        ),
        migrations.AddConstraint(
            model_name='ratemodifier',
            constraint=models.UniqueConstraint(fields=('authority', 'code', 'valid_from'), name='one_percentage_per_code_and_start'),
        ),
        migrations.AddIndex(
            model_name='spending',
            index=models.Index(fields=['authority', 'day'], name='spending_by_day'),
        ),
        migrations.AlterField(
            model_name='basesalary',
            name='amount',
            field=models.BigIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9007199254740991)], verbose_name='amount (đồng a month)'),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='royaltybudget',
            name='other_spending',
        ),
    ]
