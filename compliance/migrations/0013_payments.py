"""Payments, payees, remuneration, the review of a period, and the guards that keep them as written.

``status`` only learns the word of one more state: # allow: AlterField because choices are not stored.
"""

from typing import Any

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from compliance.migrations._money_guards import install, lift, remove, restore


def royalties_of_closed(apps: Any, schema_editor: Any) -> None:
    """Closed periods held royalties alone."""
    apps.get_model("compliance", "PayPeriod").objects.filter(status__in=("closed", "paid")).update(
        royalties=models.F("total")
    )


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0012_rates_and_budget'),
        ('sitepages', '0005_contributors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lift, restore),
        migrations.AddField(
            model_name='payperiod',
            name='remuneration',
            field=models.BigIntegerField(default=0, editable=False, verbose_name='remuneration (đồng)'),
        ),
        migrations.AddField(
            model_name='payperiod',
            name='royalties',
            field=models.BigIntegerField(default=0, editable=False, verbose_name='royalties (đồng)'),
        ),
        migrations.AddField(
            model_name='payperiod',
            name='sent_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='sent for review at'),
        ),
        migrations.AddField(
            model_name='payperiod',
            name='sent_back',
            field=models.CharField(blank=True, editable=False, max_length=500, verbose_name='why it was sent back'),
        ),
        migrations.AddField(
            model_name='payperiod',
            name='sent_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent for review by'),
        ),
        migrations.AlterField(
            model_name='payperiod',
            name='status',
            field=models.CharField(choices=[('open', 'Open'), ('review', 'Under review'), ('approved', 'Approved'), ('closed', 'Closed'), ('paid', 'Paid')], default='open', max_length=10, verbose_name='status'),
        ),
        migrations.CreateModel(
            name='Payee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.TextField(blank=True, editable=False)),
                ('on_payroll', models.BooleanField(default=False, help_text='Taxed with the wage: nothing is withheld from a payment.', verbose_name="on the agency's payroll")),
                ('asks_withholding', models.BooleanField(default=False, help_text='Counts for payments below the threshold, since decree 253/2026.', verbose_name='asks for tax to be withheld')),
                ('changed_at', models.DateTimeField(editable=False, null=True, verbose_name='changed at')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contributor', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='payee', to='sitepages.contributor', verbose_name='person')),
            ],
            options={
                'verbose_name': 'payee',
                'verbose_name_plural': 'payees',
                'ordering': ['contributor__authority__order', 'contributor__name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PayeeReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occasion', models.CharField(choices=[('shown', 'Shown on the screen'), ('treasury', 'Put in a file for the treasury'), ('tax_list', 'Put in the list of tax certificates')], max_length=10, verbose_name='occasion')),
                ('read_at', models.DateTimeField(db_index=True, verbose_name='read at')),
                ('payee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='compliance.payee', verbose_name='payee')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reader')),
            ],
            options={
                'verbose_name': 'reading of payee data',
                'verbose_name_plural': 'readings of payee data',
                'ordering': ['-read_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('kind', models.CharField(choices=[('settlement', 'Payment'), ('advance', 'Advance')], max_length=12, verbose_name='kind')),
                ('name', models.CharField(max_length=255, verbose_name='paid to')),
                ('unit', models.CharField(blank=True, max_length=255, verbose_name='unit')),
                ('paid_on', models.DateField(verbose_name='paid on')),
                ('gross', models.BigIntegerField(verbose_name='amount (đồng)')),
                ('tax', models.BigIntegerField(verbose_name='tax withheld (đồng)')),
                ('set_off', models.BigIntegerField(verbose_name='advance set off (đồng)')),
                ('net', models.BigIntegerField(verbose_name='paid out (đồng)')),
                ('lines', models.PositiveIntegerField(verbose_name='lines')),
                ('tax_reason', models.CharField(blank=True, max_length=10, verbose_name='why taxed or not')),
                ('rule', models.CharField(blank=True, max_length=255, verbose_name='rule')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('made_at', models.DateTimeField(verbose_name='made at')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='sitepages.authority', verbose_name='portal')),
                ('contributor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='sitepages.contributor', verbose_name='contributor')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='compliance.payment', verbose_name='takes back')),
            ],
            options={
                'verbose_name': 'payment',
                'verbose_name_plural': 'payments',
                'ordering': ['-year', '-number', 'authority__order'],
            },
        ),
        migrations.CreateModel(
            name='PaymentCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_counters', to='sitepages.authority')),
            ],
        ),
        migrations.CreateModel(
            name='RemunerationEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=255, verbose_name='person')),
                ('position', models.CharField(max_length=100, verbose_name='position')),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="percent of the month's royalties")),
                ('base_amount', models.BigIntegerField(null=True, verbose_name='royalties it is a share of (đồng)')),
                ('amount', models.BigIntegerField(verbose_name='amount (đồng)')),
                ('rule', models.CharField(max_length=255, verbose_name='rule')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('contributor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remuneration_entries', to='sitepages.contributor', verbose_name='contributor')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remuneration_entries', to='compliance.payperiod', verbose_name='period')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='compliance.remunerationentry', verbose_name='replaces')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='compliance.remunerationentry', verbose_name='reverses')),
            ],
            options={
                'verbose_name': 'remuneration entry',
                'verbose_name_plural': 'remuneration entries',
                'ordering': ['period', 'person', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaymentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField(verbose_name='amount (đồng)')),
                ('live', models.BooleanField(default=True, null=True)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paid_lines', to='compliance.payment')),
                ('royalty', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payment_lines', to='compliance.royaltyentry')),
                ('remuneration', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payment_lines', to='compliance.remunerationentry')),
            ],
            options={
                'verbose_name': 'line of a payment',
                'verbose_name_plural': 'lines of payments',
                'ordering': ['payment', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RemunerationTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.CharField(max_length=100, verbose_name='position')),
                ('monthly_amount', models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000000)], verbose_name='sum a month (đồng)')),
                ('percent', models.DecimalField(blank=True, decimal_places=2, help_text='Give the sum or the percentage, not both.', max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.01')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name="percent of the month's royalties")),
                ('decision_number', models.CharField(max_length=100, verbose_name='decision number')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, help_text='Each month is paid on whose last day the term is in force.', null=True, verbose_name='valid to')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remuneration_terms', to='sitepages.authority', verbose_name='portal')),
                ('contributor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remuneration_terms', to='sitepages.contributor', verbose_name='person')),
            ],
            options={
                'verbose_name': 'remuneration term',
                'verbose_name_plural': 'remuneration terms',
                'ordering': ['authority__order', 'contributor__name', '-valid_from'],
            },
        ),
        migrations.AddField(
            model_name='remunerationentry',
            name='term',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='compliance.remunerationterm', verbose_name='remuneration term'),
        ),
        migrations.CreateModel(
            name='TaxCommitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2200)], verbose_name='tax year')),
                ('document', models.CharField(max_length=150, verbose_name='form, number and date')),
                ('payee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='compliance.payee', verbose_name='payee')),
            ],
            options={
                'verbose_name': 'commitment form',
                'verbose_name_plural': 'commitment forms',
                'ordering': ['-year'],
            },
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(fields=('authority', 'year', 'number'), name='one_payment_per_number'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('net', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('gross'), '-', models.F('tax')), '-', models.F('set_off')))), name='payment_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='paymentcounter',
            constraint=models.UniqueConstraint(fields=('authority', 'year'), name='one_payment_counter_per_year'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.UniqueConstraint(fields=('royalty', 'live'), name='each_royalty_is_paid_once'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.UniqueConstraint(fields=('remuneration', 'live'), name='each_remuneration_is_paid_once'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.CheckConstraint(condition=models.Q(('royalty__isnull', True), ('remuneration__isnull', True), _connector='XOR'), name='payment_line_pays_one_entry'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.CheckConstraint(condition=models.Q(('live__isnull', True), ('live', True), _connector='OR'), name='payment_line_is_live_or_released'),
        ),
        migrations.AddConstraint(
            model_name='remunerationterm',
            constraint=models.CheckConstraint(condition=models.Q(('monthly_amount__isnull', True), ('percent__isnull', True), _connector='XOR'), name='remuneration_is_a_sum_or_a_share', violation_error_message='Give the sum or the percentage, not both.'),
        ),
        migrations.AddConstraint(
            model_name='remunerationentry',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', True), ('reverses__isnull', True)), fields=('period', 'term'), name='each_term_is_paid_once_a_period'),
        ),
        migrations.AddConstraint(
            model_name='taxcommitment',
            constraint=models.UniqueConstraint(fields=('payee', 'year'), name='one_commitment_per_payee_and_year'),
        ),
        migrations.RunPython(royalties_of_closed, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
