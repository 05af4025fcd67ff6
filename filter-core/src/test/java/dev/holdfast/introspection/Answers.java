package dev.holdfast.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Verification;
import dev.holdfast.introspection.IntrospectionEndpoint.ClientAuthentication;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the tests of this package ask and how they read the outcome. */
final class Answers {
  private Answers() {}

  static IntrospectionEndpoint endpoint(String uri, Duration timeout) {
    return new IntrospectionEndpoint(
        null,
        URI.create(uri),
        "api",
        "throw-away-secret",
        ClientAuthentication.BASIC,
        Set.of(),
        timeout,
        Duration.ofSeconds(10));
  }

  static PresentedToken token(String value) {
    return PresentedToken.of(Scheme.BEARER, value);
  }

  static Verification settled(CompletableFuture<Verification> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** The reason why the issuer could not be asked; anything else fails the test. */
  static String unavailable(CompletableFuture<?> future) {
    try {
      Object answer = future.get(20, TimeUnit.SECONDS);
      throw new AssertionError("answered " + answer);
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(IssuerUnavailableException.class);
      return String.valueOf(e.getCause().getMessage());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
