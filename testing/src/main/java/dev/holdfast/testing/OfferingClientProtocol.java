package dev.holdfast.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Hashtable;
import org.bouncycastle.tls.ServerHello;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/**
 * Bouncy Castle's protocol, which looks at the server's answer as it was sent. It refuses the
 * extension in TLS 1.3's EncryptedExtensions, and shows a resumed session's stored one in TLS 1.2.
 */
final class OfferingClientProtocol extends TlsClientProtocol {
  private final OfferingTlsClient client;
  private final @Nullable RecordRewriting rewriting;

  OfferingClientProtocol(OfferingTlsClient client, RecordRewriting rewriting) {
    this.client = client;
    this.rewriting = rewriting;
  }

  OfferingClientProtocol(OfferingTlsClient client, InputStream in, OutputStream out) {
    super(in, out);
    this.client = client;
    this.rewriting = null;
  }

  @Override
  protected void writeRecord(short type, byte[] buffer, int offset, int length) throws IOException {
    if (rewriting == null) {
      super.writeRecord(type, buffer, offset, length);
      return;
    }
    byte[] content = Arrays.copyOfRange(buffer, offset, offset + length);
    for (RecordRewriting.Plain instead : rewriting.instead(type, content)) {
      byte[] changed = instead.content();
      super.writeRecord(instead.type(), changed, 0, changed.length);
    }
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
