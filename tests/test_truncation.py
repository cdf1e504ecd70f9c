"""Sentences that break off, in texts read and linked as they come."""

import pytest

from paraalign import Options, check
from paraalign.read import read_text

FIRST = "Les villes signent cet accord. {}", "Các thành phố ký thỏa thuận này. {}"
CASES = {
    "the owner is missing": ("Écoutez nos contraintes.", "Hãy lắng nghe khó khăn của.", 1),
    "both lead to what follows": ("Envoyez un message avec", "Hãy gửi thư với", 0),
    "a compound ends in an open word": ("Ce nom existe déjà.", "Tên này đã tồn tại.", 0),
    "a link follows": ("Tout est là.", 'Xem quy tắc tại <url "https://example.org/">.', 0),
}


@pytest.mark.parametrize("case", CASES)
def test_only_what_lacks_its_complement_breaks_off(case: str) -> None:
    *ends, count = CASES[case]
    texts = (first.format(end) for first, end in zip(FIRST, ends, strict=True))
    source, target = (read_text(text, format="md") for text in texts)
    report = check(source, target, options=Options(encoder="none"))
    assert sum(each.check == "truncation-word" for each in report.findings) == count
