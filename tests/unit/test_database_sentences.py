"""What the database's refusals say to the operator: one line each, with what to do."""

import ssl

import asyncpg
import pytest

from adapters.postgres_store.faults import NOT_ALONE, sentence, unusable


def server_error(code: str, message: str, **more: str) -> asyncpg.PostgresError:
    error: asyncpg.PostgresError = asyncpg.PostgresError.new({"C": code, "M": message, "S": "ERROR", **more})
    return error


@pytest.mark.parametrize("code", ["42501", "42601", "42710", "22023", "XX000"])
async def test_details_and_hints_of_the_server_stay_in_the_line(code: str) -> None:
    said = sentence(server_error(code, "no", D="User does not have CONNECT privilege.", H="Try\nagain."))
    assert "\n" not in said
    assert not said.endswith("..")


@pytest.mark.parametrize("code", ["42P07", "42710", "42703"])
async def test_tables_of_another_program_are_called_that(code: str) -> None:
    assert sentence(server_error(code, "already exists")) == NOT_ALONE


@pytest.mark.parametrize("words", ["[X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found", "[SSL] PEM lib"])
def test_a_tls_file_without_a_certificate_is_a_fault_of_the_address_that_no_waiting_ends(words: str) -> None:
    refusal = unusable(ssl.SSLError(1, words))
    assert refusal is not None
    assert refusal.in_address
    assert "TLS file" in str(refusal)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (asyncpg.InternalClientError("unexpected error while performing authentication: gssapi"), "way of signing in"),
        (asyncpg.InterfaceError("unsupported SASL Authentication methods requested"), "way of signing in"),
        (asyncpg.TargetServerAttributeNotMatched("None of the hosts"), "target_session_attrs"),
        (ConnectionResetError(), "closed the connection"),
        (FileNotFoundError(2, "No such file or directory"), "no socket"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), "can't agree on TLS"),
        (ConnectionError("unexpected connection_lost() call"), "closed the connection"),
        (ConnectionError('PostgreSQL server at "h:1" rejected SSL upgrade'), "is no PostgreSQL"),
    ],
)
def test_what_the_driver_says_is_said_in_words_for_an_operator(error: Exception, words: str) -> None:
    assert words in sentence(error)
    assert unusable(error) is None or "rejected" in str(error)
