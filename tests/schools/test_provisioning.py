"""What a new school has inside its schema."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Page, Site


def test_a_school_is_born_with_the_whole_structure(in_alpha):
    tree = list(Page.objects.filter(depth__gt=1).order_by("path").values_list("depth", "slug", "live"))

    assert tree == [
        (2, "home", True),
        (3, "nastavnichestvo", True),
        (4, "programma", True),
        (4, "dorozhnaya-karta", True),
        (4, "dokumenty", True),
        (4, "praktiki", True),
        (3, "novosti", True),
    ]
