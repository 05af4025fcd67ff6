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
final class TokenBindingAttempts {

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
  private final List<Attempt> attempts = new ArrayList<>();

  private TokenBindingAttempts(ThrowAwayPki pki, TokenBindingTokens tokens) {
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

  static List<Attempt> list(ThrowAwayPki pki, TokenBindingTokens tokens) {
    TokenBindingAttempts all = new TokenBindingAttempts(pki, tokens);
    all.rightful("its JWT: read the account", APP, all.app, tokens.jwt());
    all.rightful("its JWT over TLS 1.2", APP, all.appOverTls12, tokens.jwt());
    all.rightful("its opaque token", APP + "-opaque", all.app, tokens.opaque());
    all.theft("stolen JWT on a connection without Token Binding", all.nobody);
    all.theft("stolen JWT, own Token Binding key", all.thief);
    all.theft("stolen JWT, own Token Binding key, TLS 1.2", all.thiefOverTls12);
    all.theft("stolen JWT and the captured message, on another connection", all.eavesdropper);
    all.theft(
        "stolen JWT and the captured message, on another connection, TLS 1.2",
        all.eavesdropperOverTls12);
    all.theft(
        "stolen JWT and the captured message, without the TLS extension", all.withoutExtension);
    return List.copyOf(all.attempts);
  }

  private void rightful(String tried, String client, Person person, String token) {
    Expectation expectation =
        new Expectation.Served(200, client, TOKEN_BINDING, tokens.key().tbh());
    attempts.add(attempt(APP, tried, person, token, expectation));
  }

  private void theft(String tried, Person person) {
    attempts.add(attempt(Attempt.THIEF, tried, person, tokens.jwt(), new Expectation.Refused(401)));
    attempts.add(
        attempt(
            Attempt.THIEF,
            tried.replace("JWT", "opaque token"),
            person,
            tokens.opaque(),
            new Expectation.Refused(401)));
  }

  private static Attempt attempt(
      String who, String tried, Person person, String token, Expectation expectation) {
    return new Attempt(
        TOKEN_BINDING, who, tried, person, "/me", Call.GET.bearing(token), expectation);
  }
}
