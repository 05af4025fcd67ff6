package dev.holdfast.tls.tomcat;

import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.jsse.JSSESupport;
import org.jspecify.annotations.Nullable;

/** What Tomcat knows of a connection's TLS, and the session itself. */
final class SessionSupport extends JSSESupport {
  private final SSLSession connection;

  SessionSupport(SSLSession session, @Nullable Map<String, List<String>> additionalAttributes) {
    super(session, additionalAttributes);
    this.connection = session;
  }

  SSLSession connection() {
    return connection;
  }
}
