"""Report forms as data: a version of a form with its data elements, indicators, targets and checks. Schema `public`."""

from .checks import Check
from .enums import Aggregation, Direction, ElementAggregation, ElementKind, FormState, Severity
from .indicators import Indicator, Target
from .parts import DataElement, ElementGroup, FormPart
from .report_forms import ReportForm

__all__ = (
    "Aggregation",
    "Check",
    "DataElement",
    "Direction",
    "ElementAggregation",
    "ElementGroup",
    "ElementKind",
    "FormPart",
    "FormState",
    "Indicator",
    "ReportForm",
    "Severity",
    "Target",
)
