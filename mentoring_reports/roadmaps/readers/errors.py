"""Why a document cannot be read, each with what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "empty": _("The document holds no text: choose another file."),
    "old_word": _("This is a Word document of the old format (.doc): open it in Word and save it as .docx."),
    "old_excel": _("This is an Excel workbook of the old format (.xls): open it in Excel and save it as .xlsx."),
    "protected": _("The document is protected by a password: take the protection off, save it and upload it again."),
    "scan": _("The document is a picture without text: upload the DOCX that was printed, or recognise the text first."),
    "rich_text": _("This type of document is not read: open it in Word and save it as .docx."),
    "unknown": _("This type of file is not read: upload DOCX, XLSX, PDF, CSV or plain text."),
    "damaged": _("The file is damaged: open it in the program that made it, save it anew and upload it again."),
    "too_large": _("The file is too large for a roadmap: leave only the plan in it and upload it again."),
    "suspicious": _("The file is packed in an unsafe way: open it in Word or Excel, save it anew and upload it again."),
    "missing": _("There is no such file, or it may not be read."),
}


class UnreadableDocument(Exception):
    """A document that no reader can read; `code` says why, the message what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        """Return the message in the reader's language."""
        return str(MESSAGES[self.code])
