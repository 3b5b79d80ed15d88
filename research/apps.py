from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def page_saved(**signal):
    """Loaded with the first page: it is an action."""
    from research.actions import changes

    changes.page_saved(**signal)


def page_deleted(**signal):
    from research.actions import changes

    changes.page_deleted(**signal)


def addresses_changed(*, email_address, **signal):
    """An address was proven, or removed: it may say where somebody works."""
    from django.utils import timezone

    from research.actions.affiliations import recheck_person

    recheck_person(person=email_address.user, now=timezone.now())


def page_published(**signal):
    from research.actions import published

    published.page_published(**signal)


def workflow_rejected(**signal):
    from research.actions import published

    published.workflow_rejected(**signal)


def workflow_approved(**signal):
    from research.actions import published

    published.workflow_approved(**signal)


def project_deleted(**signal):
    from research.actions import records

    records.forget_project(**signal)


def restriction_changed(**signal):
    from research.actions import restrictions

    restrictions.restriction_changed(**signal)


def page_moved(**signal):
    from research.actions import restrictions

    restrictions.page_moved(**signal)


class ResearchConfig(AppConfig):
    name = "research"
    verbose_name = _("Research")

    def ready(self) -> None:
        # Models must stand before what speaks of them is imported.
        from allauth.account.signals import email_confirmed, email_removed
        from django.db.models.signals import post_delete, post_save, pre_delete
        from wagtail import signals
        from wagtail.models import PageViewRestriction

        from portal.notices import register
        from portal.personal import register_personal
        from portal.search import register as register_findable
        from portal.waiting import register_waiting
        from research import cms_mails
        from research.affiliations_waiting import waiting_affiliations
        from research.notice_kinds import KINDS
        from research.personal import erase, export, hindrances, names
        from research.search_kinds import KINDS as FINDABLE
        from research.waiting import waiting_answers, waiting_projects

        register(*KINDS)
        register_findable(*FINDABLE)
        register_waiting(waiting_projects)
        register_waiting(waiting_affiliations)
        register_personal("research", export, erase, hindrances=hindrances, names=names)
        email_confirmed.connect(addresses_changed, dispatch_uid="research.email_confirmed")
        email_removed.connect(addresses_changed, dispatch_uid="research.email_removed")
        register_waiting(waiting_answers)

        page = self.get_model("ProjectPage")
        post_save.connect(page_saved, sender=page, dispatch_uid="research.page_saved")
        post_delete.connect(page_deleted, sender=page, dispatch_uid="research.page_deleted")
        pre_delete.connect(
            project_deleted, sender=self.get_model("Project"), dispatch_uid="research.project_deleted"
        )
        for changed in (post_save, post_delete):
            changed.connect(
                restriction_changed, sender=PageViewRestriction, dispatch_uid="research.restriction_changed"
            )
        signals.post_page_move.connect(page_moved, dispatch_uid="research.page_moved")
        signals.page_published.connect(page_published, sender=page, dispatch_uid="research.page_published")
        signals.workflow_rejected.connect(workflow_rejected, dispatch_uid="research.workflow_rejected")
        signals.workflow_approved.connect(workflow_approved, dispatch_uid="research.workflow_approved")
        cms_mails.take_over()
