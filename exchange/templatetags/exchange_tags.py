"""Codes and values that the engine left in the database, as sentences in the reader's language."""

from django import template

from exchange import fixture_words, words

register = template.Library()

for say in (
    fixture_words.actor_words,
    fixture_words.lateness_words,
    fixture_words.move_words,
    words.advice_words,
    words.cost_words,
    words.day_words,
    words.decline_words,
    words.failure_words,
    words.gap_words,
    words.moment_words,
    words.number_words,
    words.percent_words,
    words.reason_end,
    words.reason_steps,
    words.result_words,
    words.score_words,
    words.term_words,
):
    register.filter(say.__name__, say)
