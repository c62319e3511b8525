"""What is measured of why a programme lasts."""

from peerlink.framework.entries import Indicator
from peerlink.words import N_

INDICATORS = (
    Indicator(
        "I-SV-ATTR",
        N_("Volunteer attrition"),
        N_(
            "volunteers moving active|paused->left in D365 / mean monthly number of (active+paused) "
            "in D365; also D90 annualised, 6-month survival of cohorts (Kaplan-Meier), reasons "
            "breakdown; pauses >60 d reported apart"
        ),
        nodes=("sustainability.volunteer.attrition",),
        minimum=N_(">=180 d history and mean >=10 volunteers; below that show counts only"),
    ),
    Indicator(
        "I-SV-CAP",
        N_("Reserve"),
        N_(
            "free slots (sum over eligible active volunteers of capacity - active matches, floor 0) /"
            " total capacity; waiting participants / free slots; volunteers in pipeline "
            "(screening+training)"
        ),
        nodes=("sustainability.volunteer.attrition",),
        minimum=N_("none"),
    ),
    Indicator(
        "I-SV-ACH",
        N_("Achievement"),
        N_("V8 x25 per volunteer (latest, and mean of last 3); programme share V8<=1"),
        nodes=("sustainability.volunteer.positive.achievement.helping_others",),
        minimum=N_("1 valid check-in <=45 d old; programme n>=8 volunteers"),
    ),
    Indicator(
        "I-SV-GRO",
        N_("Growth"),
        N_("V9 x25; share ticking each facet in the optional follow-up; hours of development in D180"),
        nodes=(
            "sustainability.volunteer.positive.achievement.personal_growth",
            "sustainability.volunteer.positive.achievement.personal_growth.self_management",
            "sustainability.volunteer.positive.achievement.personal_growth.own_mental_health",
            "sustainability.volunteer.positive.achievement.personal_growth.giving_back",
        ),
        minimum=N_("as above"),
    ),
    Indicator(
        "I-SV-BEL",
        N_("Belonging"),
        N_("V10 x25; days since last team contact (group supervision, event, buddy meeting)"),
        nodes=("sustainability.volunteer.positive.belonging",),
        minimum=N_("as above"),
    ),
    Indicator(
        "I-SV-EXH",
        N_("Exhaustion and strain"),
        N_(
            "Exhaustion = mean(V1,V2)x25; Strain = mean(V1..V7)x25 (>=5 of 7); reliable change vs own"
            " mean of last up to 3; instrument subscale when loaded"
        ),
        nodes=("sustainability.volunteer.negative.burnout.exhaustion",),
        minimum=N_("2 of 2 / 5 of 7 items; <=45 d old"),
    ),
    Indicator(
        "I-SV-NEG",
        N_("Negative feedback load"),
        N_(
            "V3 x25; held/missed contacts D60 tagged hostility, rejection, complaint or no_show / "
            "contacts planned D60; matches ended by participant as not_a_fit in D180"
        ),
        nodes=("sustainability.volunteer.negative.burnout.negative_feedback",),
        minimum=N_(">=8 planned contacts for the ratio"),
    ),
    Indicator(
        "I-SV-REP",
        N_("Monotony"),
        N_(
            "V4 x25; evenness = Shannon entropy of contact counts over five areas / ln 5 (each "
            "contact adds 1/k to each of its k areas), D90; share of most common sub-type"
        ),
        nodes=("sustainability.volunteer.negative.burnout.repetitive_work",),
        minimum=N_(">=15 held contacts for entropy"),
    ),
    Indicator(
        "I-SV-STR",
        N_("Work stress and load"),
        N_(
            "V5 x25, V7 x25; load ratio = active matches / agreed capacity; hours logged D28 / agreed"
            " hours; heavy-contact share = held contacts D28 tagged crisis, bereavement, violence, "
            "suicidality, relapse / held; out-of-hours share"
        ),
        nodes=("sustainability.volunteer.negative.burnout.work_stress",),
        minimum=N_("check-in valid; >=4 contacts for shares"),
    ),
    Indicator(
        "I-SV-PRI",
        N_("Exposure worry"),
        N_(
            "V6 x25; incidents type volunteer_exposed D180; contacts D60 in places rated not private "
            "by VOL / contacts with rating"
        ),
        nodes=("sustainability.volunteer.negative.privacy_exposure",),
        minimum=N_("as above"),
    ),
    Indicator(
        "I-SV-EMO",
        N_("Support for supporters"),
        N_(
            "V11 x25; support offers made <=7 d after an alert/critical rule opened / such openings; "
            "debriefs held <=3 d after critical contact / critical contacts, D180"
        ),
        nodes=("sustainability.volunteer.emotional_support",),
        minimum=N_(">=1 opening"),
    ),
    Indicator(
        "I-SP-CONF",
        N_("Confidentiality kept and felt"),
        N_(
            "(a) confirmed breach incidents D365 per 100 participant-months (and count); (b) share of"
            " latest pulse/review confidentiality item >=3, D120; (c) consents valid / active "
            "participants; (d) contacts on channel marked unsafe (must be 0)"
        ),
        nodes=("sustainability.plhiv.confidentiality",),
        minimum=N_("(b) >=10 answers; others none"),
    ),
    Indicator(
        "I-SP-BEN-PHY",
        N_("Perceived benefit physiological"),
        N_(
            "reviews (latest per participant, D180) with P-item of that domain >=3 / reviews with a "
            'valid answer ("too soon / not relevant" excluded); second series restricted to people '
            "whose plan has a goal in the domain; expectation item used for people <8 weeks in"
        ),
        nodes=("sustainability.plhiv.perceived_benefit.physiological",),
        minimum=N_(">=10 valid answers; else counts hidden"),
    ),
    Indicator(
        "I-SP-BEN-PSY",
        N_("Perceived benefit psychological"),
        N_(
            "reviews (latest per participant, D180) with P-item of that domain >=3 / reviews with a "
            'valid answer ("too soon / not relevant" excluded); second series restricted to people '
            "whose plan has a goal in the domain; expectation item used for people <8 weeks in"
        ),
        nodes=("sustainability.plhiv.perceived_benefit.psychological",),
        minimum=N_(">=10 valid answers; else counts hidden"),
    ),
    Indicator(
        "I-SP-BEN-BEH",
        N_("Perceived benefit behavioural"),
        N_(
            "reviews (latest per participant, D180) with P-item of that domain >=3 / reviews with a "
            'valid answer ("too soon / not relevant" excluded); second series restricted to people '
            "whose plan has a goal in the domain; expectation item used for people <8 weeks in"
        ),
        nodes=("sustainability.plhiv.perceived_benefit.behavioural",),
        minimum=N_(">=10 valid answers; else counts hidden"),
    ),
    Indicator(
        "I-SP-BEN-COG",
        N_("Perceived benefit cognitive"),
        N_(
            "reviews (latest per participant, D180) with P-item of that domain >=3 / reviews with a "
            'valid answer ("too soon / not relevant" excluded); second series restricted to people '
            "whose plan has a goal in the domain; expectation item used for people <8 weeks in"
        ),
        nodes=("sustainability.plhiv.perceived_benefit.cognitive",),
        minimum=N_(">=10 valid answers; else counts hidden"),
    ),
    Indicator(
        "I-SP-BEN-SOC",
        N_("Perceived benefit social"),
        N_(
            "reviews (latest per participant, D180) with P-item of that domain >=3 / reviews with a "
            'valid answer ("too soon / not relevant" excluded); second series restricted to people '
            "whose plan has a goal in the domain; expectation item used for people <8 weeks in"
        ),
        nodes=("sustainability.plhiv.perceived_benefit.social",),
        minimum=N_(">=10 valid answers; else counts hidden"),
    ),
    Indicator(
        "I-SP-ANY",
        N_("Any benefit"),
        N_("participants with >=1 of five domains >=3 / participants with valid review"),
        nodes=(
            "sustainability.plhiv.perceived_benefit.physiological",
            "sustainability.plhiv.perceived_benefit.psychological",
            "sustainability.plhiv.perceived_benefit.behavioural",
            "sustainability.plhiv.perceived_benefit.cognitive",
            "sustainability.plhiv.perceived_benefit.social",
            "sustainability.plhiv.attitude",
        ),
        minimum=N_(">=10"),
    ),
    Indicator(
        "I-SP-ATT",
        N_("Willingness"),
        N_(
            "share of pulses with continue item >=3; missed share = missed contacts (participant "
            "side) / (held+missed), D60; unplanned endings in D180 / matches at risk; feedback "
            "response = answered / sent"
        ),
        nodes=("sustainability.plhiv.attitude",),
        minimum=N_(">=10 pulses; >=20 planned contacts"),
    ),
    Indicator(
        "I-SC-PAY",
        N_("Volunteer pay"),
        N_(
            "payments overdue >14 d (count, share of volunteers owed); V13 share <=1; stipend budget "
            "secured for next 180 d (%)"
        ),
        nodes=("sustainability.context.finance.volunteer_pay",),
        minimum=N_("ledger updated <=35 d ago"),
    ),
    Indicator(
        "I-SC-RUN",
        N_("Runway"),
        N_(
            "(unrestricted cash + restricted cash usable for the programme + income confirmed in "
            "writing for the next 12 months) / mean monthly spend of last 6 closed months; biggest "
            "funder share; next-12-month budget covered %"
        ),
        nodes=("sustainability.context.finance.operations",),
        minimum=N_("ledger updated <=35 d; >=3 closed months"),
    ),
    Indicator(
        "I-SC-PLACE",
        N_("Safe places"),
        N_(
            "in-person contacts D90 at a place with status approved and review <=365 d / in-person "
            "contacts with a place; not-safe ratings per place"
        ),
        nodes=("sustainability.context.safe_place",),
        minimum=N_(">=10 in-person contacts; place recorded >=80%"),
    ),
    Indicator(
        "I-SC-LIA",
        N_("Clinic exchange"),
        N_(
            "per clinic with >=3 active participants: days since last two-way exchange; joint "
            "meetings D180; I-REF-LOOP; liaison items answered <=14 d"
        ),
        nodes=("sustainability.context.medical_liaison",),
        minimum=N_("clinic linked"),
    ),
    Indicator(
        "I-SC-TRN",
        N_("Ongoing training"),
        N_(
            "mandatory modules in date / mandatory modules held, by volunteer and programme; "
            "development hours D365 per active volunteer; V12 share <=1; topic gaps = topics logged "
            ">=5 times D90 by a volunteer without the module"
        ),
        nodes=("sustainability.context.continuous_training",),
        minimum=N_("register complete"),
    ),
    Indicator(
        "I-SC-COST",
        N_("Cost picture"),
        N_(
            "spend / held contacts; spend / participant-months; spend / participant with >=1 "
            "perceived benefit; last quarter vs mean of previous two; report produced <=365 d"
        ),
        nodes=("sustainability.context.cost_effectiveness",),
        minimum=N_("two closed quarters"),
    ),
    Indicator(
        "I-SC-INT",
        N_("Team membership"),
        N_(
            "active volunteers with a named clinic contact / active volunteers linked to clinic "
            "participants; same with >=1 joint meeting or shared training in D120"
        ),
        nodes=("sustainability.context.care_integration",),
        minimum=N_(">=5 linked volunteers"),
    ),
    Indicator(
        "I-LINK",
        N_("Leading signal"),
        N_(
            "number of relationship/volunteer effectiveness indicators (I-EFF-TAIL b, I-EFF-CLIM, "
            "I-EFF-ROLE, I-EFF-REC, I-EFF-BEN) below 60% in the quarter"
        ),
        nodes=("link.effectiveness_to_sustainability",),
        minimum=N_(">=3 of 5 known"),
    ),
)
