package dev.holdfast.introspection.signed;

import dev.holdfast.internal.files.UnusableFileException;
import dev.holdfast.internal.files.WatchedFiles;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.internal.jose.privatekey.JweDecryption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The private key to which the issuer encrypts its responses, as it is in its file now. */
public final class DecryptionKey {
  private final WatchedFiles<JweDecryption> key;

  private DecryptionKey(WatchedFiles<JweDecryption> key) {
    this.key = key;
  }

  /**
   * The key in a file, PKCS #8 in PEM or one JWK, which is read now and again when it has changed.
   *
   * @param setting the name of the setting that names the file, for the log
   * @throws UnusableFileException when the file has no key that can decrypt
   */
  public static DecryptionKey of(String setting, Path file, Clock clock)
      throws UnusableFileException {
    return new DecryptionKey(
        WatchedFiles.of(
            setting,
            List.of(file),
            contents -> {
              try {
                return JweDecryption.by(contents.get(0));
              } catch (UnacceptableJoseException unusable) {
                throw new UnusableFileException(unusable.rule());
              }
            },
            clock));
  }

  String decrypt(String text) throws UnacceptableJoseException {
    return key.current().decrypt(text);
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "DecryptionKey";
  }
}
