"""What is measured of the outcomes for participants."""

from peerlink.framework.entries import Indicator
from peerlink.words import N_

INDICATORS = (
    Indicator(
        "I-OUT-VL",
        N_("Viral suppression"),
        N_(
            "participants whose latest VL in D365 is below T / participants with a VL in D365; T "
            "selectable 50, 200 (default), 1000; status classes undetectable / suppressed (<=1000) / "
            "unsuppressed (>1000). Always show % with VL known"
        ),
        nodes=("outcome.physiological.viral_suppression",),
        minimum=N_(">=10 with VL; <50% known -> unknown"),
    ),
    Indicator(
        "I-OUT-VLCH",
        N_("VL movement"),
        N_(
            "baseline-to-latest transition table of the three classes; baseline = last VL in 180 d "
            "before or 30 d after match start"
        ),
        nodes=("outcome.physiological.viral_suppression",),
        minimum=N_("pairs >=90 d apart"),
    ),
    Indicator(
        "I-OUT-CD4",
        N_("CD4 change"),
        N_("median (IQR) of latest CD4 minus baseline, cells/mm3; share <200 now"),
        nodes=("outcome.physiological.cd4",),
        minimum=N_("pairs >=150 d apart, n>=10"),
    ),
    Indicator(
        "I-OUT-PAIN",
        N_("Pain change"),
        N_(
            "share of people with baseline >=4 (0-10) whose latest score fell >=30% or >=1 point on "
            "the PEG mean"
        ),
        nodes=("outcome.physiological.pain",),
        minimum=N_("n>=10 with baseline >=4"),
    ),
    Indicator(
        "I-OUT-QOL",
        N_("QoL change"),
        N_(
            "mean change and share improved/worsened beyond the reliable-change bound on the "
            "programme's chosen scale (PozQoL or WHO-5)"
        ),
        nodes=("outcome.psychological.quality_of_life",),
        minimum=N_("pairs >=60 d apart (PozQoL), n>=10"),
    ),
    Indicator(
        "I-OUT-DEP",
        N_("Symptoms change"),
        N_("PHQ-9/GAD-7: share with drop >=5 / >=4; share now >=10; PHQ-2 >=3 count"),
        nodes=("outcome.psychological.depression_anxiety",),
        minimum=N_("n>=10 pairs"),
    ),
    Indicator(
        "I-OUT-WELL",
        N_("Felt change tags"),
        N_(
            'participants ticking the tag in the review follow-up "what changed?" / reviews in D180; '
            "also PozQoL psychological domain when used"
        ),
        nodes=(
            "outcome.psychological.sense_of_worth",
            "outcome.psychological.disease_acceptance",
            "outcome.psychological.hope",
        ),
        minimum=N_(">=10 reviews"),
    ),
    Indicator(
        "I-OUT-ADH",
        N_("Adherence"),
        N_(
            "share with 30-day VAS >= 95 (also >=85) and share with 0 missed doses in 4 (or 7) days "
            "at latest assessment; change since baseline"
        ),
        nodes=("outcome.behavioural.adherence",),
        minimum=N_("n>=10; latest <=120 d old"),
    ),
    Indicator(
        "I-OUT-CARE",
        N_("Kept appointments / retained"),
        N_(
            "(a) kept / (kept+missed, excluding cancelled in advance), D180; (b) >=2 care visits "
            "(visit or VL/CD4 test) >=90 d apart in D365 / participants in programme >=365 d"
        ),
        nodes=("outcome.behavioural.care_engagement",),
        minimum=N_("(a) >=3 appointments per person; (b) clinic data feed or self-report flag"),
    ),
    Indicator(
        "I-OUT-RISK",
        N_("Risk indicator"),
        N_(
            "change in programme-chosen opt-in measure; never shown below n=10; never shown at "
            "participant level to volunteers"
        ),
        nodes=("outcome.behavioural.risk_behaviour",),
        minimum=N_("n>=10 consenting"),
    ),
    Indicator(
        "I-OUT-KNOW",
        N_("Knowledge gain"),
        N_("mean change of % correct on the loaded quiz"),
        nodes=("outcome.cognitive.hiv_knowledge",),
        minimum=N_("n>=10 pairs"),
    ),
    Indicator(
        "I-OUT-SELF",
        N_("Goals named by the person"),
        N_("participants with >=1 self-named change goal reviewed in D120 / active participants"),
        nodes=("outcome.cognitive.self_awareness",),
        minimum=N_("n>=10"),
    ),
    Indicator(
        "I-OUT-STIG",
        N_("Stigma change"),
        N_("mean change on loaded short scale (subscales apart)"),
        nodes=(
            "outcome.cognitive.stigma_enacted",
            "outcome.cognitive.stigma_internalised",
        ),
        minimum=N_("n>=10 pairs, >=90 d apart"),
    ),
    Indicator(
        "I-OUT-CONF",
        N_("Control"),
        N_("mean change on loaded self-efficacy scale; else share with review P4>=3"),
        nodes=("outcome.cognitive.confidence_control",),
        minimum=N_("n>=10"),
    ),
    Indicator(
        "I-OUT-LONE",
        N_("Loneliness change"),
        N_("share with UCLA-3 >=6 at baseline whose latest is <=5; mean change"),
        nodes=("outcome.social.loneliness",),
        minimum=N_("n>=10 pairs"),
    ),
    Indicator(
        "I-OUT-SOC",
        N_("Social change tags"),
        N_(
            "participants ticking the tag (someone close / part of a community / more activities / "
            "new contacts) in the review follow-up / reviews in D180; PozQoL social domain when used"
        ),
        nodes=(
            "outcome.social.attachment",
            "outcome.social.belonging",
            "outcome.social.activity",
            "outcome.social.connections",
        ),
        minimum=N_(">=10 reviews"),
    ),
    Indicator(
        "I-OUT-WORK",
        N_("Work or study"),
        N_(
            "participants in work/study at latest review among those who at baseline were not and "
            "wished to be"
        ),
        nodes=("outcome.social.return_to_work",),
        minimum=N_("n>=10"),
    ),
)
