"""Small documents and bitexts built by hand, so that a check is tested without the pipeline."""

import json
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import settings

from paraalign.checks import Context
from paraalign.clean import clean
from paraalign.encode.tokens import Tokens
from paraalign.lexicon import Glossary, GlossedLexicon, Lexicon, Term, load_lexicon
from paraalign.model import (
    Bitext,
    Clause,
    Document,
    Link,
    Links,
    Role,
    Sentence,
    Span,
    Word,
    WordLink,
)
from paraalign.views import View

Case: TypeAlias = dict[str, Any]
ContextBuilder: TypeAlias = Callable[[Case], Context]

CASES = Path(__file__).parent / "cases"

# CI must not fail by chance: there, the same examples are drawn every time.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def load_cases(name: str) -> list[Any]:
    """Return the cases of *name* as parameters of a test; known failures are strict xfails."""
    cases: list[Case] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True)] if case.get("known_failure") else [],
        )
        for case in cases
    ]


def tokens_of(document: Document, meanings: list[int]) -> Tokens:
    """Return a token a word; words of one meaning have one vector."""
    vectors = np.eye(24, dtype=np.float16)[meanings]
    return Tokens(
        starts=np.array([word.span.start for word in document.words]),
        ends=np.array([word.span.end for word in document.words]),
        sentences_of=np.array([word.sentence for word in document.words], dtype=np.int32),
        words=vectors,
        sentences=vectors,
        weights=np.ones(len(vectors), dtype=np.float32),
    )


def build_document(blocks: str | Sequence[str], lang: str, *, cleaned: bool = False) -> Document:
    """Return a document of *blocks*; "3.1|text" is a clause with that number."""
    parts = [block.rpartition("|") for block in ([blocks] if isinstance(blocks, str) else blocks)]
    text = ""
    clauses: list[Clause] = []
    for number, _, part in parts:
        start = len(text) + (2 if text else 0)
        text = f"{text}\n\n{part}" if text else part
        role = Role.CLAUSE if number else Role.PARAGRAPH
        label = number or str(len(clauses))
        clauses.append(
            Clause(span=Span(start, len(text)), number=number or None, label=label, role=role)
        )
    sentences = [
        Sentence(index, Span(clause.span.start + m.start(), clause.span.start + m.end()))
        for index, clause in enumerate(clauses)
        for m in re.finditer(r"\S.*?(?:[.!?…]+(?=\s|$)|$)", text[slice(*clause.span)], re.DOTALL)
    ]
    words = [
        Word(index, Span(sentence.span.start + m.start(), sentence.span.start + m.end()), m[0])
        for index, sentence in enumerate(sentences)
        for m in re.finditer(r"\w+['’]?|[^\w\s]", text[slice(*sentence.span)])
    ]
    return Document(
        view=clean(View.of(text), plain=True) if cleaned else View.of(text),
        lang=lang,
        clauses=tuple(clauses),
        sentences=tuple(sentences),
        words=tuple(words),
    )


def _word_links(pairs: Sequence[Sequence[Any]], documents: Sequence[Document]) -> list[WordLink]:
    places: list[tuple[list[int], list[int]]] = []
    for pair in pairs:
        clause, *stretches = pair if len(pair) == 3 else (0, *pair)
        found = []
        for stretch, document in zip(stretches, documents, strict=True):
            start = document.text.index(stretch, document.clauses[clause].span.start)
            end = start + len(stretch)
            words = enumerate(document.words)
            found.append([i for i, w in words if start <= w.span.start and w.span.end <= end])
        places.append((found[0], found[1]))
    return [WordLink(s, t, 1.0) for source, target in places for s in source for t in target]


def _lexicon(case: Case, langs: tuple[str, str]) -> Lexicon | None:
    lexicon = load_lexicon(*langs) if case.get("lexicon") else None
    terms = tuple(Term(*row) for row in case.get("glossary", []))
    return GlossedLexicon(Glossary("cases", langs, terms), lexicon) if terms else lexicon


def build_context(case: Case, *, message_lang: str = "en") -> Context:
    """Return the context of a *case*: texts, languages, clause links and word links.

    Without "links", clause i faces clause i. "words" pairs stretches whose words are linked: the
    first of the text, or, with a number before them, the first from that clause on. "glossary"
    holds rows of source term, target term and status. *message_lang* is that of the messages.
    """
    langs = (case.get("source_lang", "fr"), case.get("target_lang", "vi"))
    sides = [
        build_document(case[side], lang, cleaned=case.get("clean", False))
        for side, lang in zip(("source", "target"), langs, strict=True)
    ]
    count = range(min(len(side.clauses) for side in sides))
    given = case.get("links", [[[i], [i]] for i in count])
    clauses = tuple(Link(tuple(source), tuple(target)) for source, target in given)
    links = Links(clauses, (), tuple(_word_links(case.get("words", []), sides)))
    bitext = Bitext(sides[0], sides[1], links)
    return Context(bitext=bitext, lexicon=_lexicon(case, langs), message_lang=message_lang)


@pytest.fixture
def make_context() -> ContextBuilder:
    """Return the builder of contexts."""
    return build_context
