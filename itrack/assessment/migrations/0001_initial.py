import django.db.models.deletion
import itrack.foundation.tenancy.fields
from django.db import migrations, models

from itrack.foundation.tenancy.keys import SchoolKeys



class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('curriculum', '0001_initial'),
        ('foundation', '0001_initial'),
        ('pupils', '0001_initial'),
        ('schools', '0002_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('ended_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('option', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.markoption')),
                ('point', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.assessmentpoint')),
                ('pupil', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
                ('subject', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.subject')),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'pupil'], name='judgement_by_pupil')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('school', 'point', 'subject', 'pupil'), name='one_judgement_stands')],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('stage', models.CharField(max_length=20)),
                ('locale', models.CharField(blank=True, max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('subject', models.CharField(blank=True, max_length=20)),
                ('method', models.CharField(blank=True, max_length=20)),
                ('component', models.CharField(blank=True, max_length=20)),
                ('status', models.CharField(blank=True, max_length=20)),
                ('qualifier', models.CharField(blank=True, max_length=20)),
                ('result', models.CharField(blank=True, max_length=20)),
                ('result_date', models.DateField(null=True)),
                ('recognised', models.BooleanField(default=True)),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('ended_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('pupil', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('school', 'pupil', 'stage', 'year', 'subject', 'method', 'component', 'qualifier'), name='one_result_stands')],
            },
        ),
        SchoolKeys("Judgement", "Result"),
    ]
