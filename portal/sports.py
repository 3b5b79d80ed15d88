"""The sports in which university clubs meet: one table for models, forms, the gateway and the demo.

Which sports: the programmes of the FISU World University Games, summer and winter, and of the FISU World
University Championships and World Cups (https://www.fisu.net/sports), with a few that student leagues play
beside them.

Codes: the discipline codes of the Olympic Data Feed (https://odf.olympictech.org, common codes of Rio 2016,
Tokyo 2020 and Beijing 2022), BK3 and RU7 with their digit. The last group has no code there that we could
confirm; theirs are ours.

docs/reference/sports.md shows the same table; a test keeps the two equal.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.enums import Category

MEN = (Category.MEN,)
WOMEN = (Category.WOMEN,)
MIXED = (Category.MIXED,)
BOTH = MEN + WOMEN
ALL = BOTH + MIXED

#: Letters that Unicode sorts to the end of the Cyrillic alphabet and people do not.
IN_ALPHABET = str.maketrans({"ё": "е\uffff", "і": "и", "ў": "у\uffff"})


@dataclass(frozen=True, slots=True)
class Sport:
    code: str
    name: Promise  # translated when it is shown
    hall: bool  # needs a sports hall; pools, rinks, ranges and courts in the open are not halls
    categories: tuple[Category, ...]


_TABLE = (
    # Summer disciplines with an Olympic code.
    Sport("ARC", _("Archery"), False, ALL),
    Sport("SWA", _("Artistic swimming"), False, ALL),
    Sport("ATH", _("Athletics"), False, ALL),
    Sport("BDM", _("Badminton"), True, ALL),
    Sport("BSB", _("Baseball"), False, MEN),
    Sport("BKB", _("Basketball"), True, BOTH),
    Sport("BK3", _("3x3 basketball"), False, ALL),
    Sport("VBV", _("Beach volleyball"), False, ALL),
    Sport("BOX", pgettext_lazy("sport", "Boxing"), True, BOTH),
    Sport("CSP", _("Canoe sprint"), False, ALL),
    Sport("CRD", _("Road cycling"), False, BOTH),
    Sport("MTB", _("Mountain biking"), False, BOTH),
    Sport("DIV", pgettext_lazy("sport", "Diving"), False, ALL),
    Sport("FEN", _("Fencing"), True, ALL),
    Sport("FBL", _("Football"), False, BOTH),
    Sport("GLF", _("Golf"), False, ALL),
    Sport("GAR", _("Artistic gymnastics"), True, BOTH),
    Sport("GRY", _("Rhythmic gymnastics"), True, WOMEN),
    Sport("HBL", _("Handball"), True, BOTH),
    Sport("HOC", _("Field hockey"), False, BOTH),
    Sport("JUD", _("Judo"), True, ALL),
    Sport("KTE", _("Karate"), True, BOTH),
    Sport("MPN", _("Modern pentathlon"), False, ALL),
    Sport("ROW", _("Rowing"), False, ALL),
    Sport("RU7", _("Rugby sevens"), False, BOTH),
    Sport("SAL", _("Sailing"), False, ALL),
    Sport("SHO", pgettext_lazy("sport", "Shooting"), False, ALL),
    Sport("SBL", _("Softball"), False, WOMEN),
    Sport("CLB", _("Sport climbing"), True, BOTH),
    Sport("SWM", _("Swimming"), False, ALL),
    Sport("TTE", _("Table tennis"), True, ALL),
    Sport("TKW", _("Taekwondo"), True, ALL),
    Sport("TEN", _("Tennis"), False, ALL),
    Sport("TRI", _("Triathlon"), False, ALL),
    Sport("VVO", _("Volleyball"), True, BOTH),
    Sport("WPO", _("Water polo"), False, BOTH),
    Sport("WLF", _("Weightlifting"), True, BOTH),
    Sport("WRE", _("Wrestling"), True, BOTH),
    # Winter disciplines with an Olympic code.
    Sport("ALP", _("Alpine skiing"), False, ALL),
    Sport("BTH", _("Biathlon"), False, ALL),
    Sport("CCS", _("Cross-country skiing"), False, ALL),
    Sport("CUR", _("Curling"), False, ALL),
    Sport("FSK", _("Figure skating"), False, ALL),
    Sport("FRS", _("Freestyle skiing"), False, BOTH),
    Sport("IHO", _("Ice hockey"), False, BOTH),
    Sport("STK", _("Short track speed skating"), False, ALL),
    Sport("SBD", _("Snowboarding"), False, ALL),
    Sport("SSK", _("Speed skating"), False, ALL),
    # Of the university programme or of student leagues; the codes are ours.
    Sport("AFB", _("American football"), False, BOTH),
    Sport("HBB", _("Beach handball"), False, BOTH),
    Sport("CHR", _("Cheerleading"), True, MIXED),
    Sport("CHS", _("Chess"), True, ALL),
    Sport("CRK", pgettext_lazy("sport", "Cricket"), False, BOTH),
    Sport("FSW", _("Finswimming"), False, ALL),
    Sport("FLB", _("Floorball"), True, BOTH),
    Sport("FSL", _("Futsal"), True, BOTH),
    Sport("LAX", _("Lacrosse"), False, BOTH),
    Sport("MTH", _("Muaythai"), True, BOTH),
    Sport("ORI", _("Orienteering"), False, ALL),
    Sport("PLF", _("Powerlifting"), True, BOTH),
    Sport("RUG", _("Rugby union"), False, BOTH),
    Sport("SBO", _("Sambo"), True, BOTH),
    Sport("SKO", _("Ski orienteering"), False, ALL),
    Sport("SQU", pgettext_lazy("sport", "Squash"), True, ALL),
    Sport("WSU", _("Wushu"), True, BOTH),
)

SPORTS: dict[str, Sport] = {row.code: row for row in _TABLE}


def sport(code: str) -> Sport:
    """Raises KeyError for a code that the table does not hold."""
    return SPORTS[code]


def sport_choices() -> list[tuple[str, Promise]]:
    """By name in the reader's language, so pass the function itself to a field: choices=sport_choices."""
    return sorted(((row.code, row.name) for row in SPORTS.values()), key=lambda choice: _sort_key(choice[1]))


def category_choices(code: str | None = None) -> list[tuple[str, Promise]]:
    """Categories of one sport, or all of them, in the order of the table: men, women, mixed."""
    possible = SPORTS[code].categories if code else tuple(Category)
    return [(category.value, category.label) for category in possible]


def _sort_key(name: Promise) -> str:
    return str(name).casefold().translate(IN_ALPHABET)
