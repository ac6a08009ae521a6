"""Who may go where: every URL that a tenant serves has its line here, and so has every command.

A line is a name, or the part of names before the first colon (a namespace) where all of it is for the same people.
Another school's session is nobody's session: the role FOREIGN may do what VISITOR may, everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.factories import CURATOR, DEPARTMENT, EDITOR, METHODIST, SUPERUSER

VISITOR, FOREIGN, NOBODY = "visitor", "foreign", "nobody"
ROLES = {
    "school": (VISITOR, FOREIGN, NOBODY, EDITOR, CURATOR, SUPERUSER),
    "municipality": (VISITOR, FOREIGN, NOBODY, METHODIST, DEPARTMENT, SUPERUSER),
}

# Open to everybody: the public pages, files and what belongs to logging in.
EVERYBODY = {
    "wagtail_serve",
    "wagtailcore_login",
    "wagtailcore_authenticate_with_password",
    "wagtaildocs_serve",
    "wagtaildocs_authenticate_with_password",
    "wagtailimages_serve",
    "media",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "mentoring_letters",  # the link in a letter: its signed word is the key, and only a POST acts
}

# Wagtail's own screens: for staff of this tenant; what each of them may do there is Wagtail's and its groups' affair.
WAGTAIL_STAFF = {
    "admin/test404/",
    "admin/^.*/$",
    "wagtail_bulk_action",
    "wagtailadmin_account",
    "wagtailadmin_api",
    "wagtailadmin_block_preview",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_collections",
    "wagtailadmin_dismissibles",
    "wagtailadmin_editing_sessions",
    "wagtailadmin_error_test",
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_explore_root",
    "wagtailadmin_home",
    "wagtailadmin_pages",
    "wagtailadmin_reports",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtailadmin_workflows",
    "wagtaildocs",
    "wagtaildocs_chooser",
    "wagtailembeds",
    "wagtailimages",
    "wagtailimages_chooser",
    "wagtailredirects",
    "wagtailsettings",
    "wagtailsnippets",
    "wagtailusers_groups",
    "wagtailusers_users",
}


@dataclass(frozen=True)
class Line:
    """For which kind of tenant a screen is, and which roles may enter it there. A superuser may, in that kind."""

    kind: str
    roles: frozenset[str]

    def lets_in(self, kind: str, role: str) -> bool:
        return kind == self.kind and role in {*self.roles, SUPERUSER}


def for_school(*roles: str) -> Line:
    return Line("school", frozenset(roles))


def for_municipality(*roles: str) -> Line:
    return Line("municipality", frozenset(roles))


REVIEWERS = (METHODIST, DEPARTMENT)

OURS: dict[str, Line] = {
    # The school's own work.
    "mentoring_reports": for_school(CURATOR),
    "register_consents": for_school(CURATOR),
    "register_forms": for_school(CURATOR),
    "register_meetings": for_school(CURATOR),
    "register_mentee_chooser": for_school(CURATOR),
    "register_mentorship_chooser": for_school(CURATOR),
    "register_mentorships": for_school(CURATOR),
    "register_people": for_school(CURATOR),
    "register_person_chooser": for_school(CURATOR),
    "register_plans": for_school(CURATOR),
    "register_trainings": for_school(CURATOR),
    "roadmap_current": for_school(CURATOR),
    "roadmap_imports": for_school(CURATOR),
    "roadmap_items": for_school(CURATOR),
    "roadmaps": for_school(CURATOR),
    # The municipality's.
    "dashboard": for_municipality(*REVIEWERS),
    "dashboard:workbook": for_municipality(DEPARTMENT),
    "mentoring_workbooks": for_municipality(DEPARTMENT),
    "publishing": for_municipality(DEPARTMENT),
    "mentoring_notices": for_municipality(DEPARTMENT),
    "mentoring_notices:index": for_municipality(*REVIEWERS),
    "mentoring_review": for_municipality(*REVIEWERS),
    "mentoring_review:assignments": for_municipality(DEPARTMENT),
    "mentoring_review:plausibility": for_municipality(DEPARTMENT),
    "report_forms": for_municipality(*REVIEWERS),
    "report_forms:add_part": for_municipality(DEPARTMENT),
    "report_forms:discard": for_municipality(DEPARTMENT),
    "report_forms:move_part": for_municipality(DEPARTMENT),
    "report_forms:next": for_municipality(DEPARTMENT),
    "report_forms:part": for_municipality(DEPARTMENT),
    "report_forms:release": for_municipality(DEPARTMENT),
    "report_forms:remove_part": for_municipality(DEPARTMENT),
    "report_forms:title": for_municipality(DEPARTMENT),
    "roadmap_templates": for_municipality(*REVIEWERS),
    "rounds": for_municipality(*REVIEWERS),
    "tenants_territories": for_municipality(DEPARTMENT),
    "tenants_types": for_municipality(DEPARTMENT),
    "tenants_schools": for_municipality(DEPARTMENT),
    "tenants_schools:delete": for_municipality(),
}
# Nobody at all, the superuser included: a school is closed, never deleted.
CLOSED = {"tenants_schools:delete"}

# Commands, and where they work: in `public`, in every tenant one after the other, or in the tenant that is named.
COMMANDS = {
    "create_municipality": "public",
    "create_school": "public",
    "export_workbook": "the municipality that is named",
    "load_demonstration": "public and every tenant of the demonstration",
    "freeze_rounds": "every municipality",
    "in_every_tenant": "every tenant",
    "look_after_workbooks": "every municipality",
    "migrate": "public and every tenant",
    "read_roadmap": "nowhere: it reads a file and touches no database",
    "record_bounce": "the organisation that the bounce names",
    "run_jobs": "public, and each job in the tenant that it names",
    "send_notices": "every tenant",
    "verify_submissions": "every municipality",
    "verify_workbook": "every municipality, or the one that is named",
}
