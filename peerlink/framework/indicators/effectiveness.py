"""What is measured of why support works and how the programme is laid out."""

from peerlink.framework.entries import Indicator
from peerlink.words import N_

INDICATORS = (
    Indicator(
        "I-EFF-TRN",
        N_("Qualified volunteers"),
        N_(
            "active volunteers with screening passed + all mandatory modules valid / active "
            "volunteers, today; plus share of held contacts D90 whose topics were all covered by a "
            "valid module of the volunteer"
        ),
        nodes=(
            "effectiveness.volunteer.adequate_training",
            "design.train",
            "design.select_qualified",
        ),
        minimum=N_("none (register is complete by design)"),
    ),
    Indicator(
        "I-EFF-TAIL",
        N_("Tailoring"),
        N_(
            "(a) matches with support plan agreed <=30 d and reviewed <=120 d / active matches; (b) "
            "share of valid pulses D120 with tailored item >=3; (c) plan-contact fit = share of plan "
            "needs addressed by >=1 contact in D60"
        ),
        nodes=(
            "effectiveness.volunteer.tailored_service",
            "design.match_and_tailor",
        ),
        minimum=N_("(b) >=10 pulses"),
    ),
    Indicator(
        "I-EFF-CONT",
        N_("Continuity"),
        N_(
            "(a) share of held contacts outside the clinic (place type or remote channel), D90; (b) "
            "median longest gap between held contacts per active match, D90, vs planned interval"
        ),
        nodes=("effectiveness.volunteer.continuous_support",),
        minimum=N_(">=5 contacts per match"),
    ),
    Indicator(
        "I-EFF-BRIDGE",
        N_("Bridging"),
        N_(
            "active participants with >=1 bridging act of the type in D120 / active participants "
            "(asked-for only: plan lists that bridge)"
        ),
        nodes=(
            "effectiveness.volunteer.bridging.social_ties",
            "effectiveness.volunteer.bridging.community",
            "effectiveness.volunteer.bridging.health_system",
        ),
        minimum=N_(">=10"),
    ),
    Indicator(
        "I-EFF-CONVEY",
        N_("Messages carried"),
        N_(
            "contacts with explain_medical or message_to_clinic/from_clinic tag / held contacts D90; "
            "and liaison items answered <=14 d / items raised"
        ),
        nodes=("effectiveness.volunteer.convey_translate",),
        minimum=N_(">=20 contacts"),
    ),
    Indicator(
        "I-EFF-CLIM",
        N_("Climate and acceptance"),
        N_("mean of latest pulse acceptance item per participant (0-100) and share >=3, D120"),
        nodes=(
            "effectiveness.relationship.positive_atmosphere",
            "effectiveness.relationship.acceptance_empathy",
        ),
        minimum=N_(">=10 pulses (programme); 1 valid (match)"),
    ),
    Indicator(
        "I-EFF-REC",
        N_("Reciprocity"),
        N_("share of reviews D180 with reciprocity item >=3; and share of volunteers with V8>=3 AND V9>=3"),
        nodes=("effectiveness.relationship.reciprocity",),
        minimum=N_(">=10"),
    ),
    Indicator(
        "I-EFF-ROLE",
        N_("Role model"),
        N_("share of reviews D180 with role-model item >=3"),
        nodes=("effectiveness.relationship.role_model",),
        minimum=N_(">=10"),
    ),
    Indicator(
        "I-EFF-FIT",
        N_("Fit"),
        N_(
            "week-4 match review: both say continue / week-4 reviews done, D365; share of matches "
            "ended with reason not_a_fit"
        ),
        nodes=("effectiveness.relationship.compatibility",),
        minimum=N_(">=10"),
    ),
    Indicator(
        "I-EFF-BEN",
        N_("Felt benefit"),
        N_("share of pulses D120 with overall-help item >=3"),
        nodes=("effectiveness.relationship.felt_benefit",),
        minimum=N_(">=10"),
    ),
    Indicator(
        "I-DES-SUPV",
        N_("Supervision on time"),
        N_(
            "active volunteers whose last one-to-one is <= their interval (42 d; 14 d in first 90 d) "
            "/ active volunteers"
        ),
        nodes=("design.supervise_feedback",),
        minimum=N_("none"),
    ),
    Indicator(
        "I-DES-FAT",
        N_("Prevention in place"),
        N_("burnout alerts with a recorded action <=14 d / burnout alerts opened in D180"),
        nodes=("design.mitigate_fatigue",),
        minimum=N_(">=3 alerts"),
    ),
    Indicator(
        "I-DES-ACC",
        N_("Time to support"),
        N_(
            "median and 90th percentile days referral -> first held contact, for referrals 30-210 d "
            "ago (open ones counted as censored at today: Kaplan-Meier median); drop-out before first"
            " contact"
        ),
        nodes=("design.easy_access",),
        minimum=N_(">=10 referrals"),
    ),
    Indicator(
        "I-DES-OPEN",
        N_("Openness"),
        N_("service directory reviewed <=180 d (y/n); exports run D365; groups/resources listed (count)"),
        nodes=("design.open_platform",),
        minimum=N_("none"),
    ),
)
