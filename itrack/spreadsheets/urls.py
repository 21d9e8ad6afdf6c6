from itrack.foundation.page import page
from itrack.spreadsheets.rules.kinds import ANY_KIND
from itrack.spreadsheets.views import arriving, deciding

urlpatterns = [
    page("import/sheets", arriving.sheets, may=ANY_KIND),
    page("import/sheets/file", arriving.upload_sheet, may=ANY_KIND, writes=True),
    page("import/sheets/<int:sheet>", arriving.sheet, may=ANY_KIND, logged=True),
    page("import/sheets/<int:sheet>/refused.csv", deciding.refused_rows, may=ANY_KIND, logged=True),
    page("import/sheets/<int:sheet>/columns", arriving.choose_sheet_columns, may=ANY_KIND, writes=True),
    page("import/sheets/<int:sheet>/apply", deciding.apply_sheet, may=ANY_KIND, writes=True),
    page("import/sheets/<int:sheet>/undo", deciding.undo_sheet, may=ANY_KIND, writes=True),
    page("import/sheets/<int:sheet>/discard", arriving.discard_sheet, may=ANY_KIND, writes=True),
]
