from django.db import migrations, models

from itrack.foundation.tenancy.keys import SchoolRows



class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urn', models.CharField(max_length=6, unique=True)),
                ('la', models.CharField(max_length=3)),
                ('estab', models.CharField(max_length=4)),
                ('name', models.CharField(max_length=120)),
                ('country', models.CharField(choices=[('ENG', 'England'), ('WLS', 'Wales')], default='ENG', max_length=3)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('la', 'estab'), name='one_school_per_establishment_number')],
            },
        ),
        SchoolRows("School"),
    ]
