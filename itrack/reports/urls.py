from itrack.foundation.page import page
from itrack.foundation.viewer import NAMED_PUPILS
from itrack.reports import views
from itrack.reports.rules.declared import ATTAINMENT

urlpatterns = [
    page("reports/", views.reports, may=NAMED_PUPILS),
    page("reports/attainment", views.attainment, may=ATTAINMENT.may),
    page("reports/attainment/names", views.attainment_names, may=ATTAINMENT.may),
]
