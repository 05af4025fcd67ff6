package dev.holdfast.examples.stolentoken;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.testing.Identity;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;

/**
 * Access tokens, each fetched by the client that it belongs to.
 *
 * @param jwt of {@code payments-app}
 * @param freshJwt another one, for the thief to try before its owner does
 * @param opaque of {@code payments-app-opaque}
 * @param selfSignedJwt of {@code self-signed-app}
 * @param unboundJwt of {@code legacy-app}
 * @param unboundOpaque of {@code legacy-app-opaque}
 */
record Tokens(
    String jwt,
    String freshJwt,
    String opaque,
    String selfSignedJwt,
    String unboundJwt,
    String unboundOpaque) {

  static Tokens fetch(Parts parts) {
    Identities identities = parts.identities();
    return new Tokens(
        withCertificate(parts, "payments-app", identities.paymentsApp()),
        withCertificate(parts, "payments-app", identities.paymentsApp()),
        withCertificate(parts, "payments-app-opaque", identities.paymentsApp()),
        withCertificate(parts, "self-signed-app", identities.selfSignedApp()),
        unbound(parts, "legacy-app"),
        unbound(parts, "legacy-app-opaque"));
  }

  /** The client authenticates by its certificate, and that is what the token is bound to. */
  private static String withCertificate(Parts parts, String clientId, Identity identity) {
    return fetch(
        parts,
        clientId,
        new HttpsPerson(parts.identities().pki().sslContext(identity)),
        Call.GET.postForm(FORM + "&client_id=" + clientId));
  }

  /** Another one of {@code payments-app}. */
  static String anotherJwt(Parts parts) {
    return withCertificate(parts, "payments-app", parts.identities().paymentsApp());
  }

  /** The client tells the issuer that its opaque token is not to be used any more (RFC 7009). */
  void revokeOpaque(Parts parts) {
    Identities identities = parts.identities();
    Person client = new HttpsPerson(identities.pki().sslContext(identities.paymentsApp()));
    Call call = Call.GET.postForm("token=" + opaque + "&client_id=payments-app-opaque");
    try {
      Answer answer = client.send(URI.create(parts.issuer() + "/oauth2/revoke"), call);
      if (answer.status() != 200) {
        throw new PartFailedException(
            "the authorization server did not revoke the token, " + answer.status());
      }
    } catch (IOException failed) {
      throw new PartFailedException(
          "the authorization server did not revoke the token: " + failed.getMessage());
    }
  }

  private static String unbound(Parts parts, String clientId) {
    Person client = new HttpsPerson(parts.identities().pki().sslContext());
    return withSecret(parts, client, clientId, parts.secrets().legacyApp());
  }

  /** The client authenticates by a secret: its token is bound to what its connection proves. */
  static String withSecret(Parts parts, Person client, String clientId, String secret) {
    byte[] credentials = (clientId + ":" + secret).getBytes(StandardCharsets.US_ASCII);
    String basic = "Basic " + Base64.getEncoder().encodeToString(credentials);
    return fetch(parts, clientId, client, Call.GET.with("Authorization", basic).postForm(FORM));
  }

  private static String fetch(Parts parts, String clientId, Person client, Call call) {
    try {
      Answer answer = client.send(URI.create(parts.issuer() + "/oauth2/token"), call);
      if (answer.status() == 200
          && JSONObjectUtils.parse(answer.body()).get("access_token") instanceof String token) {
        return token;
      }
      throw new PartFailedException(
          "the authorization server gave " + clientId + " no token, " + answer.status());
    } catch (IOException | ParseException failed) {
      throw new PartFailedException(
          "the authorization server gave " + clientId + " no token: " + failed.getMessage());
    }
  }

  private static final String FORM = "grant_type=client_credentials&scope=accounts%20payments";

  @Override
  public String toString() {
    return "Tokens[not shown]";
  }
}
