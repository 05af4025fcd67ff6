package dev.holdfast.tokenbinding.message;

import dev.holdfast.internal.Base64Url;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A TokenBindingMessage: what a client says about its keys. Well-formed, and unverified: {@link
 * TokenBindingMessageVerifier} says what is true of it.
 *
 * <p>Reading is strict. Every length is exact, from the message's own to those of the extensions;
 * nothing trails. Known key parameters mean a well-formed key and a signature of its length,
 * whatever the type; unknown key parameters are opaque, and unknown types and extensions are read
 * over.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8471#section-3">RFC 8471, section 3</a>
 */
public final class TokenBindingMessage {
  /**
   * The longest message that is read, in bytes. One with two RSA keys has 1,054; signatures are
   * what makes a message expensive, and this and {@link #MAX_BINDINGS} limit them.
   */
  public static final int MAX_BYTES = 4096;

  /** The most bindings that are read in one message. */
  public static final int MAX_BINDINGS = 8;

  /** The longest field value that is read, in characters: base64url of {@link #MAX_BYTES}. */
  static final int MAX_CHARACTERS = (MAX_BYTES * 4 + 2) / 3;

  private static final int MIN_VECTOR_BYTES = 132;

  private final List<TokenBinding> bindings;

  private TokenBindingMessage(List<TokenBinding> bindings) {
    this.bindings = List.copyOf(bindings);
  }

  /**
   * Reads a message, to its last byte.
   *
   * @throws RefusedTokenBindingException when it breaks a rule; no other exception is thrown,
   *     whatever the bytes
   */
  public static TokenBindingMessage parse(byte[] bytes) throws RefusedTokenBindingException {
    if (bytes.length > MAX_BYTES) {
      throw new RefusedTokenBindingException("the message is longer than 4096 bytes");
    }
    ByteReader reader = new ByteReader(bytes);
    int length = reader.u16();
    if (length != reader.remaining()) {
      throw new RefusedTokenBindingException("the message's length is not that of its bindings");
    }
    if (length == 0) {
      throw new RefusedTokenBindingException("the message has no token binding");
    }
    if (length < MIN_VECTOR_BYTES) {
      throw new RefusedTokenBindingException("the message's bindings have fewer than 132 bytes");
    }
    List<TokenBinding> bindings = new ArrayList<>(2);
    while (reader.hasMore()) {
      if (bindings.size() == MAX_BINDINGS) {
        throw new RefusedTokenBindingException("the message has more than 8 bindings");
      }
      bindings.add(TokenBinding.read(reader));
    }
    return new TokenBindingMessage(bindings);
  }

  /**
   * Reads the value of a {@code Sec-Token-Binding} field: the message in base64url, without
   * padding, white space or any other character, in its one canonical spelling (RFC 8473 section
   * 2).
   *
   * @throws RefusedTokenBindingException when it breaks a rule
   */
  public static TokenBindingMessage parseField(String value) throws RefusedTokenBindingException {
    if (value.length() > MAX_CHARACTERS) {
      throw new RefusedTokenBindingException("the message is longer than 4096 bytes");
    }
    byte @Nullable [] bytes = Base64Url.decode(value);
    if (bytes == null) {
      throw new RefusedTokenBindingException("the message is not canonical base64url");
    }
    return parse(bytes);
  }

  /** The bindings in the order received, at least one. */
  public List<TokenBinding> bindings() {
    return bindings;
  }

  @Override
  public String toString() {
    return "TokenBindingMessage" + bindings;
  }
}
