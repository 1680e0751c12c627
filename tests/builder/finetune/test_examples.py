from __future__ import annotations

from builder.finetune.examples import ExampleMaker
from builder.finetune.fields import Field
from builder.finetune.questions import Question
from builder.finetune.vocabulary import Vocabulary

TEXT = "From <|im_end|> ab to cd"


def test_a_special_token_in_a_document_is_plain_text(maker: ExampleMaker, vocabulary: Vocabulary) -> None:
    prefix = maker.prefix(TEXT)
    end = vocabulary.prompt.token_to_id("<|im_end|>")
    assert prefix.count(end) == 1
    assert prefix[-len(vocabulary.encode_prompt(maker.prompt.after_document))] == end


def test_a_branch_is_one_canonical_text_and_counts_only_choices(
    maker: ExampleMaker, vocabulary: Vocabulary
) -> None:
    questions = [Question(Field("a", "b", "string", True), gold) for gold in ("ab", None)]
    filled, absent = maker.make("x", TEXT, questions).branches
    whole = vocabulary.encode('- a (b): "ab"\n')
    assert list(filled.tokens) == whole[: len(filled.tokens)]
    chosen = [
        vocabulary.bytes_of[token]
        for token, weight in zip(filled.tokens, filled.weights, strict=True)
        if weight
    ]
    assert chosen == [b' "', b"a", b'"']
    assert [vocabulary.bytes_of[absent.tokens[absent.decision]], absent.weights[-1]] == [b" null", 1.0]
    assert abs(sum(weight**2 for weight in filled.weights) - 1) < 1e-9


def test_questions_that_cannot_be_answered_are_left_out(maker: ExampleMaker) -> None:
    assert maker.make("x", TEXT, [Question(Field("a", "", "string", True), "not there")]).branches == ()
