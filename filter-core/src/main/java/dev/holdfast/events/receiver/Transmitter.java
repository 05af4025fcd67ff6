package dev.holdfast.events.receiver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may deliver events, and for whom.
 *
 * @param issuer {@code iss} of its tokens
 * @param audiences one must be in {@code aud} of its tokens
 * @param keys by which it signs
 * @param pushAuthorization the whole {@code Authorization} field with which it pushes; null: its
 *     signature is enough
 */
public record Transmitter(
    String issuer, Set<String> audiences, SignerKeys keys, @Nullable String pushAuthorization) {

  /** Copies the audiences, of which there is one at least. */
  public Transmitter {
    audiences = Set.copyOf(audiences);
    if (audiences.isEmpty()) {
      throw new IllegalArgumentException("a transmitter has an audience");
    }
  }

  /** Whether a push with these fields authenticates it; the time does not tell how nearly. */
  boolean isAuthenticatedBy(List<String> authorization) {
    return pushAuthorization == null
        || (authorization.size() == 1
            && MessageDigest.isEqual(
                pushAuthorization.getBytes(StandardCharsets.UTF_8),
                authorization.get(0).getBytes(StandardCharsets.UTF_8)));
  }

  /** The scheme of its push authorization, for a challenge. */
  String scheme() {
    String text = String.valueOf(pushAuthorization);
    int blank = text.indexOf(' ');
    return blank < 0 ? "Bearer" : text.substring(0, blank);
  }

  /** Nothing of the secret. */
  @Override
  public String toString() {
    return "Transmitter[" + issuer + ", " + audiences + "]";
  }
}
