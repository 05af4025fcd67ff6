package dev.holdfast.internal.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.IssuerUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How the tests of this package ask, and how they read the outcome. */
public final class Calls {
  public static final Duration LONG = Duration.ofSeconds(20);
  public static final byte[] FORM = "token=x".getBytes(US_ASCII);
  private static final int MAX_BODY_BYTES = 1000;

  private Calls() {}

  public static IssuerCall post(URI uri, Duration deadline) {
    return IssuerHttp.of(null, deadline, MAX_BODY_BYTES).post(uri, "Basic c2VjcmV0");
  }

  public static IssuerCall post(URI uri) {
    return post(uri, LONG);
  }

  public static HttpAnswer answer(IssuerCall call) {
    try {
      return call.send(FORM).get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** The reason why there is no answer; anything else fails the test. */
  public static String unavailable(IssuerCall call) {
    return unavailable(call, FORM);
  }

  public static String unavailable(IssuerCall call, byte[] body) {
    try {
      HttpAnswer answer = call.send(body).get(30, TimeUnit.SECONDS);
      throw new AssertionError("answered " + answer.status());
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(IssuerUnavailableException.class);
      return String.valueOf(e.getCause().getMessage());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
