"""What can be done about stipends, claims, payments and the ledger."""

from peerlink.features.finance.service.agreeing import agree, end_agreement, end_with, settle, write_stipends
from peerlink.features.finance.service.approving import approve, reject, take_back_decision
from peerlink.features.finance.service.claiming import (
    add_photo,
    begin,
    begin_for,
    drop,
    remove_photo,
    save_pay_details,
    says_the_same,
    send,
    take_back,
    take_entered_back,
    write_draft,
)
from peerlink.features.finance.service.ledger import save_balance, set_payments
from peerlink.features.finance.service.paying import (
    dissolve,
    make_batch,
    mark_paid,
    reopen,
    take_back_paid,
    take_out,
)

__all__ = [
    "add_photo",
    "agree",
    "approve",
    "begin",
    "begin_for",
    "dissolve",
    "drop",
    "end_agreement",
    "end_with",
    "make_batch",
    "mark_paid",
    "reject",
    "remove_photo",
    "reopen",
    "save_balance",
    "save_pay_details",
    "says_the_same",
    "send",
    "set_payments",
    "settle",
    "take_back",
    "take_back_decision",
    "take_back_paid",
    "take_entered_back",
    "take_out",
    "write_draft",
    "write_stipends",
]
