"""The words for what the importer tells in codes: doubts, reasons for passing rows over, meanings of columns."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# At an activity.
OF_ITEMS = {
    "no_deadline": _("No deadline is written."),
    "deadline_from_section": _("The deadline is taken from the section's title."),
    "joined_rows": _("Several rows of the document were joined into this activity."),
    "shifted_columns": _("The cells did not stand in their columns: they were put in order by their content."),
    "number_gap": _("A number is missing before this one."),
    "number_order": _("The number is smaller than the one before it."),
    "number_repeated": _("The number repeats the one before it."),
    "list_split": _("This is one entry of a list that stood in one cell."),
    "no_activity": _("It is not said what is to be done."),
}
# At a plan.
OF_PLANS = {
    "no_period": _("The document does not say for which period the plan is: set the first and the last day."),
    "period_inferred": _("The period was worked out from the deadlines: check it."),
    "no_header": _("The table has no header: the columns were told by their content. Check what they mean."),
    "no_deadline_column": _("No column with deadlines was found. If there is one, say which it is."),
    "no_responsible_column": _("No column with responsible persons was found. If there is one, say which it is."),
    "number_gap": _("Some numbers are missing in the document: check that no activity is lost."),
    "column_not_used": _("Some columns have no place in a roadmap. Their texts stand below, among the rows left out."),
}
REASONS = {
    "header": _("header of the table"),
    "repeated_header": _("header of the table, repeated"),
    "title": _("title of the plan"),
    "numbering_row": _("numbers of the columns"),
    "separator": _("separating line"),
    "page_number": _("number of a page"),
    "table_continued": _("“table continued”"),
    "signature": _("signature or approval"),
    "contents": _("table of contents"),
    "passport": _("passport of a programme"),
    "appendix": _("mark of an appendix"),
    "order": _("text of an order or letter"),
    "list": _("list of persons"),
    "text_around": _("text around the plan"),
    "other_table": _("another table"),
    "empty_row": _("row without an activity"),
    "empty_section": _("title without activities"),
    "column_not_used": _("cell of a column that is not used"),
    "remark": pgettext_lazy("row of a document", "remark"),
}
ROLES = {
    "number": _("number"),
    "stage": _("section or stage"),
    "activity": _("activity"),
    "deadline": _("deadline"),
    "responsible": _("responsible"),
    "result": _("expected result"),
    "indicator": _("indicator"),
    "participants": _("participants"),
    "documents": _("documents"),
    "other": _("not used"),
}
CELLS = {
    "number": _("No."),
    "activity": _("Activity"),
    "deadline_text": _("Deadline"),
    "responsible": _("Responsible"),
    "expected_result": _("Expected result"),
    "indicator_text": _("Indicator"),
    "participants": _("Participants"),
    "documents": _("Documents"),
}
