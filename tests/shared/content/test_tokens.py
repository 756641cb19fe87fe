import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.content.tokens import MAX_TERMS, Term, fts5_match, index_tokens, query_terms, tsquery


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", ""),
        ("Hello, World!", "hello world"),
        ("flask学习笔记", "flask 学习 习笔 笔记"),
        ("学", "学"),
        ("url_for() __init__", "url for init"),
        ("Ｆｕｌｌ ﬁ Naïve ÉCOLE", "full fi naive ecole"),
        ("C++, C# and .NET; c", "cplusplus csharp and dotnet c"),
        ("カタカナ한국어", "カタ タカ カナ ナ한 한국 국어"),
        ("x" * 100, "x" * 64),
        ("它，他", "它 他"),
    ],
)
def test_index_tokens(text, tokens):
    assert index_tokens(text) == tokens


def test_index_tokens_of_titles_end_with_single_characters():
    assert index_tokens("学习学", singles=True) == "学习 习学 学 习"


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", []),
        ("flask", [Term("word", ("flask",))]),
        ("学习", [Term("word", ("学习",))]),
        ("学", [Term("single", ("学",))]),
        ("流程图", [Term("phrase", ("流程", "程图"))]),
        ("flask学习", [Term("word", ("flask",)), Term("word", ("学习",))]),
        ('"Hello World" x', [Term("phrase", ("hello", "world")), Term("word", ("x",))]),
        ("“hello world”", [Term("phrase", ("hello", "world"))]),
        ('"flask学习', [Term("phrase", ("flask", "学习"))]),
        ('"" OR * (', [Term("word", ("or",))]),
        ("how to use flask", [Term("word", ("use",)), Term("word", ("flask",))]),
        ("to be", [Term("word", ("to",)), Term("word", ("be",))]),
        ("a b a", [Term("word", ("b",))]),
    ],
)
def test_query_terms(query, terms):
    assert query_terms(query) == terms


def test_query_terms_are_bounded():
    assert len(query_terms(" ".join(f"w{i}" for i in range(40)))) == MAX_TERMS
    assert len(query_terms("学" * 5000)[0].tokens) == 199


def test_fts5_match_quotes_and_ends_openly():
    assert fts5_match(query_terms("流程图 pyth")) == '"流程 程图" AND "pyth"*'
    assert fts5_match(query_terms("pyth 流程图")) == '"pyth" AND "流程 程图"'
    assert fts5_match([]) == ""


def test_tsquery_asks_for_every_token():
    assert tsquery(query_terms("流程图 pyth")) == "'流程' & '程图' & 'pyth':*"
    assert tsquery([]) == ""


def test_like_finds_tokens_in_a_row():
    assert query_terms("流程图")[0].like == "% 流程 程图 %"


@given(st.text(st.characters(exclude_categories=("Cn", "Cs"))))
def test_tokens_are_letters_and_digits_and_stable(text):
    tokens = index_tokens(text).split()
    assert all(token.isalnum() for token in tokens)
    assert all(index_tokens(token) == token for token in tokens)


@given(st.text(st.sampled_from('ab学习 "*()c+#.-，')))
def test_what_was_indexed_is_found_by_itself(text):
    tokens = f" {index_tokens(text)} "
    for term in query_terms(text.replace('"', " ")):
        assert term.like.strip("%") in tokens
