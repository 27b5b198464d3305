from accounts.tokens import token_hash


def test_a_tokens_hash_is_its_own_and_does_not_hold_it() -> None:
    one, other = token_hash("a-token"), token_hash("another-token")
    assert one != other
    assert one == token_hash("a-token")
    assert "token" not in one
    assert len(one) == 64
