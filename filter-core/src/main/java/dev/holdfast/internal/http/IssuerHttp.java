package dev.holdfast.internal.http;

import dev.holdfast.IssuerUnavailableException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks an issuer's endpoints over HTTP/1.1 (RFC 9112): one total deadline from the look-up of the
 * name to the last byte read, a limit on the body, no redirect followed (a credential would travel
 * with it), no content coding asked for or taken. Any failure is {@link
 * IssuerUnavailableException}.
 */
public final class IssuerHttp implements AutoCloseable {
  private static final Duration SWEEP = Duration.ofSeconds(10);

  /** A burst leaves so many behind at most, and those not needed are closed within a minute. */
  private static final int MOST_IDLE = 1024;

  private final @Nullable SSLContext trust;
  private final Duration deadline;
  private final int maxBodyBytes;
  private final NameLookup lookup;
  private final OpenSockets sockets = new OpenSockets();
  private final boolean allowPlainHttp;

  private IssuerHttp(
      @Nullable SSLContext trust,
      Duration deadline,
      int maxBodyBytes,
      NameLookup lookup,
      boolean allowPlainHttp) {
    if (deadline.isZero() || deadline.isNegative()) {
      throw new IllegalArgumentException("a deadline is positive");
    }
    this.trust = trust;
    this.deadline = deadline;
    this.maxBodyBytes = maxBodyBytes;
    this.lookup = lookup;
    this.allowPlainHttp = allowPlainHttp;
  }

  /**
   * A client.
   *
   * @param trust whom to trust, or null for the JVM's trust store
   * @param deadline for one exchange in all, positive
   * @param maxBodyBytes a longer body ends the exchange
   */
  public static IssuerHttp of(@Nullable SSLContext trust, Duration deadline, int maxBodyBytes) {
    return of(trust, deadline, maxBodyBytes, InetAddress::getAllByName);
  }

  static IssuerHttp of(
      @Nullable SSLContext trust, Duration deadline, int maxBodyBytes, NameLookup lookup) {
    return new IssuerHttp(trust, deadline, maxBodyBytes, lookup, false);
  }

  /** The same, which takes {@code http} for every host where a setting says so. */
  public IssuerHttp allowingPlainHttp(boolean allowed) {
    return new IssuerHttp(trust, deadline, maxBodyBytes, lookup, allowed);
  }

  /**
   * Reads what lies at the address, once in a while: no connection is kept for it.
   *
   * @throws IllegalArgumentException for an address that {@link IssuerUri} does not take
   */
  public IssuerCall get(URI uri) {
    return call(
        IssuerUri.require("the address", uri.toString(), allowPlainHttp), RequestTemplate.get(uri));
  }

  /**
   * Posts a form to the address.
   *
   * @param authorization the field's value, or null to send none; never shown
   * @throws IllegalArgumentException for an address that {@link IssuerUri} does not take
   */
  public IssuerCall post(URI uri, @Nullable String authorization) {
    return call(
        IssuerUri.require("the address", uri.toString(), allowPlainHttp),
        RequestTemplate.post(uri, authorization));
  }

  private IssuerCall call(URI uri, RequestTemplate request) {
    IdleConnections idle =
        new IdleConnections(
            MOST_IDLE,
            System::nanoTime,
            task -> {
              Future<?> unused =
                  sockets.later().after(SWEEP, () -> OwnThread.EXECUTOR.execute(task));
            });
    return new IssuerCall(
        request,
        new Dialer(uri, trust, lookup, sockets, allowPlainHttp),
        idle,
        deadline,
        maxBodyBytes);
  }

  /** Ends every exchange and every connection; from here on each call fails. */
  @Override
  public void close() {
    sockets.close();
  }
}
