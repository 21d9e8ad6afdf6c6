import django.db.models.deletion
import itrack.foundation.tenancy.fields
from django.db import migrations, models

from itrack.foundation.tenancy.keys import AppOnly, SchoolKeys



class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("procrastinate", "0041_post_retry_failed_job"),
        ('accounts', '0001_initial'),
        ('foundation', '0001_initial'),
        ('schools', '0002_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('ready', 'Waiting to be applied'), ('queued', 'Being applied'), ('applied', 'Applied'), ('discarded', 'Thrown away')], default='ready', max_length=10)),
                ('at', models.DateTimeField()),
                ('roll_version', models.PositiveIntegerField()),
                ('header', models.JSONField()),
                ('ignored', models.JSONField(default=dict)),
                ('warnings', models.JSONField(default=list)),
                ('counts', models.JSONField(default=dict)),
                ('applied_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('change_set', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
            options={
                'verbose_name': 'import',
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('beat_at', models.DateTimeField()),
                ('stop_asked', models.BooleanField(default=False)),
                ('sentence', models.CharField(blank=True, max_length=300)),
                ('batch', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='imports.batch')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
        ),
        migrations.CreateModel(
            name='StagedPupil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('line', models.PositiveIntegerField()),
                ('verdict', models.CharField(choices=[('new', 'New'), ('changed', 'Changed'), ('unchanged', 'Unchanged'), ('conflict', 'Needs you to choose'), ('rejected', 'Refused')], max_length=10)),
                ('pupil_id', models.BigIntegerField(null=True)),
                ('name', models.CharField(blank=True, max_length=210)),
                ('payload', models.JSONField(default=dict)),
                ('differences', models.JSONField(default=list)),
                ('conflict', models.JSONField(default=dict)),
                ('choice', models.CharField(blank=True, max_length=20)),
                ('batch', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='staged', to='imports.batch')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(fields=['school', 'at'], name='batch_by_time'),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.UniqueConstraint(fields=('school', 'batch'), name='one_progress_a_batch'),
        ),
        migrations.AddConstraint(
            model_name='stagedpupil',
            constraint=models.UniqueConstraint(fields=('school', 'batch', 'position'), name='one_staged_pupil_a_position'),
        ),
        SchoolKeys("Batch", "StagedPupil", "Progress"),
        AppOnly(
            "procrastinate_jobs",
            "procrastinate_events",
            "procrastinate_periodic_defers",
            "procrastinate_workers",
        ),
    ]
