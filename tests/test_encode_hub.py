"""A model of the user's serves as encoder."""

# ruff: noqa: S106 - signs of a vocabulary, no passwords

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from paraalign.encode import load_encoder
from paraalign.encode.hub import HubEncoder
from paraalign.errors import MissingExtraError, OptionError

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "les", "cité", "##s", "unies", "."]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny BERT with random weights and its tokenizer."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")
    tokenizer = tokenizers.Tokenizer(
        tokenizers.models.WordPiece(
            vocab={piece: number for number, piece in enumerate(VOCABULARY)}, unk_token="[UNK]"
        )
    )
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=16,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=8,
        num_hidden_layers=4,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=16,
    )
    folder = tmp_path_factory.mktemp("model")
    fast.save_pretrained(folder)
    transformers.BertModel(config).save_pretrained(folder)
    return folder


def test_tokens_stand_where_they_say(model: Path) -> None:
    encoder = load_encoder(str(model))
    assert encoder is not None
    text = " Les cités\u00a0unies."
    (tokens,) = encoder.encode([text])
    spans = zip(tokens.starts, tokens.ends, strict=True)
    assert [text[start:end] for start, end in spans] == ["Les", "cité", "s", "unies", "."]
    assert tokens.words.shape == tokens.sentences.shape == (5, 8)
    assert np.isfinite(tokens.words).all()
    assert not np.array_equal(tokens.words, tokens.sentences)
    assert (tokens.weights > 0).all()


def test_a_text_gives_the_same_vectors_in_any_company(model: Path) -> None:
    encoder = load_encoder(str(model))
    assert encoder is not None
    (alone,) = encoder.encode(["les cités"])
    _, again, _ = encoder.encode(["unies.", "les cités", ""])
    assert np.array_equal(alone.words, again.words)


@pytest.mark.parametrize("text", ["", " \n", "\ud800"])
def test_odd_texts_are_safe(model: Path, text: str) -> None:
    encoder = load_encoder(str(model))
    assert encoder is not None
    (tokens,) = encoder.encode([text])
    assert len(tokens.starts) == len(tokens.words) <= 1


def test_a_long_text_keeps_every_token_once(model: Path) -> None:
    encoder = load_encoder(str(model))
    assert encoder is not None
    (tokens,) = encoder.encode(["les unies " * 40])
    assert len(tokens.starts) == 80
    assert (np.diff(tokens.starts) > 0).all()


@pytest.mark.usefixtures("model")
def test_a_model_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="can't be loaded"):
        load_encoder(str(tmp_path / "nothing"))


def test_what_is_not_installed_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'paraalign\[hub\]'"):
        load_encoder("some/model")


def test_a_slow_tokenizer_is_refused() -> None:
    with pytest.raises(OptionError, match="fast tokenizer"):
        HubEncoder("slow", SimpleNamespace(is_fast=False), None)
