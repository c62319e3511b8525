"""What can be done when volunteers come, sign, are shown and leave."""

from peerlink.features.recruitment.service.agreeing import check_signed, open_texts, publish, sign
from peerlink.features.recruitment.service.applying import (
    KEPT_MONTHS,
    keep_settings,
    offer_help,
    programme_taking_offers,
)
from peerlink.features.recruitment.service.leaving import (
    TalkDraft,
    carry_out,
    forget_handover,
    keep_talk,
    leave,
    plan_handover,
    state_leaving,
    take_back_leaving,
)
from peerlink.features.recruitment.service.preparing import (
    agree_limits,
    answer_reference,
    ask_reference,
    begin_anew,
    check_beside,
    check_prepared,
    drop_reference,
    keep_preparation,
    keep_vetting,
    name_buddy,
    take_back_preparation,
)
from peerlink.features.recruitment.service.privacy import (
    allow_showing,
    choose_name,
    forbid_showing,
    keep_plan,
)

__all__ = [
    "KEPT_MONTHS",
    "TalkDraft",
    "agree_limits",
    "allow_showing",
    "answer_reference",
    "ask_reference",
    "begin_anew",
    "carry_out",
    "check_beside",
    "check_prepared",
    "check_signed",
    "choose_name",
    "drop_reference",
    "forbid_showing",
    "forget_handover",
    "keep_plan",
    "keep_preparation",
    "keep_settings",
    "keep_talk",
    "keep_vetting",
    "leave",
    "name_buddy",
    "offer_help",
    "open_texts",
    "plan_handover",
    "programme_taking_offers",
    "publish",
    "sign",
    "state_leaving",
    "take_back_leaving",
    "take_back_preparation",
]
