from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        # Models must stand before allauth's are imported.
        from allauth.account.signals import password_reset

        from portal.newcomers import believe_address
        from portal.notice_kinds import KINDS
        from portal.notices import register
        from portal.personal import own, register_personal
        from portal.waiting import register_waiting
        from portal.waiting_pages import waiting_pages

        register(*KINDS)
        register_waiting(waiting_pages)
        register_personal("portal", own.export, own.erase, hindrances=own.hindrances, names=own.names)
        password_reset.connect(believe_address, dispatch_uid="portal.believe_address")

        from wagtail.models import PageViewRestriction, Site
        from wagtail.signals import page_published, post_page_move

        from portal import page_cache
        from portal.actions import pictures
        from portal.search import full_text, keep
        from portal.search import register as register_findable
        from portal.search_kinds import KINDS as FINDABLE

        register_findable(*FINDABLE)
        post_save.connect(keep.saved, dispatch_uid="portal.search.saved")
        m2m_changed.connect(keep.related, dispatch_uid="portal.search.related")
        post_delete.connect(keep.deleted, dispatch_uid="portal.search.deleted")
        for sender, changed in (
            (None, page_cache.page_changed),
            (PageViewRestriction, page_cache.readers_changed),
            (Site, page_cache.site_changed),
        ):
            post_save.connect(changed, sender, dispatch_uid="portal.page_cache.saved")
            post_delete.connect(changed, sender, dispatch_uid="portal.page_cache.deleted")
        page_published.connect(pictures.page_published, dispatch_uid="portal.pictures.published")
        post_page_move.connect(page_cache.page_changed, dispatch_uid="portal.page_cache.moved")
        post_migrate.connect(full_text.put_back, sender=self, dispatch_uid="portal.search.put_back")
