package dev.holdfast;

import dev.holdfast.PresentedToken.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A way to name the key that a token was issued to (RFC 7800 section 3), and what belongs to it:
 * its members of {@code cnf}, the scheme of its tokens, the header fields of its proofs, and
 * whether a proof counts once.
 *
 * <p>It is a registered value. Holdfast brings the three constants; a {@link
 * ConfirmationMethodProvider} brings another. The set is read once and never changes afterwards, so
 * that no token is read before a method is known. What a mechanism may not decide stays with the
 * kernel: the order of the steps, the comparison of keys, the status of a refusal.
 */
public final class ConfirmationMethod implements Comparable<ConfirmationMethod> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** {@code tbh}: the SHA-256 of a Token Binding ID (OAuth 2.0 Token Binding). */
  public static final ConfirmationMethod TOKEN_BINDING =
      named("token-binding").member("tbh").build();

  /** {@code x5t#S256}: the SHA-256 of a client certificate's DER (RFC 8705 section 3.1). */
  public static final ConfirmationMethod CERTIFICATE =
      named("certificate").member("x5t#S256").build();

  /** {@code jkt}: the SHA-256 JWK thumbprint of a DPoP key (RFC 9449 section 6.1). */
  public static final ConfirmationMethod DPOP =
      named("dpop")
          .member("jkt")
          .scheme("DPoP")
          .requestHeader("DPoP")
          .responseHeader("DPoP-Nonce")
          .proofType("dpop+jwt")
          .countsOnce()
          .build();

  private static final List<ConfirmationMethod> CONSTANTS =
      List.of(TOKEN_BINDING, CERTIFICATE, DPOP);

  private final String propertyName;
  private final List<Member> members;
  private final Scheme scheme;
  private final List<String> requestHeaders;
  private final List<String> responseHeaders;
  private final List<String> proofTypes;
  private final boolean countsOnce;

  private ConfirmationMethod(Builder builder) {
    this.propertyName = builder.propertyName;
    this.members = List.copyOf(builder.members);
    this.scheme = builder.scheme;
    this.requestHeaders = List.copyOf(builder.requestHeaders);
    this.responseHeaders = List.copyOf(builder.responseHeaders);
    this.proofTypes = List.copyOf(builder.proofTypes);
    this.countsOnce = builder.countsOnce;
  }

  /** How the value of a member of {@code cnf} names a key. */
  @FunctionalInterface
  public interface KeyReader {
    /**
     * The key's digest.
     *
     * @param value as a JSON parser gives it: an object as {@code Map}, text as {@code String}
     * @return null for a value that names no key; the token is then refused
     */
    @Nullable Sha256Digest read(Object value);
  }

  /**
   * A member of {@code cnf}.
   *
   * @param name case-sensitive
   * @param reader how its value names a key
   * @param problem what a value is that names none, for a log
   */
  record Member(String name, KeyReader reader, String problem) {}

  /**
   * Every method that is registered here: the constants first, in this order.
   *
   * @throws IllegalStateException when a provider cannot be used
   */
  public static List<ConfirmationMethod> all() {
    return RegisteredMethods.ofThisProcess().methods();
  }

  /** Holdfast's own, the constants: no setting makes a mechanism that proves another one. */
  public static List<ConfirmationMethod> ofHoldfast() {
    return CONSTANTS;
  }

  /** The registered method that configuration names so, for example {@code certificate}. */
  public static Optional<ConfirmationMethod> ofPropertyName(String name) {
    return all().stream().filter(method -> method.propertyName.equals(name)).findFirst();
  }

  /**
   * The registered method of this name in any letter case and punctuation, such as {@code
   * TOKEN_BINDING}: for frameworks that convert the text of a property by a method of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ConfirmationMethod valueOf(String text) {
    return all().stream()
        .filter(method -> folded(method.propertyName).equals(folded(text)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no method has that name"));
  }

  private static String folded(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    text.chars()
        .filter(Character::isLetterOrDigit)
        .forEach(letter -> letters.append((char) Character.toLowerCase(letter)));
    return letters.toString();
  }

  /** A method that is still to be described; its name is lower-case words with hyphens. */
  public static Builder named(String propertyName) {
    return new Builder(propertyName);
  }

  /** The name used in configuration, logs and metrics. */
  public String propertyName() {
    return propertyName;
  }

  /** The name of its member inside {@code cnf}, case-sensitive; the first one of several. */
  public String member() {
    return members.get(0).name();
  }

  List<Member> members() {
    return members;
  }

  /** The scheme under which its tokens come: {@link Scheme#BEARER}, or one that is its own. */
  public Scheme scheme() {
    return scheme;
  }

  /** Whether its tokens come under a scheme of its own. */
  public boolean hasOwnScheme() {
    return scheme != Scheme.BEARER;
  }

  /** The header fields in which a client sends its proofs. */
  public List<String> requestHeaders() {
    return requestHeaders;
  }

  /** The header fields in which it answers a client. */
  public List<String> responseHeaders() {
    return responseHeaders;
  }

  /** The {@code typ} of its proofs, in lower case: no access token has one of these. */
  public List<String> proofTypes() {
    return proofTypes;
  }

  /** Whether a proof counts once, so that none may come without a {@link Spending}. */
  public boolean countsOnce() {
    return countsOnce;
  }

  /** In the order of {@link #all}. */
  @Override
  public int compareTo(ConfirmationMethod other) {
    return Integer.compare(all().indexOf(this), all().indexOf(other));
  }

  @Override
  public String toString() {
    return propertyName;
  }

  /** Describes a method. */
  public static final class Builder {
    private final String propertyName;
    private final List<Member> members = new ArrayList<>();
    private Scheme scheme = Scheme.BEARER;
    private final List<String> requestHeaders = new ArrayList<>();
    private final List<String> responseHeaders = new ArrayList<>();
    private final List<String> proofTypes = new ArrayList<>();
    private boolean countsOnce;

    private Builder(String propertyName) {
      if (!NAME.matcher(propertyName).matches()) {
        throw new IllegalArgumentException("a method's name is lower-case words with hyphens");
      }
      this.propertyName = propertyName;
    }

    /** A member of {@code cnf} whose value is the canonical base64url of a SHA-256 digest. */
    public Builder member(String name) {
      members.add(new Member(name, Builder::digest, "is not a base64url SHA-256 digest"));
      return this;
    }

    private static @Nullable Sha256Digest digest(Object value) {
      return value instanceof String text ? Sha256Digest.parse(text).orElse(null) : null;
    }

    /** A member of {@code cnf} with a reader of its own. */
    public Builder member(String name, KeyReader reader) {
      members.add(new Member(name, reader, "names no key"));
      return this;
    }

    /** Tokens come under this scheme, which is no other method's. */
    public Builder scheme(String text) {
      scheme = new Scheme(requireToken(text));
      return this;
    }

    /** A header field in which a client sends its proofs. */
    public Builder requestHeader(String name) {
      requestHeaders.add(requireToken(name));
      return this;
    }

    /** A header field in which it answers a client. */
    public Builder responseHeader(String name) {
      responseHeaders.add(requireToken(name));
      return this;
    }

    /** The {@code typ} of its proofs, where they are JWTs, in lower case. */
    public Builder proofType(String type) {
      proofTypes.add(type);
      return this;
    }

    /** A proof counts once. */
    public Builder countsOnce() {
      countsOnce = true;
      return this;
    }

    /** The method; a {@link ConfirmationMethodProvider} registers it. */
    public ConfirmationMethod build() {
      if (members.isEmpty()) {
        throw new IllegalArgumentException("a method reads at least one member of cnf");
      }
      return new ConfirmationMethod(this);
    }

    private static String requireToken(String text) {
      if (!TOKEN.matcher(text).matches()) {
        throw new IllegalArgumentException("a scheme or a field's name is a token of RFC 9110");
      }
      return text;
    }
  }
}
