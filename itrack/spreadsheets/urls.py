from itrack.foundation.page import page
from itrack.foundation.viewer import MARKERS
from itrack.spreadsheets.rules.kinds import ANY_KIND
from itrack.spreadsheets.views import arriving, deciding, taking

urlpatterns = [
    page("import/sheets", arriving.sheets, may=ANY_KIND),
    page("import/sheets/file", arriving.upload_sheet, may=ANY_KIND, writes=True),
    page("import/sheets/take", taking.take_out, may=ANY_KIND),
    page("import/sheets/take/pupils.csv", taking.take_pupils_csv, may=ANY_KIND, logged=True),
    page("import/sheets/take/pupils.xlsx", taking.take_pupils_xlsx, may=ANY_KIND, logged=True),
    page("import/sheets/take/marks.csv", taking.take_marks_csv, may=MARKERS, logged=True),
    page("import/sheets/take/marks.xlsx", taking.take_marks_xlsx, may=MARKERS, logged=True),
    page("import/sheets/<int:sheet>", arriving.sheet, may=ANY_KIND, logged=True),
    page("import/sheets/<int:sheet>/refused.csv", deciding.refused_rows, may=ANY_KIND, logged=True),
    page("import/sheets/<int:sheet>/columns", arriving.choose_sheet_columns, may=ANY_KIND, writes=True),
    page("import/sheets/<int:sheet>/apply", deciding.apply_sheet, may=ANY_KIND, writes=True),
    page("import/sheets/<int:sheet>/undo", deciding.undo_sheet, may=ANY_KIND, writes=True),
    page("import/sheets/<int:sheet>/discard", arriving.discard_sheet, may=ANY_KIND, writes=True),
]
