"""What a programme can do about a risk, in plain words."""

from peerlink.framework.entries import Action
from peerlink.words import N_

ACTIONS = (
    Action(
        "A01",
        N_("Offer a psychologist"),
        N_("Offer the volunteer talks with a psychologist, paid by the programme where it can."),
    ),
    Action(
        "A02",
        N_("Offer a fellow volunteer to talk to"),
        N_("Name a fellow volunteer or debrief partner who is there for feelings."),
    ),
    Action(
        "A03",
        N_("Thank and reward"),
        N_("Say thank you, recognise the work, and pay or reward the time given."),
    ),
    Action(
        "A04", N_("Ease the load"), N_("Pause new matches, lower the capacity, hand over, or agree a break.")
    ),
    Action(
        "A05",
        N_("Vary the work"),
        N_("Offer other support areas, a group, training others, or office tasks."),
    ),
    Action(
        "A06",
        N_("Have a supervision talk soon"),
        N_("Meet within seven days for an alert, within two for a critical one."),
    ),
    Action(
        "A07",
        N_("Train or refresh"),
        N_("Offer training or a refresher; skills for emotional support come first."),
    ),
    Action("A08", N_("Make a privacy plan"), N_("Agree another place, channel, name shown, time or clinic.")),
    Action(
        "A09", N_("Check or replace a place"), N_("Visit the place again; approve it, or choose another.")
    ),
    Action(
        "A10",
        N_("Speak with the clinic"),
        N_("Meet or write to the clinic staff about what is open between you."),
    ),
    Action(
        "A11",
        N_("Take a funding step"),
        N_("Settle what is owed, plan the reserve, or send the funder a cost report."),
    ),
    Action("A12", N_("Change the match"), N_("End this match properly and look for another.")),
    Action(
        "A13",
        N_("Review the support plan"),
        N_("Go through the plan with the participant and shape it anew."),
    ),
    Action(
        "A14",
        N_("Follow the confidentiality procedure"),
        N_("Record the incident, limit the harm, inform the person, treat the cause."),
    ),
    Action(
        "A15", N_("Have a stay or exit talk"), N_("Ask what would make staying possible, or take leave well.")
    ),
    Action(
        "A16",
        N_("Bring people together"),
        N_("Hold a team or peer gathering, pair buddies, or invite to a group."),
    ),
    Action("A17", N_("Get the missing facts"), N_("Collect what is not known, or record why it cannot be.")),
    Action("A18", N_("Refer to a service"), N_("Refer to a medical, psychological or social service.")),
    Action(
        "A19",
        N_("Bring closer to the care team"),
        N_("Include the volunteer in the care team, or offer a task to grow with."),
    ),
    Action(
        "A20", N_("Follow the safeguarding procedure"), N_("Hand over to the safeguarding lead the same day.")
    ),
    Action(
        "A21",
        N_("Show what the work achieved"),
        N_("Show the volunteer what participants gained, without names."),
    ),
    Action(
        "A22",
        N_("Recruit and train volunteers"),
        N_("Find new volunteers and train them, so that there is a reserve."),
    ),
)
