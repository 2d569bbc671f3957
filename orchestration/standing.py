"""Whether the served release is made from what there is now. Cheap: nothing heavy is imported."""

from dataclasses import dataclass

from orchestration import inputs, outcomes, release
from orchestration.paths import Paths


@dataclass(frozen=True)
class Standing:
    """The inputs against the releases. `sentence` says it to a person."""

    inputs: inputs.Inputs
    served: release.Release | None
    is_up_to_date: bool
    sentence: str


def standing(paths: Paths) -> Standing:
    """Compare. A release that was rolled back still counts: going back holds until something new arrives."""
    found = inputs.examine(paths)
    served = release.current(paths.published)
    superseded = release.superseded(paths.published)
    if served is None:
        return Standing(found, None, False, "Nothing is published yet.")
    if found.new:
        return Standing(found, served, False, f"{_documents(len(found.new))} in the inbox not loaded yet.")
    made_from = {each.manifest["input_fingerprint"] for each in (served, superseded) if each}
    if found.fingerprint not in made_from:
        changed = "Code, layouts, mappings or the quarantine changed since the release was made."
        return Standing(found, served, False, _stopped(paths) or changed)
    if served.manifest["input_fingerprint"] != found.fingerprint and superseded:
        return Standing(
            found,
            served,
            True,
            f"Nothing new: release {superseded.version} was made from the same inputs and rolled back; "
            f"{served.version} is served.",
        )
    return Standing(found, served, True, f"Nothing new: {_held(found, served)}")


def _stopped(paths: Paths) -> str | None:
    """Why the last refresh published nothing, when it did not."""
    gate, built = outcomes.Gate.load(paths), outcomes.Transformation.load(paths)
    stopped_by = [rule.rule_id for rule in gate.failing] if gate else []
    stopped_by += [node.name for node in built.failed] if built else []
    if not stopped_by:
        return None
    more = f" and {len(stopped_by) - 3} more" if len(stopped_by) > 3 else ""
    names = ", ".join(stopped_by[:3]) + more
    return f"The last refresh published nothing: {names} failed; contraste refresh says where."


def _held(found: inputs.Inputs, served: release.Release) -> str:
    known, quarantined = len(found.unchanged), len(found.quarantined)
    if not known and not quarantined:
        return f"the inbox is empty; release {served.version} is served."
    if quarantined:
        return (
            f"release {served.version} holds {_documents(known)} of the inbox; {_documents(quarantined)} in quarantine."
        )
    return f"release {served.version} holds {_documents(known)}, all there are in the inbox."


def _documents(count: int) -> str:
    return f"{count} document" if count == 1 else f"{count} documents"
