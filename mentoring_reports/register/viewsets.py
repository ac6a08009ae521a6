"""The register in Wagtail's admin: what each listing shows, filters, searches and exports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from mentoring_reports.clock import today
from mentoring_reports.school_admin.columns import DayColumn, FlagColumn, StateColumn, TextColumn, ValueColumn
from mentoring_reports.school_admin.viewsets import SchoolViewSet

from . import columns, filters, panels, views
from .models import Consent, IndividualPlan, Meeting, MentoringForm, Mentorship, Person, Training


class PersonViewSet(SchoolViewSet):
    """People."""

    model = Person
    name = "register_people"
    url_prefix = "register/people"
    icon = "user"
    ordering = "sort_name"
    edit_handler = panels.PERSON
    index_view_class = views.PersonIndexView
    filterset_class = filters.PersonFilterSet
    search_fields = ("sort_name", "post")
    list_display = (
        "__str__",
        TextColumn("who", columns.kind_and_post, label=_("who it is"), sort_key="kind"),
        TextColumn("service", columns.service, label=_("years of service"), sort_key="teaching_since"),
        TextColumn("presence", columns.presence, label=_("at the school"), sort_key="left_on"),
        TextColumn("roles", columns.roles, label=_("role now")),
        TextColumn("mentorships", columns.active_mentorships, label=_("active mentorships")),
        TextColumn("consents", columns.consent_state, label=_("consents")),
    )
    list_export = (
        "last_name",
        "first_name",
        "patronymic",
        "get_kind_display",
        "post",
        "is_teaching",
        "teaching_since",
        "joined_on",
        "left_on",
        "mentorships_led",
        "mentorships_in",
    )
    export_headings = {  # noqa: RUF012
        "get_kind_display": _("who it is"),
        "mentorships_led": _("leads mentorships now"),
        "mentorships_in": _("is led in mentorships now"),
    }
    export_filename = "people"


class MentorshipViewSet(SchoolViewSet):
    """Pairs and groups."""

    model = Mentorship
    name = "register_mentorships"
    url_prefix = "register/mentorships"
    icon = "group"
    ordering = "-started_on"
    edit_handler = panels.MENTORSHIP
    index_view_class = views.MentorshipIndexView
    edit_view_class = views.MentorshipEditView
    delete_view_class = views.MentorshipDeleteView
    inspect_view_class = views.MentorshipStoryView
    inspect_view_enabled = True
    inspect_view_fields = ("form",)
    inspect_template_name = "mentoring_register/story.html"
    filterset_class = filters.MentorshipFilterSet
    search_fields = ("mentor__sort_name", "mentees__person__sort_name", "title", "order_number")
    list_display = (
        "__str__",
        TextColumn("mentees", columns.mentees, label=_("mentees")),
        DayColumn("started_on", label=_("beginning"), sort_key="started_on"),
        DayColumn("ended_on", label=_("end"), sort_key="ended_on"),
        StateColumn(
            "state", accessor=columns.mentorship_state, label=_("state"), primary=lambda row: row.is_active_on(today())
        ),
        TextColumn("plans", columns.plans, label=_("individual plans")),
        TextColumn("meetings", columns.meetings, label=_("meetings")),
    )
    list_export = (
        "mentor.full_name",
        "mentee_names",
        "form.name",
        "get_role_model_display",
        "title",
        "started_on",
        "ended_on",
        "order_number",
        "plan_number",
        "meeting_number",
    )
    export_headings = {  # noqa: RUF012
        "mentor.full_name": _("mentor"),
        "mentee_names": _("mentees"),
        "form.name": _("form of mentoring"),
        "get_role_model_display": _("role model"),
        "plan_number": _("individual plans"),
        "meeting_number": _("meetings"),
    }
    export_filename = "mentorships"


class PlanViewSet(SchoolViewSet):
    """Individual plans."""

    model = IndividualPlan
    name = "register_plans"
    url_prefix = "register/plans"
    icon = "tasks"
    ordering = "due_on"
    edit_handler = panels.PLAN
    index_view_class = views.PlanIndexView
    add_view_class = views.PlanCreateView
    filterset_class = filters.PlanFilterSet
    search_fields = ("title", "mentee__person__sort_name", "mentee__mentorship__mentor__sort_name", "order_number")
    list_display = (
        "title",
        ValueColumn("mentee.person.short_name", label=_("mentee"), sort_key="mentee__person__sort_name"),
        ValueColumn("mentee.mentorship.mentor.short_name", label=_("mentor")),
        DayColumn("approved_on", label=_("approved on"), sort_key="approved_on"),
        DayColumn("due_on", label=_("to be completed by"), sort_key="due_on"),
        DayColumn("completed_on", label=_("completed on"), sort_key="completed_on"),
        StateColumn(
            "state", accessor=columns.plan_state, label=_("state"), primary=lambda plan: not plan.is_overdue_on(today())
        ),
        TextColumn("tasks", columns.tasks, label=_("tasks done")),
    )
    list_export = (
        "title",
        "mentee.person.full_name",
        "mentee.mentorship.mentor.full_name",
        "mentee.mentorship.form.name",
        "approved_on",
        "order_number",
        "due_on",
        "completed_on",
        "tasks_done",
        "task_number",
    )
    export_headings = {  # noqa: RUF012
        "mentee.person.full_name": _("mentee"),
        "mentee.mentorship.mentor.full_name": _("mentor"),
        "mentee.mentorship.form.name": _("form of mentoring"),
        "tasks_done": _("tasks done"),
        "task_number": _("tasks"),
    }
    export_filename = "plans"


class MeetingViewSet(SchoolViewSet):
    """Meetings."""

    model = Meeting
    name = "register_meetings"
    url_prefix = "register/meetings"
    icon = "calendar-alt"
    ordering = "-held_on"
    edit_handler = panels.MEETING
    index_view_class = views.MeetingIndexView
    add_view_class = views.MeetingCreateView
    filterset_class = filters.MeetingFilterSet
    search_fields = ("topic", "mentorship__mentor__sort_name", "mentorship__title")
    list_display = (
        "topic",
        "kind",
        DayColumn("held_on", label=_("held on"), sort_key="held_on"),
        ValueColumn("mentorship", label=_("mentorship"), sort_key="mentorship__mentor__sort_name"),
        ValueColumn("attendee_number", label=_("attended")),
    )
    list_export = ("held_on", "get_kind_display", "topic", "mentorship", "attendee_number")
    export_headings = {"get_kind_display": _("kind of meeting"), "attendee_number": _("attended")}  # noqa: RUF012
    export_filename = "meetings"


class TrainingViewSet(SchoolViewSet):
    """The school of mentors."""

    model = Training
    name = "register_trainings"
    url_prefix = "register/trainings"
    icon = "openquote"
    ordering = "-held_on"
    edit_handler = panels.TRAINING
    index_view_class = views.TrainingIndexView
    filterset_class = filters.TrainingFilterSet
    search_fields = ("title",)
    list_display = (
        "title",
        DayColumn("held_on", label=_("held on"), sort_key="held_on"),
        "hours",
        "experts",
        ValueColumn("attendee_number", label=_("attended")),
    )
    list_export = ("held_on", "title", "hours", "experts", "attendee_number")
    export_headings = {"attendee_number": _("attended")}  # noqa: RUF012
    export_filename = "trainings"


class ConsentViewSet(SchoolViewSet):
    """Consents."""

    model = Consent
    name = "register_consents"
    url_prefix = "register/consents"
    icon = "doc-full"
    ordering = "-given_on"
    edit_handler = panels.CONSENT
    index_view_class = views.ConsentIndexView
    add_view_class = views.ConsentCreateView
    filterset_class = filters.ConsentFilterSet
    search_fields = ("person__sort_name", "document")
    list_display = (
        "person",
        "kind",
        DayColumn("given_on", label=_("given on"), sort_key="given_on"),
        DayColumn("revoked_on", label=_("revoked on"), sort_key="revoked_on"),
        StateColumn(
            "state",
            accessor=columns.consent_force,
            label=_("state"),
            primary=lambda consent: consent.is_in_force_on(today()),
        ),
    )
    list_export = ("person.full_name", "get_kind_display", "given_on", "revoked_on", "document")
    export_headings = {"person.full_name": _("person"), "get_kind_display": _("consent")}  # noqa: RUF012
    export_filename = "consents"


class MentoringFormViewSet(SchoolViewSet):
    """The list of forms of mentoring."""

    model = MentoringForm
    name = "register_forms"
    url_prefix = "register/forms"
    icon = "list-ul"
    ordering = "order"
    edit_handler = panels.MENTORING_FORM
    index_view_class = views.MentoringFormIndexView
    search_fields = ("name",)
    list_display = (
        "name",
        "code",
        FlagColumn("is_active", label=_("in use")),
        ValueColumn("mentorship_number", label=_("mentorships")),
    )


class RegisterGroup(ViewSetGroup):
    """The register's place in the menu."""

    menu_label = _("Register")
    menu_name = "register"
    menu_icon = "group"
    menu_order = 110
    items = (
        PersonViewSet,
        MentorshipViewSet,
        PlanViewSet,
        MeetingViewSet,
        TrainingViewSet,
        ConsentViewSet,
        MentoringFormViewSet,
    )
