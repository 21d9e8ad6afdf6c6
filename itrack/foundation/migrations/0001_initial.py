import django.db.models.deletion
import itrack.foundation.tenancy.fields
from django.db import migrations, models

from itrack.foundation.tenancy.keys import SchoolKeys



class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('schools', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('import', 'Import of a transfer file'), ('marks', 'Marks entered'), ('classes', 'Classes changed')], max_length=20)),
                ('at', models.DateTimeField()),
                ('counts', models.JSONField(default=dict)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
                ('undone_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
            ],
        ),
        migrations.CreateModel(
            name='Replaced',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=60)),
                ('row_id', models.BigIntegerField()),
                ('pupil_id', models.BigIntegerField(null=True)),
                ('before', models.JSONField()),
                ('change_set', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='foundation.changeset')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('verb', models.CharField(max_length=60)),
                ('subject', models.CharField(blank=True, max_length=60)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('fields', models.JSONField(default=list)),
                ('counts', models.JSONField(default=dict)),
                ('by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'at'], name='audit_by_time'), models.Index(fields=['school', 'subject', 'subject_id'], name='audit_by_subject')],
            },
        ),
        migrations.AddIndex(
            model_name='changeset',
            index=models.Index(fields=['school', 'at'], name='change_set_by_time'),
        ),
        migrations.AddConstraint(
            model_name='changeset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='undone_by_someone_at_some_time'),
        ),
        migrations.AddIndex(
            model_name='replaced',
            index=models.Index(fields=['school', 'change_set'], name='replaced_by_change_set'),
        ),
        migrations.AddIndex(
            model_name='replaced',
            index=models.Index(fields=['school', 'table', 'row_id'], name='replaced_by_row'),
        ),
        migrations.AddIndex(
            model_name='replaced',
            index=models.Index(fields=['school', 'pupil_id'], name='replaced_by_pupil'),
        ),
        SchoolKeys("ChangeSet", "Replaced"),
        SchoolKeys("AuditEntry", append_only=True),
    ]
