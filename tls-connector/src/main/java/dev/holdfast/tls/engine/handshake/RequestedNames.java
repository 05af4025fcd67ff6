package dev.holdfast.tls.engine.handshake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/** The server's names that a client asks for (RFC 6066 section 3). */
final class RequestedNames {
  private RequestedNames() {}

  /**
   * Host names; other types are passed over.
   *
   * @param sent Bouncy Castle's {@code ServerName}s, or null for none
   * @param matchers the container's, each of which must take a name of its type
   * @throws TlsFatalAlert illegal_parameter for what is no host name, unrecognized_name for one
   *     that is not taken
   */
  static List<SNIServerName> of(@Nullable List<?> sent, Collection<SNIMatcher> matchers)
      throws TlsFatalAlert {
    List<SNIServerName> names = new ArrayList<>();
    for (Object each : sent == null ? List.of() : sent) {
      ServerName name = (ServerName) each;
      if (name.getNameType() == StandardConstants.SNI_HOST_NAME) {
        names.add(hostName(name.getNameData()));
      }
    }
    for (SNIServerName name : names) {
      for (SNIMatcher matcher : matchers) {
        if (matcher.getType() == name.getType() && !matcher.matches(name)) {
          throw new TlsFatalAlert(AlertDescription.unrecognized_name);
        }
      }
    }
    return List.copyOf(names);
  }

  private static SNIServerName hostName(byte[] name) throws TlsFatalAlert {
    try {
      return new SNIHostName(name);
    } catch (IllegalArgumentException noHostName) {
      throw new TlsFatalAlert(AlertDescription.illegal_parameter, noHostName);
    }
  }
}
