"""Page types and appearance of a school's website. Schema: the tenant's own."""

from .appearance import SchoolAppearance
from .documents import DocumentItem, DocumentsPage
from .home import HomePage
from .mentoring import MentoringPage
from .news import NewsIndexPage, NewsPage
from .practices import PracticePage, PracticesIndexPage
from .roadmap import RoadmapPage
from .standard import StandardPage

__all__ = [
    "DocumentItem",
    "DocumentsPage",
    "HomePage",
    "MentoringPage",
    "NewsIndexPage",
    "NewsPage",
    "PracticePage",
    "PracticesIndexPage",
    "RoadmapPage",
    "SchoolAppearance",
    "StandardPage",
]
