from django.utils.translation import gettext_lazy as _

from portal.forms.messages import MessageForm


class ClubMessageForm(MessageForm):
    agreement = _("The officers of the club may see my name and my e-mail address, so that they can answer.")
