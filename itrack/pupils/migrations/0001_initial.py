import django.db.models.deletion
import itrack.foundation.tenancy.fields
from django.db import migrations, models

from itrack.foundation.tenancy.keys import SchoolKeys



class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('foundation', '0001_initial'),
        ('schools', '0002_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=40)),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
                ('teacher', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.membership')),
            ],
            options={
                'verbose_name': 'class',
                'verbose_name_plural': 'classes',
            },
        ),
        migrations.CreateModel(
            name='Pupil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('upn', models.CharField(blank=True, max_length=13)),
                ('former_upn', models.CharField(blank=True, max_length=13)),
                ('legal_surname', models.CharField(max_length=100)),
                ('legal_forename', models.CharField(max_length=100)),
                ('middle_names', models.CharField(blank=True, max_length=100)),
                ('preferred_surname', models.CharField(blank=True, max_length=100)),
                ('preferred_forename', models.CharField(blank=True, max_length=100)),
                ('dob', models.DateField()),
                ('sex', models.CharField(blank=True, choices=[('F', 'Female'), ('M', 'Male'), ('', 'Not stated')], max_length=1)),
                ('ethnicity', models.CharField(blank=True, max_length=20)),
                ('first_language', models.CharField(blank=True, max_length=20)),
                ('enrol_status', models.CharField(blank=True, max_length=20)),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
        ),
        migrations.CreateModel(
            name='GroupPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('ended_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('group', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='places', to='pupils.group')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
                ('pupil', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='places', to='pupils.pupil')),
            ],
            options={
                'verbose_name': 'place in a class',
                'verbose_name_plural': 'places in classes',
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('ended_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
                ('pupil', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='pupils.pupil')),
            ],
        ),
        migrations.CreateModel(
            name='Circumstance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('kind', models.CharField(choices=[('fsm', 'Free school meals'), ('sen', 'SEN provision'), ('sen_need', 'SEN need'), ('year', 'Year group'), ('care', 'Looked after'), ('service', 'Service child'), ('aln', 'Additional learning needs'), ('aln_need', 'Additional learning need'), ('eal_stage', 'Stage of English or Welsh')], max_length=10)),
                ('key', models.CharField(blank=True, max_length=40)),
                ('code', models.CharField(blank=True, max_length=20)),
                ('detail', models.CharField(blank=True, max_length=40)),
                ('rank', models.PositiveSmallIntegerField(null=True)),
                ('starts', models.DateField(null=True)),
                ('ends', models.DateField(null=True)),
                ('checked_on', models.DateField(null=True)),
                ('recognised', models.BooleanField(default=True)),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('ended_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
                ('pupil', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='circumstances', to='pupils.pupil')),
            ],
        ),
        migrations.CreateModel(
            name='AttendanceYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('la', models.CharField(blank=True, max_length=20)),
                ('estab', models.CharField(blank=True, max_length=20)),
                ('possible', models.PositiveIntegerField()),
                ('authorised', models.PositiveIntegerField()),
                ('attended', models.PositiveIntegerField()),
                ('unauthorised', models.PositiveIntegerField()),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('ended_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
                ('pupil', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='pupils.pupil')),
            ],
        ),
        migrations.CreateModel(
            name='Roll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
        ),
        migrations.CreateModel(
            name='SchoolSpell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('la', models.CharField(blank=True, max_length=20)),
                ('estab', models.CharField(blank=True, max_length=20)),
                ('urn', models.CharField(blank=True, max_length=20)),
                ('name', models.CharField(blank=True, max_length=100)),
                ('entry', models.DateField(null=True)),
                ('leaving', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, max_length=20)),
                ('last_school', models.BooleanField(null=True)),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('ended_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('pupil', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='schools', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.UniqueConstraint(fields=('school', 'year', 'name'), name='one_class_a_name_a_year'),
        ),
        migrations.AddConstraint(
            model_name='pupil',
            constraint=models.UniqueConstraint(condition=models.Q(('upn', ''), _negated=True), fields=('school', 'upn'), name='one_pupil_a_upn'),
        ),
        migrations.AddIndex(
            model_name='groupplace',
            index=models.Index(fields=['school', 'pupil'], name='place_by_pupil'),
        ),
        migrations.AddConstraint(
            model_name='groupplace',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('school', 'group', 'pupil', 'starts'), name='one_place_a_start'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('school', 'pupil', 'starts'), name='one_spell_a_start'),
        ),
        migrations.AddConstraint(
            model_name='circumstance',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('school', 'pupil', 'kind', 'key'), name='one_fact_a_key'),
        ),
        migrations.AddConstraint(
            model_name='attendanceyear',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('school', 'pupil', 'year', 'la', 'estab'), name='one_attendance_a_year'),
        ),
        migrations.AddConstraint(
            model_name='roll',
            constraint=models.UniqueConstraint(fields=('school',), name='one_roll_a_school'),
        ),
        migrations.AddConstraint(
            model_name='schoolspell',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('school', 'pupil', 'la', 'estab', 'name', 'entry'), name='one_school_spell_an_entry', nulls_distinct=False),
        ),
        SchoolKeys(
            "Roll",
            "Pupil",
            "Enrolment",
            "Circumstance",
            "AttendanceYear",
            "SchoolSpell",
            "Group",
            "GroupPlace",
        ),
    ]
