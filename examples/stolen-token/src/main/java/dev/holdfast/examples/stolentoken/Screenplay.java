package dev.holdfast.examples.stolentoken;

import dev.holdfast.testing.Identity;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is tried. The rightful clients come first, so that the APIs know their tokens
 * already when the thief comes: a cached token must not be easier to use than a new one.
 */
final class Screenplay {

  private static final String CERTIFICATE = "certificate";
  private static final String BEARER = "none (bearer)";
  private static final String ME = "/me";
  private static final String PAYMENTS = "/payments";

  private final Cast cast;
  private final Tokens tokens;
  private final List<Scene> scenes = new ArrayList<>();

  private final Person paymentsApp;
  private final Person selfSignedApp;
  private final Person thief;
  private final Person impostor;
  private final Person nobody;

  private Screenplay(Cast cast, Tokens tokens) {
    this.cast = cast;
    this.tokens = tokens;
    this.paymentsApp = new HttpsPerson(cast.pki().sslContext(cast.paymentsApp()));
    this.selfSignedApp = new HttpsPerson(cast.pki().sslContext(cast.selfSignedApp()));
    this.thief = new HttpsPerson(cast.pki().sslContext(cast.thief()));
    this.impostor = new HttpsPerson(cast.pki().sslContext(cast.impostor()));
    this.nobody = new HttpsPerson(cast.pki().sslContext());
  }

  static List<Scene> write(Cast cast, Tokens tokens) {
    Screenplay play = new Screenplay(cast, tokens);
    play.rightfulCalls();
    play.theftsWithAnotherKey();
    play.theftsInAnotherPlace();
    play.theftsOfWhatIsNotBound();
    play.forgeries();
    return List.copyOf(play.scenes);
  }

  private void rightfulCalls() {
    String jwt = tokens.jwt();
    rightful("its JWT: read the account", "payments-app", ME, get(jwt));
    rightful("its JWT: make a payment", "payments-app", PAYMENTS, post(jwt));
    String opaque = tokens.opaque();
    rightful("its opaque token: read the account", "payments-app-opaque", ME, get(opaque));
    rightful("its opaque token: make a payment", "payments-app-opaque", PAYMENTS, post(opaque));
    rightful("its JWT: read the account", "self-signed-app", ME, get(tokens.selfSignedJwt()));
    scenes.add(
        new Scene(
            "–",
            "anyone",
            "no token at all: /public/ping",
            nobody,
            "/public/ping",
            Call.GET,
            new Ending.Public()));
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
            tokens.jwt(), cast.paymentsApp().thumbprint(), cast.thief().thumbprint());
    theft("stolen JWT, the thief's thumbprint written into it", thief, ME, get(rewritten), 401);
    theft("garbled JWT", thief, ME, get(Forgery.garble(tokens.jwt())), 401);
    theft("garbled opaque token", thief, ME, get(Forgery.garble(tokens.opaque())), 401);
  }

  private void rightful(String tried, String client, String path, Call call) {
    boolean selfSigned = client.equals("self-signed-app");
    Identity identity = selfSigned ? cast.selfSignedApp() : cast.paymentsApp();
    Ending ending =
        new Ending.Served(
            path.equals(PAYMENTS) ? 201 : 200, client, CERTIFICATE, identity.thumbprint());
    scenes.add(
        new Scene(
            CERTIFICATE,
            selfSigned ? client : "payments-app",
            tried,
            selfSigned ? selfSignedApp : paymentsApp,
            path,
            call,
            ending));
  }

  private void theft(String tried, Person person, String path, Call call, int status) {
    Ending ending = new Ending.Refused(status);
    scenes.add(new Scene(CERTIFICATE, Scene.THIEF, tried, person, path, call, ending));
  }

  private void unbound(String tried, Call call) {
    Ending ending = new Ending.Refused(401);
    scenes.add(new Scene(BEARER, Scene.THIEF, tried, thief, ME, call, ending));
  }

  private static Call get(String token) {
    return Call.GET.bearing(token);
  }

  private static Call post(String token) {
    return get(token).post("amount=100");
  }
}
