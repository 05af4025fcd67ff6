package dev.holdfast.introspection;

import dev.holdfast.PresentedToken;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.issuer.HttpAnswer;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Asks the endpoint about a token that Holdfast made up itself. What a caller's token brings about
 * may be that token's doing; what this one brings about is the endpoint's. RFC 7662 section 2.2 has
 * an unknown token answered with {@code "active": false}.
 */
final class Probe {
  private static final int TOKEN_BYTES = 24;

  private final PresentedToken unknown;
  private final Function<PresentedToken, CompletableFuture<HttpAnswer>> exchange;

  Probe(Function<PresentedToken, CompletableFuture<HttpAnswer>> exchange) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    this.unknown = PresentedToken.of(PresentedToken.Scheme.BEARER, Base64Url.encode(random));
    this.exchange = exchange;
  }

  /** One call about the made-up token; it never fails. */
  CompletableFuture<Outcome> ask() {
    return exchange.apply(unknown).handle(Outcome::of);
  }
}
