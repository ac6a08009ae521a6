"""The long part of `make demo`, once Django is set up: migrate, load, write the workbook, print the addresses."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django_tenants.utils import get_public_schema_name, tenant_context
from tqdm import tqdm

from mentoring_reports.submissions.models import Round
from portal.tenants.errors import ProvisioningError
from portal.tenants.schema_state import lagging_schemas
from portal.tenants.schema_template import TEMPLATE_SCHEMA, TemplateError

from .loading import Demonstration, Task, adopt_port, load
from .marks import AlreadyLoading
from .obstacles import Obstacle
from .terminal import say, table
from .users import PASSWORD


def load_and_tell(*, schools: int, host: str, port: int, out: Path) -> None:
    """Bring the database up to date, load what is missing, and say where everything is."""
    try:
        _migrate()
        demonstration = load(schools=schools, host=host, progress=_bar)
    except (AlreadyLoading, CommandError, ProvisioningError, TemplateError) as error:
        raise Obstacle(str(error)) from error
    except OperationalError as error:
        raise Obstacle(f"База данных перестала отвечать: {' '.join(str(error).split())}") from error
    adopt_port()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # the server warns where there is none
    say(f"Свод последнего завершённого сбора: {_write_workbook(demonstration, out)}")
    say(table(demonstration, PASSWORD, port))
    _tell_if_old(demonstration)


def _migrate() -> None:
    if lagging_schemas([get_public_schema_name(), TEMPLATE_SCHEMA]):
        say("Создаю таблицы и шаблон школы — один раз, около 20 секунд…")
    call_command("migrate", verbosity=0, interactive=False, stdout=io.StringIO())


def _bar(tasks: Sequence[Task]) -> Iterable[Task]:
    return tqdm(tasks, desc="Загружаю демонстрацию", unit=" шаг", ncols=80)


def _write_workbook(demonstration: Demonstration, out: Path) -> Path:
    with tenant_context(demonstration.municipality):
        latest = Round.objects.finished().first()
    path = out / f"svod-{latest.code if latest else 'latest'}.xlsx"
    call_command("export_workbook", "--round", "latest", "--out", str(path), stdout=io.StringIO())
    return path


def _tell_if_old(demonstration: Demonstration) -> None:
    with tenant_context(demonstration.municipality):
        if Round.objects.open_on().exists():
            return
    say(f"Данные загружены {demonstration.calendar.base:%d.%m.%Y}, открытый сбор уже закончился.")
    say("Чтобы начать заново: make clean demo\n")
