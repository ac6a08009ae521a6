"""What is cached about an organisation is forgotten when its row or its hosts change.

Before a territory or a type gets another name, the closed rounds keep the old one.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from .closed_rounds import freeze_closed_rounds_of
from .hosts import forget_hosts
from .models import Domain, Organisation, OrganisationType, Territory
from .page_cache import forget_pages


def _forget_site(organisation: Organisation) -> None:
    forget_hosts(*organisation.domains.values_list("domain", flat=True))
    forget_pages(organisation.schema_name)
    if organisation.municipality:
        forget_pages(organisation.municipality.schema_name)  # its directory lists the school


@receiver([post_save, post_delete], sender=Organisation)
def organisation_changed(instance: Organisation, **kwargs: Any) -> None:
    """Forget the organisation's hosts and pages, and its municipality's pages."""
    _forget_site(instance)


@receiver([post_save, post_delete], sender=Domain)
def domain_changed(instance: Domain, **kwargs: Any) -> None:
    """Forget the host and all pages of its organisation."""
    forget_hosts(instance.domain)
    _forget_site(instance.tenant)


@receiver([post_save, post_delete], sender=Territory)
def territory_changed(instance: Territory, **kwargs: Any) -> None:
    """Forget the municipality's pages and the hosts whose cached rows name the territory."""
    _forget_site(instance.municipality)
    forget_hosts(*Domain.objects.filter(tenant__territory=instance).values_list("domain", flat=True))


@receiver([post_save, post_delete], sender=OrganisationType)
def organisation_type_changed(instance: OrganisationType, **kwargs: Any) -> None:
    """Forget the pages of every municipality: their directories name the type."""
    for municipality in Organisation.objects.municipalities():
        forget_pages(municipality.schema_name)


@receiver(pre_save, sender=Territory)
def territory_changes(instance: Territory, **kwargs: Any) -> None:
    """Freeze the municipality's closed rounds: they name the territory as it was."""
    if instance.pk:
        freeze_closed_rounds_of(instance.municipality)


@receiver(pre_save, sender=OrganisationType)
def organisation_type_changes(instance: OrganisationType, **kwargs: Any) -> None:
    """Freeze the closed rounds of every municipality: they name the type as it was."""
    if instance.pk:
        for municipality in Organisation.objects.municipalities():
            freeze_closed_rounds_of(municipality)
