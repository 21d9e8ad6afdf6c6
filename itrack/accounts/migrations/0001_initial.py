import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from itrack.foundation.tenancy.keys import AppOnly, OwnRows, SchoolKeys



class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("sessions", "0001_initial"),
        ('schools', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=80, unique=True)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('job_title', models.CharField(max_length=80)),
                ('role', models.CharField(choices=[('administrator', 'administrator'), ('head', 'head'), ('senco', 'senco'), ('teacher', 'teacher'), ('assistant', 'assistant'), ('office', 'office'), ('governor', 'governor')], max_length=20)),
                ('ended_on', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'person'), name='one_membership_a_school'), models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'head', 'senco', 'teacher', 'assistant', 'office', 'governor'])), name='role_is_known')],
            },
        ),
        SchoolKeys("Membership"),
        OwnRows("Membership"),
        AppOnly("accounts_person", "django_session"),
    ]
