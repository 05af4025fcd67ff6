package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidRequest;
import static dev.holdfast.testing.contract.Answers.assertNoCredentials;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exactly one credential, well-formed: T19 to T23 and T26. */
public interface CredentialCases extends WithFixture {

  private String bound() {
    return fixture().issuer().jwt(fixture().boundClaims());
  }

  @Test
  default void twoAuthorizationFieldsAreRefused_T19() {
    Api api = fixture().api();
    String credential = "Bearer " + bound();
    assertInvalidRequest(
        api,
        () ->
            api.rightful()
                .send("GET", "/me", "Authorization", credential, "Authorization", credential));
  }

  @Test
  default void twoCredentialsInOneFieldAreRefused_T19() {
    Api api = fixture().api();
    String credentials = "Bearer " + bound() + ", DPoP " + bound();
    assertInvalidRequest(
        api, () -> api.rightful().send("GET", "/me", "Authorization", credentials));
  }

  @Test
  default void aTokenInTheQueryIsNotRead_T20() {
    Api api = fixture().api();
    assertNoCredentials(api, () -> api.rightful().send("GET", "/me?access_token=" + bound()));
  }

  @Test
  default void aTokenInTheQueryBesideTheFieldIsRefused_T20() {
    Api api = fixture().api();
    assertInvalidRequest(api, () -> api.rightful().get("/me?access_token=" + bound(), bound()));
  }

  @Test
  default void aTokenInTheFormIsNotRead_T20() {
    Api api = fixture().api();
    String form = "access_token=" + bound();
    String head =
        "POST /payments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + form.length()
            + "\r\n\r\n"
            + form;
    int before = api.reached();
    assertThat(api.rightful().raw(head).status()).isEqualTo(401);
    assertThat(api.reached()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bEaReR ", "BEARER ", "bearer ", "Bearer  "})
  default void theSchemeIsReadInAnyCaseAndTheSpacesMayBeSeveral_T21_T22(String start) {
    assertBound(
        fixture().api().rightful().send("GET", "/me", "Authorization", start + bound()),
        fixture().rightful().thumbprint());
  }

  /** Tab, no-break space, junk before and after; the rest of the line is as it should be. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer\t%s",
        "Bearer \u00a0%s",
        "Bearer %s x",
        "Bearer %s,",
        "Bearer %s\u00a0",
        "Bearer \"%s\""
      })
  default void onlySpacesAndOneTokenAreRead_T22(String form) {
    Api api = fixture().api();
    int before = api.reached();
    RawResponse response = raw(api.rightful(), String.format(form, bound()));
    assertThat(response.status()).isIn(400, 401);
    assertThat(api.reached()).isEqualTo(before);
  }

  /** Undertow folds a run of white space into one space before anyone can see it. */
  @Test
  default void aTabAfterTheSpaceHelpsNoThief_T22() {
    Api api = fixture().api();
    assertThat(raw(api.rightful(), "Bearer \t" + bound()).status()).isIn(400, 200);
    int before = api.reached();
    assertThat(raw(api.thief(), "Bearer \t" + bound()).status()).isIn(400, 401);
    assertThat(api.reached()).isEqualTo(before);
  }

  @Test
  default void theRawFormIsSoundWithoutTheMutation_T22() {
    assertThat(raw(fixture().api().rightful(), "Bearer " + bound()).status()).isEqualTo(200);
  }

  private RawResponse raw(Caller caller, String authorization) {
    return caller.raw(
        "GET /me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
            + authorization
            + "\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a*b", "a:b", "a{b", "a%20b", "=", "a=b"})
  default void aTokenOutsideItsAlphabetCostsNoCall_T23(String token) {
    Api api = fixture().api();
    int introspections = fixture().issuer().introspections();
    assertInvalidRequest(api, () -> api.rightful().get("/me", token));
    assertThat(fixture().issuer().introspections()).isEqualTo(introspections);
  }

  /** A container's own limit on headers may come first. */
  @Test
  default void aTokenBeyondTheLimitCostsNoCall_T23() {
    Api api = fixture().api();
    int before = api.reached();
    int introspections = fixture().issuer().introspections();
    assertThat(api.rightful().get("/me", "a".repeat(16 * 1024 + 1)).statusCode())
        .isIn(400, 401, 431);
    assertThat(api.reached()).isEqualTo(before);
    assertThat(fixture().issuer().introspections()).isEqualTo(introspections);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "DPoP "})
  default void aSchemeWithoutATokenCostsNoCall_T26(String credential) {
    Api api = fixture().api();
    int introspections = fixture().issuer().introspections();
    assertNoCredentials(api, () -> api.rightful().send("GET", "/me", "Authorization", credential));
    assertThat(fixture().issuer().introspections()).isEqualTo(introspections);
  }
}
