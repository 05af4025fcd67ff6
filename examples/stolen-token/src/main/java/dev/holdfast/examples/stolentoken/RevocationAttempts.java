package dev.holdfast.examples.stolentoken;

import java.util.ArrayList;
import java.util.List;

/**
 * What is tried by a thief who has the victim's key as well: until the victim's session is revoked
 * nothing can tell him from the victim. From then on the tokens are refused at once, although the
 * APIs know them and they have not expired.
 */
final class RevocationAttempts {
  private static final String CERTIFICATE = "certificate";
  private static final String CLIENT = "payments-app";
  private static final String ME = "/me";

  private RevocationAttempts() {}

  /** In this order; the opaque token is revoked at the issuer already. */
  static List<Attempt> list(Parts parts, Tokens stolen, Transmitter transmitter) {
    Identities identities = parts.identities();
    Person withTheKey = new HttpsPerson(identities.pki().sslContext(identities.paymentsApp()));
    Person issuer = new HttpsPerson(identities.pki().sslContext());
    List<Attempt> attempts = new ArrayList<>();
    for (String client : List.of(CLIENT, CLIENT + "-opaque")) {
      attempts.add(
          new Attempt(
              "–",
              "issuer",
              "security event: a session of " + client + " was revoked",
              issuer,
              "/events",
              transmitter.sessionRevoked(parts.issuer(), client),
              new Expectation.Taken()));
    }
    String newJwt = Tokens.anotherJwt(parts); // later than the events say
    attempts.add(theft("stolen JWT and stolen key, after that", withTheKey, stolen.jwt()));
    attempts.add(
        theft("stolen opaque token and stolen key, after that", withTheKey, stolen.opaque()));
    attempts.add(
        new Attempt(
            CERTIFICATE,
            CLIENT,
            "a new JWT, after that: read the account",
            withTheKey,
            ME,
            Call.GET.bearing(newJwt),
            new Expectation.Served(
                200, CLIENT, CERTIFICATE, identities.paymentsApp().thumbprint())));
    return attempts;
  }

  private static Attempt theft(String tried, Person person, String token) {
    return new Attempt(
        CERTIFICATE,
        Attempt.THIEF,
        tried,
        person,
        ME,
        Call.GET.bearing(token),
        new Expectation.Refused(401));
  }
}
