import django.db.models.deletion
from django.db import migrations, models

import itrack.foundation.tenancy.fields

TABLE = "assessment_judgement"
# What is known of a mark made before assessments had names: its option says all of it. The owner, too, sees only the
# schools it has named, so it names them all, also for the checks of the new keys.
FILL = """
select set_config('itrack.school', (select '{' || coalesce(string_agg(id::text, ','), '') || '}' from schools_school), true);
update assessment_judgement as j
set code = o.code, band = o.band, scheme_id = o.scheme_id, assessment_id = a.id
from curriculum_markoption as o, curriculum_assessmentname as a
where o.school_id = j.school_id and o.id = j.option_id and a.school_id = j.school_id and a.scheme_id = o.scheme_id;
set constraints all immediate;
set constraints all deferred;
"""


def key(column: str, other: str) -> migrations.RunSQL:
    name = f"{TABLE}_{column}_of_school"
    return migrations.RunSQL(
        sql=f'alter table "{TABLE}" add constraint "{name}" foreign key (school_id, {column}_id) '
        f'references "{other}" (school_id, id) deferrable initially deferred',
        reverse_sql=f'alter table "{TABLE}" drop constraint "{name}"',
    )


def of_school(to: str, *, null: bool = False) -> itrack.foundation.tenancy.fields.OfSchool:
    return itrack.foundation.tenancy.fields.OfSchool(
        db_constraint=False, db_index=False, null=null, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=to
    )


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0002_judgement_confirmed'),
        ('curriculum', '0003_schemes_of_every_kind'),
        ('schools', '0005_town'),
    ]

    operations = [
        migrations.AddField('judgement', 'assessment', of_school('curriculum.assessmentname', null=True)),
        migrations.AddField('judgement', 'scheme', of_school('curriculum.markscheme', null=True)),
        migrations.AddField('judgement', 'score', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
        migrations.AddField('judgement', 'code', models.CharField(max_length=10, default=''), preserve_default=False),
        migrations.AddField('judgement', 'band', models.CharField(blank=True, max_length=10, default=''), preserve_default=False),
        migrations.AddField('judgement', 'of_year', models.CharField(blank=True, max_length=2, default=''), preserve_default=False),
        migrations.AddField('judgement', 'taken_on', models.DateField(null=True)),
        migrations.AlterField('judgement', 'option', of_school('curriculum.markoption', null=True)),
        migrations.RunSQL(sql=FILL, reverse_sql=migrations.RunSQL.noop),
        migrations.AlterField('judgement', 'assessment', of_school('curriculum.assessmentname')),
        migrations.AlterField('judgement', 'scheme', of_school('curriculum.markscheme')),
        key('assessment', 'curriculum_assessmentname'),
        key('scheme', 'curriculum_markscheme'),
        migrations.RemoveConstraint(model_name='judgement', name='one_judgement_stands'),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('school', 'point', 'subject', 'pupil', 'assessment'), name='one_judgement_stands'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('option__isnull', True), ('score__isnull', False)), models.Q(('option__isnull', False), ('score__isnull', True)), _connector='OR'), name='a_mark_is_an_option_or_a_score'),
        ),
    ]
