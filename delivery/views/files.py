"""Handing out a stored document: never by its path, always through a page that asked who."""

from django.http import FileResponse, HttpResponse

from delivery.models import Sheet
from delivery.queries.words import sheet_title
from delivery.states import SheetKind

TYPES = {
    "pdf": "application/pdf",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_response(sheet: Sheet) -> HttpResponse:
    """PDFs open in the browser, ready to print; the rest is saved. Kept by no cache."""
    ending = str(sheet.file.name).rpartition(".")[2]
    is_saved = ending != "pdf"
    response = FileResponse(
        sheet.file.open("rb"),
        as_attachment=is_saved,
        filename=f"{sheet_title(sheet, SheetKind(sheet.kind))}.{ending}",
        content_type=TYPES[ending],
    )
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value] # streamed; a view's guards take it as well
