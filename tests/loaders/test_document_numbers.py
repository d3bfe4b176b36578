from pathlib import Path

import pytest
import yaml

from tests.support.facts_folder import ARTICLE, facts_folder
from vnkg.graph.errors import FactsError
from vnkg.loaders import built_in_folder, read_facts
from vnkg.loaders.document_numbers import DocumentNumber, DocumentNumberRules

TABLE = built_in_folder() / "reference" / "documents.yaml"
RULES = DocumentNumberRules(**yaml.safe_load(TABLE.read_text(encoding="utf-8"))["document_numbers"])


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("57-NQ/TW", DocumentNumber("party", 57, None, "NQ", "TW"), "resolution"),
        ("469-KH/TU", DocumentNumber("party", 469, None, "KH", "TU"), "plan"),
        ("92/KH-UBND", DocumentNumber("single case", 92, None, "KH", "UBND"), "plan"),
        ("1919/QD-UBND", DocumentNumber("single case", 1919, None, "QĐ", "UBND"), "decision"),
        ("264/2025/NĐ-CP", DocumentNumber("normative", 264, 2025, "NĐ", "CP"), "decree"),
        ("226/2025/QH15", DocumentNumber("assembly", 226, 2025, None, "QH15"), None),
        ("1365/2025/NQ-UBTVQH15", DocumentNumber("assembly", 1365, 2025, "NQ", "UBTVQH15"), "resolution"),
        ("148/2018", DocumentNumber("incomplete", 148, 2018), None),
    ],
)
def test_a_document_number_has_family_type_and_issuer(text: str, number: DocumentNumber, kind: str | None) -> None:
    assert RULES.parse(text) == number
    assert RULES.policy_kind(number) == kind


@pytest.mark.parametrize(
    "text", ["57", "Resolution 57", "57-XX/TW", "57-NQ/XX", "57/NQ-XX", "57/2025/XX-CP", "57/NQ-TW/2024", "9.9.2025"]
)
def test_text_that_follows_no_rule_is_not_a_document_number(text: str) -> None:
    assert RULES.parse(text) is None


@pytest.mark.parametrize(
    ("number", "kind", "message"),
    [("57-NQ/TW", "plan", "expected kind: resolution"), ("57-XX/TW", "plan", "found number '57-XX/TW'")],
)
def test_a_policy_with_a_mismatched_number_is_refused(tmp_path: Path, number: str, kind: str, message: str) -> None:
    policy = f"  - {{id: policy:x, name: X, kind: {kind}, number: {number}}}\nforms:"
    base = facts_folder(tmp_path, ARTICLE.replace("forms:", policy, 1))
    (base / "documents.yaml").write_text(TABLE.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(FactsError, match=message):
        read_facts(base=base)
