package dev.holdfast.tls.engine.crypto;

import java.util.List;
import org.bouncycastle.tls.ProtocolVersion;

/** The versions of TLS that this server speaks, by JSSE's names of them. */
public final class ServerVersion {
  public static final String TLS13 = "TLSv1.3";
  public static final String TLS12 = "TLSv1.2";

  /** Those that the JVM does not rule out, the preferred first. */
  public static final List<String> ENABLED = JvmPolicy.protocols(List.of(TLS13, TLS12));

  private ServerVersion() {}

  /** Bouncy Castle's values of these. */
  public static ProtocolVersion[] values(List<String> names) {
    return names.stream()
        .map(name -> name.equals(TLS13) ? ProtocolVersion.TLSv13 : ProtocolVersion.TLSv12)
        .toArray(ProtocolVersion[]::new);
  }
}
