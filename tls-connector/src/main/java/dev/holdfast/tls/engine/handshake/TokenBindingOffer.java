package dev.holdfast.tls.engine.handshake;

import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/**
 * What a client offers in the extension {@code token_binding}, and what is answered.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8472#section-2">RFC 8472, sections 2 to 4</a>
 */
final class TokenBindingOffer {
  /** The extension's type. */
  static final Integer TYPE = 24;

  private static final int MAJOR = 1;
  private static final int MINOR = 0;
  private static final int HEAD = 3;

  private final int major;
  private final byte[] keyParameters;

  private TokenBindingOffer(int major, byte[] keyParameters) {
    this.major = major;
    this.keyParameters = keyParameters;
  }

  /**
   * Reads TokenBindingParameters: a version of two bytes, a list of one to 255 bytes behind its
   * length, and nothing after it.
   *
   * @throws TlsFatalAlert decode_error for anything else
   */
  static TokenBindingOffer parse(byte[] data) throws TlsFatalAlert {
    if (data.length <= HEAD || data.length != HEAD + (data[2] & 0xff)) {
      throw new TlsFatalAlert(AlertDescription.decode_error, "malformed token_binding extension");
    }
    return new TokenBindingOffer(
        data[0] & 0xff, java.util.Arrays.copyOfRange(data, HEAD, data.length));
  }

  /**
   * The first of our key parameters that the client has too; null when there are none, or when the
   * client speaks no version as high as ours, {1,0}, which is the lowest here as well.
   */
  @Nullable Integer select(List<Integer> preference) {
    if (major < MAJOR) {
      return null; // {1,0} has the lowest minor
    }
    for (Integer ours : preference) {
      for (byte theirs : keyParameters) {
        if ((theirs & 0xff) == ours) {
          return ours;
        }
      }
    }
    return null;
  }

  /** The server's extension: the lower version, which is ours, and exactly one identifier. */
  static byte[] answer(int selected) {
    return new byte[] {MAJOR, MINOR, 1, (byte) selected};
  }
}
