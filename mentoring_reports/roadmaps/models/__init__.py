"""What a school plans and does by its roadmaps. Tenant schema."""

from .evidence import Evidence
from .imports import RoadmapImport
from .occurrence import Occurrence
from .roadmap import Roadmap, RoadmapItem, RoadmapSection

__all__ = ["Evidence", "Occurrence", "Roadmap", "RoadmapImport", "RoadmapItem", "RoadmapSection"]
