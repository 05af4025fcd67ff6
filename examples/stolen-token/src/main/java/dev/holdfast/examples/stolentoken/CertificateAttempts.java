package dev.holdfast.examples.stolentoken;

import dev.holdfast.testing.Identity;
import java.util.ArrayList;
import java.util.List;

/**
 * What is tried with tokens that are bound to a certificate, or to no key. The rightful clients
 * come first, so that the APIs know their tokens already when the thief comes: a cached token must
 * not be easier to use than a new one.
 */
final class CertificateAttempts {

  private static final String CERTIFICATE = "certificate";
  private static final String BEARER = "none (bearer)";
  private static final String ME = "/me";
  private static final String PAYMENTS = "/payments";

  private final Identities identities;
  private final Tokens tokens;
  private final List<Attempt> attempts = new ArrayList<>();

  private final Person paymentsApp;
  private final Person selfSignedApp;
  private final Person thief;
  private final Person impostor;
  private final Person nobody;

  private CertificateAttempts(Identities identities, Tokens tokens) {
    this.identities = identities;
    this.tokens = tokens;
    this.paymentsApp = new HttpsPerson(identities.pki().sslContext(identities.paymentsApp()));
    this.selfSignedApp = new HttpsPerson(identities.pki().sslContext(identities.selfSignedApp()));
    this.thief = new HttpsPerson(identities.pki().sslContext(identities.thief()));
    this.impostor = new HttpsPerson(identities.pki().sslContext(identities.impostor()));
    this.nobody = new HttpsPerson(identities.pki().sslContext());
  }

  static List<Attempt> list(Identities identities, Tokens tokens) {
    CertificateAttempts all = new CertificateAttempts(identities, tokens);
    all.rightfulCalls();
    all.theftsWithAnotherKey();
    all.theftsInAnotherPlace();
    all.theftsOfWhatIsNotBound();
    all.forgeries();
    return List.copyOf(all.attempts);
  }

  private void rightfulCalls() {
    String jwt = tokens.jwt();
    rightful("its JWT: read the account", "payments-app", ME, get(jwt));
    rightful("its JWT: make a payment", "payments-app", PAYMENTS, post(jwt));
    String opaque = tokens.opaque();
    rightful("its opaque token: read the account", "payments-app-opaque", ME, get(opaque));
    rightful("its opaque token: make a payment", "payments-app-opaque", PAYMENTS, post(opaque));
    rightful("its JWT: read the account", "self-signed-app", ME, get(tokens.selfSignedJwt()));
    attempts.add(
        new Attempt(
            "–",
            "anyone",
            "no token at all: /public/ping",
            nobody,
            "/public/ping",
            Call.GET,
            new Expectation.Public()));
  }

  private void theftsWithAnotherKey() {
    String jwt = tokens.jwt();
    theft("stolen JWT, no certificate", nobody, ME, get(jwt), 401);
    theft("stolen JWT, no certificate: pay", nobody, PAYMENTS, post(jwt), 401);
    theft("stolen JWT, own certificate of the same authority", thief, ME, get(jwt), 401);
    theft("stolen JWT, self-signed certificate in the victim's name", impostor, ME, get(jwt), 401);
    theft("stolen opaque token, no certificate", nobody, ME, get(tokens.opaque()), 401);
    theft("stolen opaque token, own certificate: pay", thief, PAYMENTS, post(tokens.opaque()), 401);
    String selfSigned = tokens.selfSignedJwt();
    theft(
        "self-signed-app's JWT, another self-signed certificate",
        impostor,
        ME,
        get(selfSigned),
        401);
    String fresh = tokens.freshJwt();
    theft("stolen JWT before its first use, own certificate", thief, ME, get(fresh), 401);
    rightful("the same JWT, after the thief tried", "payments-app", ME, get(fresh));
  }

  private void theftsInAnotherPlace() {
    String jwt = tokens.jwt();
    String parameter = "access_token=" + jwt;
    theft("stolen JWT in the query", thief, ME + "?" + parameter, Call.GET, 401);
    theft("stolen JWT in a form: pay", thief, PAYMENTS, Call.GET.postForm(parameter), 401);
    theft(
        "stolen JWT in the header and again in the query",
        thief,
        ME + "?" + parameter,
        get(jwt),
        400);
    theft(
        "stolen JWT in a second Authorization header",
        thief,
        ME,
        get(tokens.unboundJwt()).bearing(jwt),
        400);
  }

  private void theftsOfWhatIsNotBound() {
    unbound("legacy-app's JWT, bound to no key", get(tokens.unboundJwt()));
    unbound("legacy-app's opaque token, bound to no key", get(tokens.unboundOpaque()));
  }

  private void forgeries() {
    String rewritten =
        Forgery.replaceInClaims(
            tokens.jwt(), identities.paymentsApp().thumbprint(), identities.thief().thumbprint());
    theft("stolen JWT, the thief's thumbprint written into it", thief, ME, get(rewritten), 401);
    theft("garbled JWT", thief, ME, get(Forgery.garble(tokens.jwt())), 401);
    theft("garbled opaque token", thief, ME, get(Forgery.garble(tokens.opaque())), 401);
  }

  private void rightful(String tried, String client, String path, Call call) {
    boolean selfSigned = client.equals("self-signed-app");
    Identity identity = selfSigned ? identities.selfSignedApp() : identities.paymentsApp();
    Expectation expectation =
        new Expectation.Served(
            path.equals(PAYMENTS) ? 201 : 200, client, CERTIFICATE, identity.thumbprint());
    attempts.add(
        new Attempt(
            CERTIFICATE,
            selfSigned ? client : "payments-app",
            tried,
            selfSigned ? selfSignedApp : paymentsApp,
            path,
            call,
            expectation));
  }

  private void theft(String tried, Person person, String path, Call call, int status) {
    Expectation expectation = new Expectation.Refused(status);
    attempts.add(new Attempt(CERTIFICATE, Attempt.THIEF, tried, person, path, call, expectation));
  }

  private void unbound(String tried, Call call) {
    Expectation expectation = new Expectation.Refused(401);
    attempts.add(new Attempt(BEARER, Attempt.THIEF, tried, thief, ME, call, expectation));
  }

  private static Call get(String token) {
    return Call.GET.bearing(token);
  }

  private static Call post(String token) {
    return get(token).post("amount=100");
  }
}
