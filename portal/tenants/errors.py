"""Errors of provisioning, each with a message that an operator can act on."""


class ProvisioningError(Exception):
    """The organisation was not created."""


class HostTaken(ProvisioningError):
    """The host belongs to another organisation."""


class WrongHost(ProvisioningError):
    """The host is not a host name."""


class UnknownGrouping(ProvisioningError):
    """The type or the territory is not in the municipality's lists."""
