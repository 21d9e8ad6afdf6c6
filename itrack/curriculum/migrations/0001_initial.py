import django.db.models.deletion
import itrack.foundation.tenancy.fields
from django.db import migrations, models

from itrack.foundation.tenancy.keys import SchoolKeys



class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('schools', '0002_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='MarkScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
            options={
                'verbose_name': 'mark scheme',
            },
        ),
        migrations.CreateModel(
            name='MarkOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=4)),
                ('name', models.CharField(max_length=40)),
                ('band', models.CharField(blank=True, choices=[('below', 'Below'), ('towards', 'Working towards'), ('expected', 'Expected'), ('greater', 'Greater depth')], max_length=10)),
                ('position', models.PositiveSmallIntegerField()),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
                ('scheme', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='options', to='curriculum.markscheme')),
            ],
            options={
                'verbose_name': 'mark option',
            },
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
        ),
        migrations.AddConstraint(
            model_name='markscheme',
            constraint=models.UniqueConstraint(fields=('school', 'name'), name='one_scheme_a_name'),
        ),
        migrations.AddConstraint(
            model_name='markoption',
            constraint=models.UniqueConstraint(fields=('school', 'scheme', 'code'), name='one_option_a_code'),
        ),
        migrations.AddConstraint(
            model_name='markoption',
            constraint=models.CheckConstraint(condition=models.Q(('band__in', ['', 'below', 'towards', 'expected', 'greater'])), name='band_is_one_of_four'),
        ),
        migrations.AddConstraint(
            model_name='subject',
            constraint=models.UniqueConstraint(fields=('school', 'name'), name='one_subject_a_name'),
        ),
        SchoolKeys("Subject", "MarkScheme", "MarkOption"),
    ]
