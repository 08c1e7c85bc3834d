"""The primitives: injective contexts, seals that open only whole and in place, codes that people can type."""

import threading
import time
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from ithaca.tools.vault import kernel, recovery
from ithaca.tools.vault.errors import Tampered, WrongSecret
from ithaca.tools.vault.kernel import Cost

KEY = bytes(range(32))
parts = st.lists(st.one_of(st.text(max_size=4), st.binary(max_size=4), st.integers(-300, 300), st.uuids()), max_size=4)


@given(parts, parts)
def test_two_contexts_are_alike_only_when_their_parts_are(one: list[kernel.Part], other: list[kernel.Part]) -> None:
    typed = [[(type(part), part) for part in side] for side in (one, other)]
    assert (kernel.context(*one) == kernel.context(*other)) == (typed[0] == typed[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a", "b"), ("asb",)),
        (("1",), (1,)),
        (("a",), (b"a",)),
        ((), ("",)),
        (("a",), ("a", "")),
    ],
)
def test_what_looks_alike_is_kept_apart(one: tuple[kernel.Part, ...], other: tuple[kernel.Part, ...]) -> None:
    assert kernel.context(*one) != kernel.context(*other)


def test_a_bool_is_no_part() -> None:
    with pytest.raises(TypeError):
        kernel.context(True)


@given(st.text(max_size=700))
def test_a_text_comes_back_whole(text: str) -> None:
    sealed = kernel.seal_text(KEY, text, b"here")
    assert kernel.unseal_text(KEY, sealed, b"here") == text


def test_a_seal_opens_only_with_its_key_in_its_place() -> None:
    sealed = kernel.seal(KEY, b"text", b"here")
    for key, place in ((KEY[::-1], b"here"), (KEY, b"there"), (KEY, b"")):
        with pytest.raises(Tampered):
            kernel.unseal(key, sealed, place)


def test_every_byte_of_a_seal_counts() -> None:
    sealed = kernel.seal(KEY, b"text", b"here")
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(Tampered):
            kernel.unseal(KEY, bytes(altered), b"here")
        with pytest.raises(Tampered):
            kernel.unseal(KEY, sealed[:place], b"here")
    with pytest.raises(Tampered):
        kernel.unseal(KEY, sealed + b"\x00", b"here")


def test_the_same_text_is_never_sealed_alike() -> None:
    assert kernel.seal(KEY, b"text", b"") != kernel.seal(KEY, b"text", b"")


def test_lengths_are_told_in_steps_of_256_only() -> None:
    lengths = {len(kernel.seal_text(KEY, "x" * size, b"")) for size in range(256)}
    assert len(lengths) == 1
    assert len(kernel.seal_text(KEY, "x" * 256, b"")) == lengths.pop() + 256


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        kernel.seal(b"short", b"", b"")


def test_derived_keys_differ_by_purpose_and_salt() -> None:
    keys = [
        kernel.derive(KEY, "a"),
        kernel.derive(KEY, "b"),
        kernel.derive(KEY, "a", "b"),
        kernel.derive(KEY, "a", salt=b"s"),
    ]
    assert len({*keys, KEY}) == 5


def test_stretching_at_its_real_cost_is_what_another_implementation_says() -> None:
    salt = b"0123456789abcdef"
    other = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=64 * 1024)
    assert kernel.stretch("pass phrase", salt, kernel.REAL_COST) == other.derive(b"pass phrase")


def test_a_phrase_is_the_same_however_its_letters_are_composed() -> None:
    cost, salt = Cost(1, 8, 1), bytes(16)
    assert kernel.stretch("caf\u00e9", salt, cost) == kernel.stretch("cafe\u0301", salt, cost)
    assert kernel.stretch("cafe", salt, cost) != kernel.stretch("caf\u00e9", salt, cost)


def test_one_at_a_time_is_stretched() -> None:
    done = threading.Event()

    def guess() -> None:
        kernel.stretch("secret", bytes(16), Cost(1, 8, 1))
        done.set()

    with kernel._stretching:
        thread = threading.Thread(target=guess)
        thread.start()
        while thread.is_alive() and not kernel._stretching._cond._waiters:  # type: ignore[attr-defined]
            time.sleep(0)  # until it has come to the door
        assert not done.is_set()
    thread.join()
    assert done.is_set()


def test_a_box_tells_its_sender() -> None:
    ada, ben, cleo = (kernel.new_private_key() for _ in range(3))
    sealed = kernel.seal_box(ada, kernel.public_key(ben), b"key")
    assert kernel.open_box(ben, kernel.public_key(ada), sealed) == b"key"
    for private, sender in ((ben, cleo), (cleo, ada)):
        with pytest.raises(Tampered):
            kernel.open_box(private, kernel.public_key(sender), sealed)


@pytest.mark.parametrize("other", [bytes(32), b"\x01" + bytes(31), b"short"])
def test_no_key_is_agreed_with_what_is_no_public_key(other: bytes) -> None:
    with pytest.raises(Tampered):
        kernel.agree(kernel.new_private_key(), other)


@given(st.binary(min_size=20, max_size=20))
def test_a_code_is_read_as_it_was_written(code: bytes) -> None:
    assert recovery.read(recovery.written(code)) == code


@given(st.binary(min_size=20, max_size=20))
def test_a_code_is_read_however_it_is_typed(code: bytes) -> None:
    written = recovery.written(code)
    for typed in (
        written.lower(),
        written.replace("-", " "),
        written.replace("-", ""),
        f"  {written.replace('-', ' – ')}\n",
        written.replace("0", "o").replace("1", "l"),
        written.replace("0", "O").replace("1", "I"),
    ):
        assert recovery.read(typed) == code


@pytest.mark.parametrize("typed", ["", "0000", "U" * 32, "0" * 31, "0" * 33, "é" * 32])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(WrongSecret):
        recovery.read(typed)


def test_codes_are_long_printed_in_groups_and_never_alike() -> None:
    one, other = recovery.new_code(), recovery.new_code()
    assert one != other
    assert [len(group) for group in one.split("-")] == [4] * 8
    assert not set("ILOU") & set(one)


def test_spoken_words_tell_keys_and_people_apart() -> None:
    ada, ben, key = uuid4(), uuid4(), kernel.random_key()
    assert recovery.spoken(ada, key) == recovery.spoken(ada, key)
    assert len({recovery.spoken(ada, key), recovery.spoken(ben, key), recovery.spoken(ada, kernel.random_key())}) == 3
    assert [len(word) for word in recovery.spoken(ada, key).split()] == [5] * 4
