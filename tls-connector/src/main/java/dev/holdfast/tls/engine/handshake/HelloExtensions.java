package dev.holdfast.tls.engine.handshake;

import java.util.Map;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;

/** What a ClientHello of TLS 1.3 must have (RFC 8446 section 9.2). */
final class HelloExtensions {
  private HelloExtensions() {}

  /**
   * Looks at the extensions of a ClientHello once its version is chosen.
   *
   * @throws TlsFatalAlert missing_extension where there is only one of groups and key shares, or
   *     neither and no pre-shared key
   */
  static void require(TlsContext context, Map<?, ?> extensions) throws TlsFatalAlert {
    if (!TlsUtils.isTLSv13(context)) {
      return;
    }
    boolean groups = extensions.containsKey(ExtensionType.supported_groups);
    boolean shares = extensions.containsKey(ExtensionType.key_share);
    if (groups != shares || !(groups || extensions.containsKey(ExtensionType.pre_shared_key))) {
      throw new TlsFatalAlert(
          AlertDescription.missing_extension, "supported_groups and key_share go together");
    }
  }
}
