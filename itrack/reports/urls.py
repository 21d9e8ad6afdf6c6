from itrack.foundation.page import page
from itrack.reports import views
from itrack.reports.rules.declared import ATTAINMENT, COMPLETENESS, READS_A_REPORT

urlpatterns = [
    page("reports/", views.reports, may=READS_A_REPORT),
    page("reports/attainment", views.attainment, may=ATTAINMENT.may),
    page("reports/attainment.csv", views.attainment_csv, may=ATTAINMENT.may, logged=True),
    page("reports/attainment.xlsx", views.attainment_xlsx, may=ATTAINMENT.may, logged=True),
    page("reports/attainment/names", views.attainment_names, may=ATTAINMENT.may, logged=True),
    page("reports/attainment/names.csv", views.attainment_names_csv, may=ATTAINMENT.may, logged=True),
    page("reports/attainment/names.xlsx", views.attainment_names_xlsx, may=ATTAINMENT.may, logged=True),
    page("reports/attainment/remember", views.remember_attainment, may=ATTAINMENT.may, writes=True),
    page("reports/attainment/forget", views.forget_attainment, may=ATTAINMENT.may, writes=True),
    page("mark/completeness.csv", views.completeness_csv, may=COMPLETENESS.may, logged=True),
    page("mark/completeness.xlsx", views.completeness_xlsx, may=COMPLETENESS.may, logged=True),
]
