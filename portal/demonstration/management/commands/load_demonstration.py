"""`load_demonstration`: an invented municipality with schools at work, for a first look and for load tests."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.demonstration.loading import DEFAULT_HOST, load
from portal.demonstration.marks import AlreadyLoading
from portal.demonstration.plan import DEFAULT_SCHOOLS
from portal.tenants.errors import ProvisioningError


class Command(BaseCommand):
    """Load the demonstration, or what of it is missing."""

    help = "Loads an invented municipality with schools, registers, roadmaps, pages and three rounds of reports."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the size and the host."""
        parser.add_argument("--schools", type=int, default=DEFAULT_SCHOOLS, help="How many schools (12).")
        parser.add_argument("--host", default=DEFAULT_HOST, help=f"Main host name ({DEFAULT_HOST}).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, with a progress bar where somebody is watching."""
        if options["schools"] < 1:
            raise CommandError("Нужна хотя бы одна организация: --schools 12.")
        try:
            load(schools=options["schools"], host=options["host"], progress=self._bar)
        except (AlreadyLoading, ProvisioningError) as error:
            raise CommandError(str(error)) from error

    def _bar(self, tasks: Any) -> Any:
        return tqdm(tasks, desc="Загружаю демонстрацию", unit="шаг", ncols=90, disable=None)
