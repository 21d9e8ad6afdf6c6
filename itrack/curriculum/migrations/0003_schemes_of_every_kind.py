import django.db.models.deletion
import itrack.foundation.tenancy.fields
from django.db import migrations, models

from itrack.foundation.tenancy.keys import SchoolKeys

# A school that marks already gets its one assessment by name. The owner, too, sees only the schools it has named.
NAME_IT = """
select set_config('itrack.school', (select '{' || coalesce(string_agg(id::text, ','), '') || '}' from schools_school), true);
insert into curriculum_assessmentname (school_id, added_by_id, name, scheme_id, position, subjects, read_only)
select school_id, added_by_id, name, id, 1, '[]', false from curriculum_markscheme where name = 'Main assessment';
set constraints all immediate;
set constraints all deferred;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('curriculum', '0002_retired_subjects'),
        ('foundation', '0006_kinds_of_assessing'),
        ('schools', '0005_town'),
    ]

    operations = [
        migrations.CreateModel(
            name='AssessmentName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
                ('subjects', models.JSONField(default=list)),
                ('read_only', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'assessment',
            },
        ),
        migrations.RemoveConstraint(
            model_name='markscheme',
            name='one_scheme_a_name',
        ),
        migrations.AddField(
            model_name='markscheme',
            name='bands',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name='markscheme',
            name='highest',
            field=models.DecimalField(decimal_places=2, max_digits=6, null=True),
        ),
        migrations.AddField(
            model_name='markscheme',
            name='kind',
            field=models.CharField(choices=[('relative', 'Against what the year expects (below, towards, expected, greater depth)'), ('ladder', 'Steps of a ladder that goes on from year to year'), ('coded', 'Codes'), ('standardised', 'Standardised score (average 100)'), ('scaled', 'Scaled score'), ('age', 'Age in years and months'), ('percentage', 'Percentage')], db_default='relative', default='relative', max_length=12),
        ),
        migrations.AddField(
            model_name='markscheme',
            name='locked',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='markscheme',
            name='lowest',
            field=models.DecimalField(decimal_places=2, max_digits=6, null=True),
        ),
        migrations.AddField(
            model_name='markscheme',
            name='version',
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AlterField(
            model_name='markoption',
            name='code',
            field=models.CharField(max_length=6),
        ),
        migrations.AddConstraint(
            model_name='markscheme',
            constraint=models.UniqueConstraint(fields=('school', 'name', 'version'), name='one_scheme_a_version'),
        ),
        migrations.AddConstraint(
            model_name='markscheme',
            constraint=models.CheckConstraint(condition=models.Q(('highest__gte', models.F('lowest'))), name='a_range_goes_up'),
        ),
        migrations.AddField(
            model_name='assessmentname',
            name='added_by',
            field=itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset'),
        ),
        migrations.AddField(
            model_name='assessmentname',
            name='scheme',
            field=itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.markscheme'),
        ),
        migrations.AddField(
            model_name='assessmentname',
            name='school',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school'),
        ),
        migrations.AddConstraint(
            model_name='assessmentname',
            constraint=models.UniqueConstraint(fields=('school', 'name'), name='one_assessment_a_name'),
        ),
        SchoolKeys("AssessmentName"),
        migrations.RunSQL(sql=NAME_IT, reverse_sql=migrations.RunSQL.noop),
    ]
