package dev.holdfast.internal.issuer;

import dev.holdfast.IssuerClient;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.connection.Dialer;
import dev.holdfast.internal.issuer.connection.NameLookup;
import dev.holdfast.internal.net.IssuerUri;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks an issuer's endpoints over HTTP/1.1 (RFC 9112) with Apache HttpClient: one total deadline
 * from the look-up of the name to the last byte read, a limit on the body, no redirect followed (a
 * credential would travel with it), no cookie, no content coding asked for or taken. Any failure is
 * {@link IssuerUnavailableException}.
 *
 * <p>Credentials are sent to a proxy that asks for them (Basic, Digest), as the JVM's {@link
 * java.net.Authenticator} or {@code https.proxyUser} and {@code https.proxyPassword} name them.
 */
public final class IssuerHttp implements AutoCloseable {
  private final @Nullable SSLContext trust;
  private final Duration longest;
  private final int maxBodyBytes;
  private final NameLookup lookup;
  private final boolean allowPlainHttp;
  private final @Nullable IssuerClient client;
  private final @Nullable Supplier<SSLContext> keyed;
  private final Exchanges exchanges;

  private IssuerHttp(
      @Nullable SSLContext trust,
      Duration longest,
      int maxBodyBytes,
      NameLookup lookup,
      boolean allowPlainHttp,
      @Nullable IssuerClient client,
      @Nullable Supplier<SSLContext> keyed) {
    if (longest.isZero() || longest.isNegative()) {
      throw new IllegalArgumentException("a deadline is positive");
    }
    this.trust = trust;
    this.longest = longest;
    this.maxBodyBytes = maxBodyBytes;
    this.lookup = lookup;
    this.allowPlainHttp = allowPlainHttp;
    this.client = client;
    this.keyed = keyed;
    this.exchanges =
        client != null
            ? new HandedExchanges(client, maxBodyBytes)
            : new OwnExchanges(
                new Dialer(trust, lookup, allowPlainHttp), longest, maxBodyBytes, keyed);
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
    return new IssuerHttp(trust, deadline, maxBodyBytes, lookup, false, null, null);
  }

  /** The same, which takes {@code http} for every host where a setting says so. */
  public IssuerHttp allowingPlainHttp(boolean allowed) {
    return new IssuerHttp(trust, longest, maxBodyBytes, lookup, allowed, client, keyed);
  }

  /** The same by a client of the application's; null: by Holdfast's own. */
  public IssuerHttp by(@Nullable IssuerClient handed) {
    return new IssuerHttp(trust, longest, maxBodyBytes, lookup, allowPlainHttp, handed, keyed);
  }

  /**
   * The same by this TLS, trust and key. A kept connection is used again only while the context is
   * the one that it began with.
   *
   * @param contexts asked before each exchange; null: by the trust alone
   */
  public IssuerHttp withKeyOf(@Nullable Supplier<SSLContext> contexts) {
    return new IssuerHttp(trust, longest, maxBodyBytes, lookup, allowPlainHttp, client, contexts);
  }

  /**
   * Reads what lies at the address, once in a while: no connection is kept for it.
   *
   * @param accepted the media types, as {@code Accept} names them
   * @throws IllegalArgumentException for an address that {@link IssuerUri} does not take
   */
  public IssuerCall get(URI uri, String accepted) {
    return call("GET", uri).with("Accept", accepted).with("Connection", "close");
  }

  /** {@link #post(URI, String, String)} for an answer in JSON. */
  public IssuerCall post(URI uri, @Nullable String authorization) {
    return post(uri, "application/json", authorization);
  }

  /**
   * Posts a form to the address.
   *
   * @param accepted the media type, as {@code Accept} names it
   * @param authorization the field's value, or null to send none; never shown
   * @throws IllegalArgumentException for an address that {@link IssuerUri} does not take
   */
  public IssuerCall post(URI uri, String accepted, @Nullable String authorization) {
    IssuerCall call =
        call("POST", uri)
            .with("Accept", accepted)
            .with("Content-Type", "application/x-www-form-urlencoded");
    return authorization == null ? call : call.with("Authorization", authorization);
  }

  /**
   * Posts JSON to the address, for an answer in JSON.
   *
   * @param authorization the field's value, or null to send none; never shown
   * @throws IllegalArgumentException for an address that {@link IssuerUri} does not take
   */
  public IssuerCall postJson(URI uri, @Nullable String authorization) {
    IssuerCall call =
        call("POST", uri)
            .with("Accept", "application/json")
            .with("Content-Type", "application/json");
    return authorization == null ? call : call.with("Authorization", authorization);
  }

  private IssuerCall call(String method, URI uri) {
    URI checked = IssuerUri.require("the address", uri.toString(), allowPlainHttp);
    return new IssuerCall(exchanges, method, checked, longest).with("Accept-Encoding", "identity");
  }

  /** Ends every exchange and every connection; from here on each call fails. */
  @Override
  public void close() {
    exchanges.close();
  }
}
