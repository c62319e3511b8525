"""Getting in and out."""

from tests.support.visitor import Visitor


def test_a_stranger_is_asked_to_sign_in(stranger: Visitor) -> None:
    assert stranger.visit("/").location == "/sign-in"
    assert "Sign in" in stranger.visit("/sign-in").text


def test_amina_sees_her_account(aminas_phone: Visitor) -> None:
    assert "amina@example.org" in aminas_phone.visit("/me").text
