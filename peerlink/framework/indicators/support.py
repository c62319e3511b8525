"""What is measured of the support given."""

from peerlink.framework.entries import Indicator
from peerlink.words import N_

INDICATORS = (
    Indicator(
        "I-SUP-SHARE",
        N_("Dose of sub-type"),
        N_(
            "contacts status=held in window whose support list has the sub-type / all held contacts "
            "in window; also absolute count and summed share-weighted minutes (contact minutes split "
            "equally over ticked sub-types). Window D90. Levels: match, volunteer, programme"
        ),
        nodes=(
            "support.informational.education",
            "support.informational.explain_medical",
            "support.informational.lived_experience",
            "support.instrumental.medical.referral",
            "support.instrumental.medical.transport",
            "support.instrumental.medical.scheduling",
            "support.instrumental.medical.reminder",
            "support.instrumental.daily.substance_use",
            "support.instrumental.daily.food",
            "support.instrumental.daily.housing",
            "support.instrumental.material",
            "support.emotional.listening",
            "support.emotional.reflective_confidence",
            "support.emotional.appeal_to_feelings",
            "support.emotional.caring_comfort",
            "support.emotional.positive_belief",
            "support.affiliational.reduce_isolation",
            "support.affiliational.connect_network",
            "support.appraisal.treatment_decision",
            "support.appraisal.selfcare_decision",
            "support.appraisal.life_conflict_decision",
        ),
        minimum=N_(">=5 held contacts (match), >=20 (volunteer), >=50 (programme)"),
    ),
    Indicator(
        "I-SUP-REACH",
        N_("Reach of area"),
        N_(
            "active participants with >=1 held contact in the area in D90 / participants active >=30 "
            "of those days; computed for each of the five areas (codes listed are the anchors; "
            "formula is the same at area level)"
        ),
        nodes=(
            "support.informational.education",
            "support.emotional.listening",
            "support.affiliational.connect_network",
            "support.instrumental.medical.referral",
            "support.appraisal.treatment_decision",
        ),
        minimum=N_(">=10 active participants"),
    ),
    Indicator(
        "I-SUP-TECH",
        N_("Technique mix"),
        N_(
            "appraisal contacts with technique tag / appraisal contacts, D180; motivational ticks by "
            "a volunteer without a valid motivational-interviewing module are counted apart as "
            "`untrained_use`"
        ),
        nodes=(
            "support.appraisal.technique.information",
            "support.appraisal.technique.pros_cons",
            "support.appraisal.technique.motivational",
        ),
        minimum=N_(">=10 appraisal contacts"),
    ),
    Indicator(
        "I-SUP-EMO",
        N_("Emotional dose"),
        N_(
            "minutes in emotional area / all contact minutes, D90; and share of participants whose "
            "plan lists an emotional need who got >=1 emotional contact in D30. Rationale: the paper "
            "blames weak psychological effects partly on too small an emotional dose"
        ),
        nodes=(
            "support.emotional.listening",
            "support.emotional.caring_comfort",
        ),
        minimum=N_(">=50 contacts programme"),
    ),
    Indicator(
        "I-REF-LOOP",
        N_("Referral loop closed"),
        N_(
            "referrals with outcome known (attended / declined / not available) <=30 d after sent / "
            "referrals sent 30-120 d ago, by service type"
        ),
        nodes=(
            "support.instrumental.medical.referral",
            "support.instrumental.daily.substance_use",
            "support.instrumental.daily.food",
            "support.instrumental.daily.housing",
            "effectiveness.volunteer.bridging.health_system",
            "effectiveness.volunteer.bridging.community",
        ),
        minimum=N_(">=5 referrals"),
    ),
    Indicator(
        "I-INS-REM",
        N_("Appointments assisted"),
        N_(
            "known appointments with >=1 reminder, scheduling or transport act in the 14 d before / "
            "known appointments, D180; attended share with and without assistance shown side by side "
            "(descriptive, not causal)"
        ),
        nodes=(
            "support.instrumental.medical.reminder",
            "support.instrumental.medical.scheduling",
            "support.instrumental.medical.transport",
        ),
        minimum=N_(">=10 appointments"),
    ),
)
