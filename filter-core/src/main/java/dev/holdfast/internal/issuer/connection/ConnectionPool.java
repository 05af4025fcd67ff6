package dev.holdfast.internal.issuer.connection;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;

/**
 * The connections to one issuer. The last one that was used is the next one, so that what is not
 * needed grows old. Each is looked at before it is used again.
 */
public final class ConnectionPool extends PoolingHttpClientConnectionManager {
  /** Beyond what {@code max-concurrent-calls} lets through, so that nobody waits here. */
  private static final int MOST = 1024;

  private volatile boolean over;

  public ConnectionPool(Dialer dialer, int maxBodyBytes) {
    super(
        dialer,
        PoolConcurrencyPolicy.STRICT,
        PoolReusePolicy.LIFO,
        TimeValue.NEG_ONE_MILLISECOND,
        socket -> new IssuerConnection(maxBodyBytes));
    setMaxTotal(MOST);
    setDefaultMaxPerRoute(MOST);
    setDefaultConnectionConfig(
        ConnectionConfig.custom().setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS).build());
  }

  /**
   * HttpClient closes its pool when a call meets an {@link Error}. One that runs out of stack must
   * not keep this service from its issuer until the next start.
   */
  @Override
  public void close(CloseMode mode) {
    if (over) {
      super.close(mode);
    } else {
      closeIdle(TimeValue.ZERO_MILLISECONDS);
    }
  }

  public void closeForGood() {
    over = true;
    close(CloseMode.GRACEFUL);
  }
}
