"""The form by which everybody with an account reaches the officers of a club."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchange import access
from exchange.actions.club_messages import UnableToWrite, write_to_club
from exchange.forms.club_messages import ClubMessageForm
from exchange.models import ClubPage
from portal.models.spoken import in_one_language
from portal.newcomers import has_confirmed_address


@login_required
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    club = access.public_club_for(request.user, pk)
    page = in_one_language(ClubPage.objects.live()).filter(club=club).first()
    form = ClubMessageForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        subject, text = form.cleaned_data["subject"], form.cleaned_data["text"]
        try:
            if not form.is_from_a_program:
                write_to_club(club=club, by=request.user, subject=subject, text=text, now=timezone.now())
        except UnableToWrite as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your message is on its way. The club answers by e-mail."))
            return redirect(page.get_url(request) if page else "exchange:desk")
    context = {"club": club, "page_of_club": page, "form": form}
    context["confirmed"] = has_confirmed_address(request.user)
    return render(request, "exchange/club_write.html", context)
