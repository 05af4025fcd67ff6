package dev.holdfast.tls.engine.record;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;

/**
 * A record of an established connection that was decrypted and is no application data. It is handed
 * on to {@link ServerProtocol}, which decides what follows from it.
 */
sealed interface OtherRecord {
  /** Whoever reads the content of records. */
  interface Reader {
    void read(short type, byte[] content, int offset, int length) throws IOException;
  }

  /**
   * Has its content read.
   *
   * @throws TlsFatalAlert where there is none to be read
   */
  void to(Reader reader) throws IOException;

  /**
   * One of another type: of the handshake, an alert, or of a type that nobody knows.
   *
   * @param type what stands in the record, not what stands before it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Message(short type, byte[] content) implements OtherRecord {
    @Override
    public void to(Reader reader) throws IOException {
      if (content.length == 0) {
        throw new TlsFatalAlert(AlertDescription.illegal_parameter);
      }
      reader.read(type, content, 0, content.length);
    }
  }

  /** One that is not what the client has sent, or has no content. */
  record Refused(TlsFatalAlert alert) implements OtherRecord {
    @Override
    public void to(Reader reader) throws TlsFatalAlert {
      throw alert;
    }
  }
}
