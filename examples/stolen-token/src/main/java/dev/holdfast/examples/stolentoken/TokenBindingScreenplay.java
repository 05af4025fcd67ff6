package dev.holdfast.examples.stolentoken;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What is tried with tokens that are bound to a Token Binding: a signature over each TLS connection
 * (RFC 8471), so that what was captured on one connection is worth nothing on another.
 */
final class TokenBindingScreenplay {

  private static final String TOKEN_BINDING = "token-binding";
  private static final String APP = "token-binding-app";

  private final TokenBindingTokens tokens;
  private final TokenBindingPerson app;
  private final TokenBindingPerson appOverTls12;
  private final TokenBindingPerson thief;
  private final TokenBindingPerson thiefOverTls12;
  private final TokenBindingPerson eavesdropper;
  private final TokenBindingPerson eavesdropperOverTls12;
  private final TokenBindingPerson withoutExtension;
  private final Person nobody;
  private final List<Scene> scenes = new ArrayList<>();

  private TokenBindingScreenplay(ThrowAwayPki pki, TokenBindingTokens tokens) {
    this.tokens = tokens;
    TokenBindingClient tls13 = TokenBindingClient.trusting(pki.certificate()).offering(2);
    TokenBindingClient tls12 = tls13.withVersion("TLSv1.2");
    TokenBindingKey own = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
    this.app = TokenBindingPerson.holding(tokens.key(), tls13);
    this.appOverTls12 = TokenBindingPerson.holding(tokens.key(), tls12);
    this.thief = TokenBindingPerson.holding(own, tls13);
    this.thiefOverTls12 = TokenBindingPerson.holding(own, tls12);
    this.eavesdropper = TokenBindingPerson.repeating(app, tls13);
    this.eavesdropperOverTls12 = TokenBindingPerson.repeating(appOverTls12, tls12);
    this.withoutExtension = TokenBindingPerson.repeating(app, tls13.offering((byte[]) null));
    this.nobody = new HttpsPerson(pki.sslContext());
  }

  static List<Scene> write(ThrowAwayPki pki, TokenBindingTokens tokens) {
    TokenBindingScreenplay play = new TokenBindingScreenplay(pki, tokens);
    play.rightful("its JWT: read the account", APP, play.app, tokens.jwt());
    play.rightful("its JWT over TLS 1.2", APP, play.appOverTls12, tokens.jwt());
    play.rightful("its opaque token", APP + "-opaque", play.app, tokens.opaque());
    play.theft("stolen JWT on a connection without Token Binding", play.nobody);
    play.theft("stolen JWT, own Token Binding key", play.thief);
    play.theft("stolen JWT, own Token Binding key, TLS 1.2", play.thiefOverTls12);
    play.theft("stolen JWT and the captured message, on another connection", play.eavesdropper);
    play.theft(
        "stolen JWT and the captured message, on another connection, TLS 1.2",
        play.eavesdropperOverTls12);
    play.theft(
        "stolen JWT and the captured message, without the TLS extension", play.withoutExtension);
    return List.copyOf(play.scenes);
  }

  private void rightful(String tried, String client, Person person, String token) {
    Ending ending = new Ending.Served(200, client, TOKEN_BINDING, tokens.key().tbh());
    scenes.add(scene(APP, tried, person, token, ending));
  }

  private void theft(String tried, Person person) {
    scenes.add(scene(Scene.THIEF, tried, person, tokens.jwt(), new Ending.Refused(401)));
    scenes.add(
        scene(
            Scene.THIEF,
            tried.replace("JWT", "opaque token"),
            person,
            tokens.opaque(),
            new Ending.Refused(401)));
  }

  private static Scene scene(String who, String tried, Person person, String token, Ending ending) {
    return new Scene(TOKEN_BINDING, who, tried, person, "/me", Call.GET.bearing(token), ending);
  }
}
