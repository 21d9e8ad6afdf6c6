import django.db.models.deletion
from django.db import migrations, models

import itrack.foundation.tenancy.fields

KEY = "pupils_pupil_merged_into_of_school"


class Migration(migrations.Migration):

    dependencies = [
        ('pupils', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='pupil',
            name='merged_into',
            field=itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil'),
        ),
        migrations.RunSQL(
            sql=f'alter table "pupils_pupil" add constraint "{KEY}" foreign key (school_id, merged_into_id) references "pupils_pupil" (school_id, id) deferrable initially deferred',
            reverse_sql=f'alter table "pupils_pupil" drop constraint "{KEY}"',
        ),
        migrations.RemoveConstraint(
            model_name='pupil',
            name='one_pupil_a_upn',
        ),
        migrations.AddConstraint(
            model_name='pupil',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('upn', ''), _negated=True), ('merged_into__isnull', True)), fields=('school', 'upn'), name='one_pupil_a_upn'),
        ),
    ]
