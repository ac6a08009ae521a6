"""How the register's forms are laid out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList

from .forms import MentorshipForm

PERSON = ObjectList(
    [
        FieldRowPanel(
            [FieldPanel("last_name"), FieldPanel("first_name"), FieldPanel("patronymic")], heading=_("Full name")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("post")]),
                FieldRowPanel([FieldPanel("is_teaching"), FieldPanel("teaching_since")]),
                FieldRowPanel([FieldPanel("joined_on"), FieldPanel("left_on")]),
            ],
            heading=_("At the school"),
        ),
        InlinePanel(
            "roles",
            [FieldPanel("kind"), FieldRowPanel([FieldPanel("since"), FieldPanel("until")])],
            heading=_("Bases of mentors and mentees"),
            label=_("role"),
            help_text=_(
                "Whoever is in a pair or group counts as mentor or mentee anyway; "
                "write a role down for those who are ready but have no pair yet."
            ),
        ),
        InlinePanel(
            "consents",
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("given_on"), FieldPanel("revoked_on")]),
                FieldPanel("document"),
            ],
            heading=_("Consents"),
            label=_("consent"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("birth_date"),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldPanel("note"),
            ],
            heading=_("Personal data"),
            help_text=_("Stays inside the school: reports carry numbers only."),
        ),
    ]
)

MENTORSHIP = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("mentor"),
                FieldRowPanel([FieldPanel("form"), FieldPanel("role_model")]),
                FieldRowPanel([FieldPanel("started_on"), FieldPanel("ended_on")]),
                FieldPanel("order_number"),
                FieldPanel("title"),
            ],
            heading=_("Pair or group"),
        ),
        InlinePanel(
            "mentees",
            [FieldPanel("person")],
            heading=_("Mentees"),
            label=_("mentee"),
            min_num=1,
            help_text=_("One mentee makes a pair, several make a group."),
        ),
        FieldPanel("note"),
    ],
    base_form_class=MentorshipForm,
)

PLAN = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("mentee"),
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("approved_on"), FieldPanel("order_number")]),
                FieldRowPanel([FieldPanel("due_on"), FieldPanel("completed_on")]),
            ],
            heading=_("Plan"),
        ),
        InlinePanel(
            "tasks",
            [
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("due_on"), FieldPanel("done_on")]),
                FieldPanel("result"),
            ],
            heading=_("Tasks"),
            label=_("task"),
        ),
    ]
)

MEETING = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("mentorship"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("held_on")]),
                FieldPanel("topic"),
                FieldPanel("note"),
            ],
            heading=_("Meeting"),
        ),
        InlinePanel("attendances", [FieldPanel("person")], heading=_("Attended"), label=_("person")),
    ]
)

TRAINING = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("held_on"),
                FieldRowPanel([FieldPanel("hours"), FieldPanel("experts")]),
                FieldPanel("note"),
            ],
            heading=_("Training"),
        ),
        InlinePanel("attendances", [FieldPanel("person")], heading=_("Attended"), label=_("person")),
    ]
)

CONSENT = ObjectList(
    [
        HelpPanel(_("A minor needs the consent of a parent or another legal representative, too.")),
        FieldPanel("person"),
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("given_on"), FieldPanel("revoked_on")]),
        FieldPanel("document"),
    ]
)

MENTORING_FORM = ObjectList(
    [FieldPanel("name"), FieldPanel("code"), FieldRowPanel([FieldPanel("order"), FieldPanel("is_active")])]
)
