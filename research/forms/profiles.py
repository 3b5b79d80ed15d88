from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.forms.names import NameField
from portal.identifiers import check_orcid
from portal.models import University
from portal.sports import sport_choices
from portal.validators import no_control_characters
from research.enums import Openness, Visibility
from research.ford import ford_choices
from research.languages import language_choices
from research.models import ResearcherProfile

#: Characters; half a page.
LONGEST_ABOUT = 1500
MOST_METHODS, LONGEST_METHOD = 20, 80
MOST_FIELDS, MOST_LANGUAGES = 8, 12
#: Of the register, shown to who has typed a part of a name.
MOST_GUESSES = 5


class UniversityNameField(forms.CharField):
    """A university by its name or ROR id: the register has too many to choose from a list."""

    def prepare_value(self, value: object) -> object:
        return value.name if isinstance(value, University) else value

    def clean(self, value: Any) -> University | None:
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        named = Q(name__iexact=text) | Q(short_name__iexact=text) | Q(ror=text.lower().rpartition("/")[2])
        found = list(University.objects.filter(named).order_by("pk")[: MOST_GUESSES + 1])
        members = [one for one in found if one.joined_at is not None]
        for certain in (found, members):
            if len(certain) == 1:
                return certain[0]
        raise ValidationError(_several(found) if found else _unknown(text), code="university")


class WordsField(forms.CharField):
    """Words and short phrases, one a line."""

    widget = forms.Textarea({"rows": 4})

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        words = list({line.casefold(): line for line in lines if line}.values())
        if len(words) > MOST_METHODS:
            raise ValidationError(_("Keep to %(most)s lines.") % {"most": MOST_METHODS})
        for word in words:
            no_control_characters(word)
            if len(word) > LONGEST_METHOD:
                raise ValidationError(_("“%(word)s…” is too long; a few words do.") % {"word": word[:40]})
        return words


class ProfileForm(forms.ModelForm):
    name = NameField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=150,
        help_text=_("As it stands on your papers."),
    )
    about = forms.CharField(
        label=_("About you"),
        max_length=LONGEST_ABOUT,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("What you study, in a few sentences."),
    )
    university = UniversityNameField(
        label=_("University"),
        required=False,
        max_length=250,
        widget=forms.TextInput({"list": "universities-known", "autocomplete": "off"}),
        help_text=_(
            "Its name as the register has it, or its ROR id. The coordinators there see your name and"
            " ORCID iD, and say whether it is so, unless an e-mail address of yours proves it."
        ),
    )
    orcid = forms.CharField(
        label=_("ORCID iD"),
        max_length=60,
        required=False,
        help_text=_("For example 0000-0002-1825-0097."),
        widget=forms.TextInput({"inputmode": "text", "autocomplete": "off"}),
    )
    fields_ = forms.MultipleChoiceField(
        label=_("Fields of science"),
        choices=ford_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices-scroll"}),
    )
    methods = WordsField(
        label=_("Methods and facilities"),
        required=False,
        help_text=_("One a line: “motion capture”, “altitude chamber”."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Working languages"),
        choices=language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices-scroll"}),
    )
    sports = forms.MultipleChoiceField(
        label=_("Sports"),
        choices=sport_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices-scroll"}),
    )
    open_to = forms.MultipleChoiceField(
        label=_("Open to"), choices=Openness.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    visibility = forms.ChoiceField(
        label=_("Who sees this profile"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Before more people see it you are shown what they will see. Your e-mail address is never shown."
        ),
    )

    class Meta:
        model = ResearcherProfile
        fields = ("name", "about", "university", "orcid", "methods", "languages", "sports", "open_to")

    field_order = (
        "name", "about", "university", "orcid", "fields_", "methods", "languages", "sports", "open_to",
        "visibility",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.initial["fields_"] = self.instance.fields
        self.initial["university"] = self.instance.university
        self.initial["visibility"] = self.instance.visibility

    @property
    def known_universities(self) -> QuerySet[University]:
        """Offered while somebody types."""
        return University.objects.members().only("name")

    def clean_orcid(self) -> str:
        text = self.cleaned_data["orcid"]
        try:
            return check_orcid(text) if text.strip() else ""
        except ValueError as fault:
            raise ValidationError(str(fault), code="orcid") from fault

    def clean_fields_(self) -> list[str]:
        return _few(self.cleaned_data["fields_"], MOST_FIELDS)

    def clean_languages(self) -> list[str]:
        return _few(self.cleaned_data["languages"], MOST_LANGUAGES)

    def _post_clean(self) -> None:
        """The action writes the row; what was typed must not stand in the instance before."""

    @property
    def facts(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        return facts | {"fields": facts.pop("fields_")}


class ProfileFilter(forms.Form):
    text = forms.CharField(
        label=_("Words"), max_length=200, required=False, widget=forms.TextInput({"type": "search"})
    )
    field = forms.ChoiceField(label=_("Field of science"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    university = forms.ModelChoiceField(
        University.objects.none(),
        label=_("University"),
        to_field_name="slug",
        required=False,
        empty_label=_("Any university"),
    )
    open = forms.ChoiceField(label=_("Open to"), required=False)

    def __init__(self, *args: Any, universities: Iterable[University], **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        universities = sorted(universities, key=str)
        codes = {university.country.code for university in universities}
        named = [(code, countries.name(code)) for code in sorted(codes, key=countries.name)]
        self.fields["field"].choices = [("", _("Any field")), *ford_choices()]
        self.fields["language"].choices = [("", _("Any language")), *language_choices()]
        self.fields["country"].choices = [("", _("Any country")), *named]
        self.fields["open"].choices = [("", _("Anything")), *Openness.choices]
        self.fields["university"].queryset = University.objects.filter(
            pk__in=[one.pk for one in universities]
        )
        self.fields["university"].choices = [
            ("", _("Any university")), *((one.slug, str(one)) for one in universities)
        ]  # fmt: skip

    def wanted(self) -> dict[str, Any]:
        """The usable answers; what is made up is shown as a fault and narrows nothing."""
        self.is_valid()
        return {name: answer for name, answer in self.cleaned_data.items() if answer}


def _few(chosen: list[str], most: int) -> list[str]:
    if len(chosen) > most:
        raise ValidationError(_("Choose at most %(most)s.") % {"most": most})
    return chosen


def _several(found: list[University]) -> str:
    listed = "; ".join(f"{one.name}, {one.city}: {one.ror}" for one in found[:MOST_GUESSES])
    said = gettext("Several universities are called this. Write the ROR id of yours: %(listed)s.")
    return said % {"listed": listed}


def _unknown(text: str) -> str:
    close = University.objects.filter(name__icontains=text).values_list("name", flat=True)[:MOST_GUESSES]
    if close:
        return gettext("Write the whole name. Do you mean: %(listed)s?") % {"listed": "; ".join(close)}
    return gettext("The register does not know this university. Look for its ROR id at ror.org.")
