"""Who can write pages."""

from typing import Protocol

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import GroupPagePermission, Page

EDITORS = "Editors"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
SIGNPOST_RIGHTS = ("add_signpost", "change_signpost", "publish_signpost", "delete_signpost")


class Joins(Protocol):
    """Any account that can join a group."""

    @property
    def groups(self) -> "Groups": ...


class Groups(Protocol):
    def add(self, *groups: Group) -> None: ...


def make_editor(user: Joins) -> None:
    """Let this account write and publish pages and signposts, and nothing else. Idempotent."""
    group, _created = Group.objects.get_or_create(name=EDITORS)
    admin = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    signposts = Q(content_type__app_label="schemes", codename__in=SIGNPOST_RIGHTS)
    group.permissions.set(Permission.objects.filter(admin | signposts))
    root = Page.get_first_root_node()
    for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
    user.groups.add(group)
