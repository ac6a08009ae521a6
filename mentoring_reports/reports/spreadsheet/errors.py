"""Why an uploaded file was refused as a whole; each message says what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext as _


class FileRefused(Exception):
    """Nothing was read from the file. Its text is meant for the curator."""


class TooLarge(FileRefused):
    """The file, or what it unpacks to, is larger than any report."""

    def __init__(self) -> None:
        super().__init__(
            _("The file is too large for a report (2 MB at most). Download the form again and fill in that one.")
        )


class NotAWorkbook(FileRefused):
    """It is no XLSX file, or a broken one."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not an XLSX file that can be read. Open it in a spreadsheet and save it as “Excel (.xlsx)”.")
        )


class Locked(FileRefused):
    """An old or a password-protected file: both are kept in the same kind of container."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The file has a password or is in an old format (.xls). Remove the password and save it as "
                "“Excel (.xlsx)”."
            )
        )


class HasMacros(FileRefused):
    """A file with macros is never taken."""

    def __init__(self) -> None:
        super().__init__(_("The file contains macros. Save it as “Excel (.xlsx)”, without macros, and upload that."))


class NotOurForm(FileRefused):
    """A workbook, but not one that this portal made, or not whole any more."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This is not the form that was downloaded here: its hidden sheet or its hidden first row is gone. "
                "Download the form again and copy your numbers into it."
            )
        )


class DuplicateLine(FileRefused):
    """A data element stands in the file twice, so nobody knows which of the lines is meant."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(
            _("Cells %(first)s and %(second)s hold the same code. Remove one of the two lines and upload again.")
            % {"first": first, "second": second}
        )


class AnotherSchool(FileRefused):
    """The form of another school."""

    def __init__(self, school: str) -> None:
        super().__init__(
            _("This is the form of another organisation: %(school)s. Upload the one that was downloaded here.")
            % {"school": school}
        )


class AnotherRound(FileRefused):
    """The form of another round."""

    def __init__(self, round_: str) -> None:
        super().__init__(
            _("This is the form of another round: “%(round)s”. Open that round, or download the form of this one.")
            % {"round": round_}
        )


class AnotherForm(FileRefused):
    """The round's report form is another one by now."""

    def __init__(self) -> None:
        super().__init__(
            _("The report form of the round has changed since this file was downloaded. Download the form again.")
        )
