package dev.holdfast.configuration;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS to an issuer: whom to trust there and, where it is known, with which key to call. Its
 * contents may change while the application runs.
 */
public final class IssuerTls {
  private final Supplier<SSLContext> context;
  private final TrustManager @Nullable [] trust;
  private final boolean mayHaveKey;

  private IssuerTls(
      Supplier<SSLContext> context, TrustManager @Nullable [] trust, boolean mayHaveKey) {
    this.context = context;
    this.trust = trust;
    this.mayHaveKey = mayHaveKey;
  }

  /** Whatever this context has, trust and perhaps a key. */
  public static IssuerTls of(SSLContext context) {
    return new IssuerTls(() -> context, null, true);
  }

  /**
   * What is in force at the time of a call, trust and key.
   *
   * @param context another one after a change, and the same one until then
   * @param hasKey whether there is a key with which to call
   */
  public static IssuerTls changing(Supplier<SSLContext> context, boolean hasKey) {
    return new IssuerTls(context, null, hasKey);
  }

  /** Trust alone, to which a key can be added. */
  public static IssuerTls trusting(SSLContext context, TrustManager... managers) {
    return new IssuerTls(() -> context, managers.clone(), false);
  }

  /** What is in force now. */
  public SSLContext context() {
    return context.get();
  }

  /** Whether there may be a key with which to call. */
  public boolean mayHaveKey() {
    return mayHaveKey;
  }

  /** Whom to trust; null where that is known only together with the key. */
  public TrustManager @Nullable [] trustManagers() {
    return trust == null ? null : trust.clone();
  }
}
