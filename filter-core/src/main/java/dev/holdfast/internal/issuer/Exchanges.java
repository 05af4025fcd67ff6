package dev.holdfast.internal.issuer;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** Makes exchanges over connections that are kept. */
interface Exchanges {

  /** Whether a connection by this route waits to be used. */
  boolean keepsOne(HttpRoute route);

  /**
   * Sends the request, and ends it from outside when its time is over: no peer can stretch that,
   * however it dribbles.
   *
   * @throws IOException when there is no answer
   */
  HttpAnswer execute(HttpUriRequestBase request, Exchange exchange) throws IOException;
}
