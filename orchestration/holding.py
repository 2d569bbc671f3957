"""New documents that stop a refresh are held back, so that one misprint or one new word costs nobody the rest.

A document that no release held yet prints a key that no mapping knows, or a figure of it fails a rule of error
severity: it goes into quarantine with the key or the figure, and the others are built and judged again without it.
Nothing that failed a rule or a mapping is ever published. What fails in a document that was published before, or in
none at all, is a defect of ours and stops the refresh.
"""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import duckdb

from extractors.archive import manifest
from extractors.taking_out import hold_back, let_back
from orchestration import inputs, release, unmapped
from orchestration.outcomes import Gate, Rule, Transformation
from orchestration.paths import Paths

SEED = "known_discrepancies"
_TOLD = 2
"""Figures that a reason names; the file holds all of them."""


def hold_back_new(paths: Paths) -> list[str]:
    """Quarantine the new documents that stopped the refresh; their paths, or none where it stopped for more.

    What is missing waits in files: keys in the form of the mapping's seed, discrepancies in that of the seed that
    records them, with the rest (of these the reason in both languages) left to be completed. The writer lock is the
    caller's to hold.
    """
    gate, built = Gate.load(paths), Transformation.load(paths)
    if gate and gate.failing and gate.transformation_complete and gate.transformation_succeeded:
        failing = _by_document(paths, gate.failing)
        if failing and _can_wait(paths, failing):
            return _hold_back(paths, _broken_rules(paths, gate.failing, failing))
    elif built and {node.name for node in built.failed} == {unmapped.TEST}:
        missing = unmapped.by_document(paths)
        if missing and _can_wait(paths, missing):
            return _hold_back(paths, {sha: unmapped.reason(paths, keys) for sha, keys in missing.items()})
    return []


def holds_any(paths: Paths) -> bool:
    """Whether any document is held back."""
    return any(row.get("held_under") for row in manifest(paths.raw).values())


def let_changed_back(paths: Paths) -> list[str]:
    """Have documents read again that were held back under other rules, mappings or models; their paths."""
    freed = let_back(paths.raw, inputs.code_fingerprint(paths))
    if freed:
        paths.unexplained.unlink(missing_ok=True)
    return freed


def _can_wait(paths: Paths, failing: Collection[str]) -> bool:
    """Whether all of these documents are new, and others are left."""
    served = release.current(paths.published)
    published = {document["document_sha256"] for document in served.manifest["documents"]} if served else set()
    loaded = {sha for sha, row in manifest(paths.raw).items() if row["status"] == "loaded"}
    return {*failing} < loaded and not published & {*failing}


def _hold_back(paths: Paths, reasons: Mapping[str, str]) -> list[str]:
    under = inputs.code_fingerprint(paths)
    for sha, reason in reasons.items():
        hold_back(paths.raw, sha, reason, under)
    return sorted(str(row["file_path"]) for sha, row in manifest(paths.raw).items() if sha in reasons)


Failing = dict[str, list[tuple[Rule, Mapping[str, Any]]]]


def _broken_rules(paths: Paths, rules: Sequence[Rule], failing: Failing) -> dict[str, str]:
    """Why each of these documents is held back; what it prints so is written down to be explained."""
    recorded = _record(paths, list(failing), [rule.rule_id for rule in rules])
    return {sha: _reason(figures, is_recorded=sha in recorded, paths=paths) for sha, figures in failing.items()}


def _by_document(paths: Paths, rules: Iterable[Rule]) -> Failing | None:
    """The failing figures by document; None where a row does not say of which document it is."""
    shas = {row["file_path"]: sha for sha, row in manifest(paths.raw).items() if row["status"] == "loaded"}
    found: Failing = {}
    for rule in rules:
        for row in rule.failing_rows:
            sha = row.get("document_sha256") or shas.get(row.get("file_path"))
            if sha is None:
                return None
            found.setdefault(str(sha), []).append((rule, row))
    return found


def _record(paths: Paths, shas: Sequence[str], rules: Sequence[str]) -> set[str]:
    """Add the discrepancies of documents to the file that waits to be completed; those of which it holds any."""
    with (paths.seeds / f"{SEED}.csv").open(encoding="utf-8", newline="") as seed:
        header = next(csv.reader(seed))
    with duckdb.connect(str(paths.build_database), read_only=True) as connection:
        found = connection.execute(
            "select * from marts.mart_reconciliation "
            "where status = 'discrepant' and list_contains(?, rule_id) and list_contains(?, document_sha256) "
            "order by document_sha256, page_no, table_no, row_no, column_name",
            [list(rules), list(shas)],
        )
        columns = [column[0] for column in found.description or []]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    if not rows:
        return set()
    file, today = paths.unexplained, datetime.now(UTC).date().isoformat()
    is_new = not file.is_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, header, restval="", extrasaction="ignore", lineterminator="\n")
        if is_new:
            writer.writeheader()
        for row in rows:
            difference = _exact(row["difference"])
            # what the mart does not have stays empty: the reasons
            writer.writerow({**row, "difference": difference, "page": _place(row), "recorded_on": today})
    return {row["document_sha256"] for row in rows}


def _reason(figures: Sequence[tuple[Rule, Mapping[str, Any]]], *, is_recorded: bool, paths: Paths) -> str:
    said = "; ".join(f"{rule.sentence_en.removesuffix('.')}, but {_figure(row)}" for rule, row in figures[:_TOLD])
    more = f"; and {len(figures) - _TOLD} more" if len(figures) > _TOLD else ""
    todo = "if it was read wrong, mend its layout; if the document is wrong, take it out with contraste withdraw."
    if is_recorded:
        seed = (paths.seeds / f"{SEED}.csv").relative_to(paths.repository).as_posix()
        todo = (
            f"if the page prints it so, say why in Spanish and English in {paths.unexplained} and append its rows to "
            f"{seed}; if it was read wrong, mend its layout."
        )
    return f"held back by the rule {figures[0][0].rule_id}: {said}{more}. Look at the page: {todo}"


def _figure(row: Mapping[str, Any]) -> str:
    """One failing row in words, as far as its rule shows it."""
    name = row.get("measure") or row.get("column_name") or row.get("scope") or "what is printed there"
    where = f"on {place} " if (place := _place(row)) else ""
    if row.get("printed_raw") is not None and row.get("recomputed_value") is not None:
        return f"{where}{name} prints {row['printed_raw']} and is {_exact(row['recomputed_value'])} recomputed"
    return f"{where}{name} does not hold it"


def _exact(number: Any) -> str:
    """All digits of a number that says something, and at least the cents."""
    exact = Decimal(str(number))
    cents = exact.quantize(Decimal("0.01"))
    return f"{cents if cents == exact else exact.normalize():f}"


def _place(row: Mapping[str, Any]) -> str:
    names = (("page_no", "page"), ("table_no", "table"), ("row_no", "row"))
    return ", ".join(f"{word} {row[name]}" for name, word in names if row.get(name) is not None)
