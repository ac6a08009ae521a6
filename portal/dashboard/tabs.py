"""The views of the dashboard, in the order of their tabs."""

from __future__ import annotations

from .alerts import AlertsScreen
from .comparison import ComparisonScreen
from .dynamics import DynamicsScreen
from .groups import GroupsScreen
from .heatmap import HeatMapScreen
from .indicator import IndicatorScreen
from .overview import OverviewScreen
from .schools import SchoolListScreen
from .screen import Screen

TABS: tuple[type[Screen], ...] = (
    OverviewScreen,
    IndicatorScreen,
    HeatMapScreen,
    GroupsScreen,
    DynamicsScreen,
    ComparisonScreen,
    SchoolListScreen,
    AlertsScreen,
)
BY_CODE = {tab.code: tab for tab in TABS}
