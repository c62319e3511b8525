"""The words about what volunteers are paid back, and how."""

from peerlink.framework.word import Word
from peerlink.words import N_


class ClaimKind(Word):
    """Why a volunteer is owed something."""

    STIPEND = "stipend", N_("Stipend")
    EXPENSE = "expense", N_("Expense")


class ClaimStatus(Word):
    """How far a claim is on its way."""

    DRAFT = "draft", N_("Not sent yet")
    SUBMITTED = "submitted", N_("Being looked at")
    APPROVED = "approved", N_("Approved")
    PAID = "paid", N_("Paid")
    REJECTED = "rejected", N_("Not approved")


class ExpenseKind(Word):
    """What money was spent on; nothing that says with whom or why."""

    TRAVEL = "travel", N_("Travel")
    PHONE = "phone", N_("Phone and data")
    FOOD = "food", N_("Food")
    CHILDCARE = "childcare", N_("Childcare")
    OTHER = "other", N_("Something else")


class RejectReason(Word):
    """Why a claim is not approved."""

    NO_RECEIPT = "no_receipt", N_("The photo is missing or cannot be read")
    AMOUNT = "amount", N_("The amount and the photo differ")
    TWICE = "twice", N_("It was claimed twice")
    NOT_COVERED = "not_covered", N_("Our agreement does not cover it")
    NOT_SERVED = "not_served", N_("No service in this month")
    OTHER = "other", N_("Something else")


class PayWay(Word):
    """How somebody wishes to be paid."""

    BANK = "bank", N_("To a bank account")
    MOBILE = "mobile", N_("To a mobile money number")
    CASH = "cash", N_("In cash")


class StipendEnd(Word):
    """Why a stipend ended."""

    AS_PLANNED = "as_planned", N_("It ended as agreed")
    VOLUNTEER_CHOICE = "volunteer_choice", N_("The volunteer wished it")
    NEW_AGREEMENT = "new_agreement", N_("A new agreement takes its place")
    LEFT = "left", N_("The volunteer left")
    PROGRAMME_STOPPED = "programme_stopped", N_("The programme stopped it, and they did not agree")


OWED = (ClaimStatus.SUBMITTED, ClaimStatus.APPROVED)
"""What is on its way and not paid."""
