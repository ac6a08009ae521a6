"""Groups of a tenant: what a role may do, given as data, written as Wagtail's and Django's permissions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

CURATORS = "Кураторы"
EDITORS = "Редакторы"

WRITING = ("add_page", "change_page")
PUBLISHING = (*WRITING, "publish_page", "lock_page", "unlock_page")
FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
LOOK = "schools.change_schoolappearance"
ADMIN = "wagtailadmin.access_admin"


@dataclass(frozen=True)
class Role:
    """A group by name. `permissions` are `app.codename`; `all_of` are apps whose every model the group manages."""

    name: str
    pages: Sequence[str]
    permissions: Sequence[str] = ()
    all_of: Sequence[str] = ()
    edits_look: bool = False


class UnknownPermission(LookupError):
    """A role names a permission that does not exist: the message names it."""


def find_permissions(names: Sequence[str]) -> list[Permission]:
    """Return permissions by `app.codename`; raise `UnknownPermission` for one that does not exist."""
    wanted = Q(pk__in=[])
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(wanted).select_related("content_type"))
    missing = set(names) - {f"{p.content_type.app_label}.{p.codename}" for p in found}
    if missing:
        raise UnknownPermission(", ".join(sorted(missing)))
    return found


def create_group(role: Role, *, site: Site) -> Group:
    """Create the group of a role with its permissions over the site's pages, files and settings."""
    group = Group.objects.create(name=role.name)
    everything = Permission.objects.filter(content_type__app_label__in=role.all_of)
    group.permissions.set([*find_permissions([ADMIN, *role.permissions]), *everything])
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=site.root_page, permission=permission)
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=role.pages)
    )
    collection = Collection.objects.get(depth=1)
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission=permission)
        for permission in Permission.objects.filter(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=FILES
        )
    )
    if role.edits_look:
        GroupSitePermission.objects.create(group=group, site=site, permission=find_permissions([LOOK])[0])
    return group


def create_moderation(name: str, *, page: Page, moderators: Group) -> Workflow:
    """Create the workflow by which pages of those who may not publish go to the moderators."""
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.set([moderators])
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    return workflow


def remove_site() -> None:
    """Remove pages, site, groups and workflows: what Wagtail brings, or another kind of tenant's structure."""
    for page in Page.objects.filter(depth=2):
        page.delete()
    WorkflowTask.objects.all().delete()
    Workflow.objects.all().delete()
    GroupApprovalTask.objects.all().delete()
    Group.objects.all().delete()
