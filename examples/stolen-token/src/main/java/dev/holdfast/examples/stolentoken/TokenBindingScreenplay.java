package dev.holdfast.examples.stolentoken;

import dev.holdfast.testing.ThrowAwayPki;
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
  private final TokenBindingPerson eavesdropper;
  private final Person nobody;
  private final List<Scene> scenes = new ArrayList<>();

  private TokenBindingScreenplay(ThrowAwayPki pki, TokenBindingTokens tokens) {
    this.tokens = tokens;
    this.app = TokenBindingPerson.holding(tokens.key(), pki.sslContext(), "TLSv1.3");
    this.appOverTls12 = TokenBindingPerson.holding(tokens.key(), pki.sslContext(), "TLSv1.2");
    this.thief =
        TokenBindingPerson.holding(
            TokenBindingKey.generate(TokenBindingKey.ECDSAP256), pki.sslContext(), "TLSv1.3");
    this.eavesdropper = TokenBindingPerson.repeating(app, pki.sslContext());
    this.nobody = new HttpsPerson(pki.sslContext());
  }

  static List<Scene> write(ThrowAwayPki pki, TokenBindingTokens tokens) {
    TokenBindingScreenplay play = new TokenBindingScreenplay(pki, tokens);
    play.rightful("its JWT: read the account", APP, play.app, tokens.jwt());
    play.rightful("its JWT over TLS 1.2", APP, play.appOverTls12, tokens.jwt());
    play.rightful("its opaque token", APP + "-opaque", play.app, tokens.opaque());
    play.theft("stolen JWT on a connection without Token Binding", play.nobody);
    play.theft("stolen JWT, own Token Binding key", play.thief);
    play.theft("stolen JWT and the captured message, on another connection", play.eavesdropper);
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
