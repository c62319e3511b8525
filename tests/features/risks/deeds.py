"""What somebody does about Amina's flags in these tests, told in one line each."""

import uuid

from peerlink.features.risks import service
from peerlink.features.risks.deeds import ActionDraft
from peerlink.features.risks.queries import get_flag_to_move
from peerlink.framework.care_words import Way
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.features.risks.happenings import open_flags
from tests.support.cast import AMINA_ID, DANA, Person


def does(
    code: str, rule: str = "R20", who: Person = DANA, way: Way | None = None, sentence: int = 0
) -> uuid.UUID:
    """Let somebody choose an action on Amina's flag."""
    draft = ActionDraft(code=code, way=way, sentence=sentence)
    granted = gate.Access(who.viewer.account_id, who.viewer.opens(), set())
    with gate.access(granted), transaction():
        flag = get_flag_to_move(open_flags(AMINA_ID)[rule].id, who.viewer)
        return service.act([flag], draft, who.viewer)


def takes_back(deed_id: uuid.UUID, who: Person = DANA) -> None:
    granted = gate.Access(who.viewer.account_id, who.viewer.opens(), set())
    with gate.access(granted), transaction():
        service.take_back(deed_id, who.viewer)
