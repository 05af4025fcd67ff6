package dev.holdfast.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Hashtable;
import org.bouncycastle.tls.ServerHello;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsUtils;

/**
 * Bouncy Castle's protocol, which looks at the server's answer as it was sent. It refuses the
 * extension in TLS 1.3's EncryptedExtensions, and shows a resumed session's stored one in TLS 1.2.
 */
final class OfferingClientProtocol extends TlsClientProtocol {
  private final OfferingTlsClient client;

  OfferingClientProtocol(OfferingTlsClient client) {
    this.client = client;
  }

  OfferingClientProtocol(OfferingTlsClient client, InputStream in, OutputStream out) {
    super(in, out);
    this.client = client;
  }

  @Override
  protected ServerHello receiveServerHelloMessage(ByteArrayInputStream message) throws IOException {
    ServerHello hello = super.receiveServerHelloMessage(message);
    Hashtable<?, ?> extensions = hello.getExtensions();
    client.answered(
        extensions == null ? null : (byte[]) extensions.get(OfferingTlsClient.TOKEN_BINDING));
    return hello;
  }

  @Override
  protected void receive13EncryptedExtensions(ByteArrayInputStream message) throws IOException {
    byte[] extensions = TlsUtils.readOpaque16(message);
    ByteArrayOutputStream others = new ByteArrayOutputStream();
    ByteArrayInputStream in = new ByteArrayInputStream(extensions);
    while (in.available() > 0) {
      int type = TlsUtils.readUint16(in);
      byte[] data = TlsUtils.readOpaque16(in);
      if (type == OfferingTlsClient.TOKEN_BINDING) {
        client.answered(data);
      } else {
        TlsUtils.writeUint16(type, others);
        TlsUtils.writeOpaque16(data, others);
      }
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    TlsUtils.writeOpaque16(others.toByteArray(), rest);
    super.receive13EncryptedExtensions(new ByteArrayInputStream(rest.toByteArray()));
  }
}
