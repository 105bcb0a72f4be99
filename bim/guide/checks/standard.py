"""The normative rules of IFC that are cheap enough to be asked of every model; `rukhsa validate` asks all of them."""

from bim.findings import Reason
from bim.guide.checks.registry import Checked, Params, check
from bim.guide.checks.subject import Subject


@check("normative", rules=list)
def normative(subject: Subject, params: Params) -> Checked:
    """The rules of those codes hold; a rule that could not be judged leaves the clause undecided."""
    from bim.validity.catalogue import run  # whoever only looks a check up need not load it
    from bim.validity.facts import Facts
    from bim.validity.verdicts import Outcome

    verdicts = list(run(Facts(subject.model), params["rules"]))
    broken = [v for v in verdicts if v.outcome in (Outcome.FAIL, Outcome.WARNING)]
    named = {one.owner or f"#{one.entity}" for verdict in broken for one in verdict.violations}
    looked_at = sum(verdict.subjects for verdict in verdicts)
    if broken:
        reason = Reason("rules_broken", {"rules": ", ".join(v.rule for v in broken), "failed": len(named)})
        return Checked(looked_at, tuple(sorted(named)), reason=reason)
    lost = [v.rule for v in verdicts if v.outcome is Outcome.UNDECIDED]
    if lost:
        return Checked(looked_at, undecided=Reason("rules_undecided", {"rules": ", ".join(lost)}))
    return Checked(looked_at)
