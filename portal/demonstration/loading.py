"""Loads the demonstration, or what of it is missing: municipality, schools, rounds, and everybody's history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from django.conf import settings
from django.db import transaction
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context
from wagtail.models import Site

from mentoring_reports.clock import pretend, today
from mentoring_reports.indicators.builtin import install_builtin_form
from mentoring_reports.roadmap_templates.builtin import install_builtin_template
from portal.tenants.models import Organisation, OrganisationType, Territory
from portal.tenants.provisioning import create_municipality, create_school
from schools.provisioning import site_port

from .calendar import Calendar
from .data import read
from .history import History, close_rounds, create_rounds, take_schools_in
from .marks import FILLED, Mark, comment_on, only_one, set_comment
from .plan import SEED, SchoolPlan, school_plans
from .publishing import publish_closed_rounds
from .register import fill_register
from .roadmap import fill_roadmap
from .scripts import all_steps
from .users import MUNICIPAL_ROLES, SCHOOL_ROLES, create_users
from .website import fill_municipal_website, fill_website

DEFAULT_HOST = "portal.localhost"
Task = Callable[[], None]


@dataclass(frozen=True)
class Demonstration:
    """What was loaded, or was there already."""

    municipality: Organisation
    calendar: Calendar
    schools: list[SchoolPlan]
    host: str

    def host_of(self, school: SchoolPlan) -> str:
        """Return a school's host."""
        return f"{school.host_label}.{self.host}"


def load(
    *,
    schools: int,
    host: str = DEFAULT_HOST,
    base: dt.date | None = None,
    progress: Callable[[Sequence[Task]], Iterable[Task]] = iter,
) -> Demonstration:
    """Load what is missing of a demonstration with so many schools, and return all of it.

    The base day of the first load (today, or `base`) stays: a later load of more schools uses the same calendar.
    Raises `AlreadyLoading` and what provisioning raises.
    """
    with only_one(), schema_context(get_public_schema_name()):
        municipality = create_municipality(**_municipality_names(), host=host)
        mark = _begin(municipality, host, base or today())
        calendar = Calendar(mark.base)
        demonstration = Demonstration(municipality, calendar, school_plans(calendar, max(schools, mark.schools)), host)
        if mark.schools < schools:
            with _no_letters():
                for task in progress(_tasks(demonstration, mark)):
                    task()
            replace(mark, schools=schools).write(municipality.schema_name)
    return demonstration


def adopt_port() -> None:
    """Let every tenant's Site say the port that the portal is served on now."""
    for organisation in Organisation.objects.active():
        with tenant_context(organisation):
            if Site.objects.exclude(port=site_port()).update(port=site_port()):
                Site.clear_site_root_paths_cache()


def _municipality_names() -> dict[str, str]:
    names = read("schools")["municipality"]
    return {"name": names["name"], "short_name": names["short_name"]}


@transaction.atomic
def _begin(municipality: Organisation, host: str, base: dt.date) -> Mark:
    """Return the mark of an earlier load; without one, lay the ground: lists, users, pages of the municipality."""
    mark = Mark.read(municipality.schema_name)
    if mark:
        return mark
    world = read("schools")
    for order, row in enumerate(world["types"]):
        OrganisationType.objects.get_or_create(code=row["code"], defaults={"name": row["name"], "order": order})
    for order, name in enumerate(world["municipality"]["territories"]):
        Territory.objects.get_or_create(municipality=municipality, name=name, defaults={"order": order})
    with tenant_context(municipality):
        create_users(MUNICIPAL_ROLES, host=host, random=Random(SEED))  # noqa: S311
        fill_municipal_website(base)
    mark = Mark(base)
    mark.write(municipality.schema_name)
    return mark


def _tasks(demonstration: Demonstration, mark: Mark) -> list[Task]:
    """Return what is to be done, in order: every school that is not filled, then the steps of those without history."""
    municipality, calendar = demonstration.municipality, demonstration.calendar
    with tenant_context(municipality):
        install_builtin_template(municipality)
        rounds = create_rounds(municipality, install_builtin_form(municipality), calendar)
        take_schools_in(rounds.values())
    history = History(municipality, rounds)
    new = demonstration.schools[mark.schools :]
    fill: list[Task] = [partial(_fill_school, plan, demonstration, history) for plan in new]
    steps: list[Task] = [partial(history.take, step) for step in all_steps(calendar, new)]
    publish = partial(publish_closed_rounds, municipality, rounds.values(), base=calendar.base)
    return [*fill, *steps, partial(close_rounds, municipality, calendar), publish]


def _fill_school(plan: SchoolPlan, demonstration: Demonstration, history: History) -> None:
    """Create a school, unless it is there, and fill it, unless it is filled: in one transaction."""
    municipality = demonstration.municipality
    with pretend(demonstration.calendar.programme_start):  # it was there before any of the rounds
        school = create_school(
            name=plan.name,
            short_name=plan.short_name,
            host=demonstration.host_of(plan),
            organisation_type=OrganisationType.objects.get(code=plan.type_code),
            territory=Territory.objects.get(municipality=municipality, name=plan.territory),
            opened_on=plan.opened_on,
            closed_on=plan.closed_on,
        )
    history.schools[plan.host_label] = school
    if comment_on(school.schema_name) == FILLED:
        return
    with transaction.atomic(), tenant_context(school):
        create_users(SCHOOL_ROLES, host=demonstration.host_of(plan), random=plan.random("users"))
        fill_register(plan, demonstration.calendar)
        fill_roadmap(plan, demonstration.calendar)
        fill_website(plan, demonstration.calendar)
        set_comment(school.schema_name, FILLED)


@contextmanager
def _no_letters() -> Iterator[None]:
    """Send no letters about decisions of the past."""
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = backend
