"""How well a report meets what people found: scores against a gold file, for any text."""

from paraalign.evaluate.evaluation import MEANING, Evaluation, evaluate
from paraalign.evaluate.gold import Gold, read_gold
from paraalign.evaluate.reports import read_report

__all__ = ["MEANING", "Evaluation", "Gold", "evaluate", "read_gold", "read_report"]
