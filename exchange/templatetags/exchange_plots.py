"""The figures of a run as plots: {% include "components/bars.html" with plot=figures|country_plot %}."""

from django import template

from exchange import plots

register = template.Library()

for draw in (
    plots.balance_plot,
    plots.category_plot,
    plots.country_plot,
    plots.given_words,
    plots.served_words,
    plots.sport_plot,
    plots.travel_plot,
    plots.waiting_plot,
):
    register.filter(draw.__name__, draw)
