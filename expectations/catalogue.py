"""The catalogue of rules: what each one says, how severe it is, how much it tolerates and where it is implemented."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

CATALOGUE = Path(__file__).parent / "rules.yml"


class Rule(BaseModel):
    """One rule.

    `severity` error stops publishing, warning and info are reported. `tolerance` is in words, in English and in
    Spanish. `subject` is the table the rule speaks of. `home` says which part implements it: the extractors, a dbt
    test, or a suite of this package.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    sentence_es: str
    sentence_en: str
    severity: Literal["error", "warning", "info"]
    tolerance: str = "0"
    tolerance_es: str = "0"
    subject: str
    home: Literal["extractors", "dbt", "expectations"]


def load_rules(file: Path = CATALOGUE) -> list[Rule]:
    """All rules in the order of the catalogue. Raises ValueError when one is malformed or an id stands twice."""
    rules = [Rule(**entry) for entry in yaml.safe_load(file.read_text("utf-8"))["rules"]]
    ids = [rule.id for rule in rules]
    doubled = sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1})
    if doubled:
        raise ValueError(f"{file.name}: the rule {doubled[0]} stands twice.")
    return rules
