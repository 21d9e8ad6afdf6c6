from itrack.foundation.page import page
from itrack.foundation.viewer import OFFICE
from itrack.imports.views import arriving as views
from itrack.imports.views import merging, sending

urlpatterns = [
    page("import/", views.imports, may=OFFICE),
    page("import/file", views.upload_file, may=OFFICE, writes=True),
    page("import/send", sending.send_file, may=OFFICE, logged=True),
    page("import/send/make", sending.make_file, may=OFFICE, writes=True),
    page("pupils/duplicates", merging.duplicates, may=OFFICE, logged=True),
    page("pupils/duplicates/compare", merging.compare_records, may=OFFICE, logged=True),
    page("pupils/duplicates/merge", merging.merge_records, may=OFFICE, writes=True),
    page("pupils/duplicates/undo/<int:change_set>", merging.undo_merging, may=OFFICE, writes=True),
    page("import/<int:batch>", views.import_preview, may=OFFICE, name="import", logged=True),
    page("import/<int:batch>/pupils/<slug:verdict>", views.import_pupils, may=OFFICE, logged=True),
    page("import/<int:batch>/progress", views.import_progress, may=OFFICE),
    page("import/<int:batch>/choose", views.choose, may=OFFICE, writes=True, name="import-choose"),
    page("import/<int:batch>/apply", views.apply_import, may=OFFICE, writes=True, name="import-apply"),
    page("import/<int:batch>/stop", views.stop_import, may=OFFICE, writes=True, name="import-stop"),
    page("import/<int:batch>/compare", views.compare_again, may=OFFICE, writes=True, name="import-compare"),
    page("import/<int:batch>/discard", views.discard_import, may=OFFICE, writes=True, name="import-discard"),
    page("import/<int:batch>/undo", views.undo_import, may=OFFICE, writes=True, name="import-undo"),
]
