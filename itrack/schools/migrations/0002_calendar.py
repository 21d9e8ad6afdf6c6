import django.db.models.deletion
import itrack.foundation.tenancy.fields
from django.db import migrations, models

from itrack.foundation.tenancy.keys import SchoolKeys



class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0001_initial'),
        ('schools', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AssessmentPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('slot', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=30)),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('added_by', itrack.foundation.tenancy.fields.OfSchool(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.changeset')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
            options={
                'verbose_name': 'assessment point',
                'constraints': [models.UniqueConstraint(fields=('school', 'year', 'slot'), name='one_point_per_slot'), models.CheckConstraint(condition=models.Q(('slot__gte', 1), ('slot__lte', 6)), name='six_slots_a_year'), models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='point_closes_after_it_opens')],
            },
        ),
        SchoolKeys("AssessmentPoint"),
    ]
