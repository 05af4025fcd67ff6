package dev.holdfast.cookie;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.cookie.CompanionCheck.Holds;
import dev.holdfast.cookie.CompanionCheck.Refused;
import dev.holdfast.cookie.CompanionCheck.Vouched;
import dev.holdfast.internal.Base64Url;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Binds a cookie to the keys that its first user proved, and says on every later request whether
 * these are proven again. Safe for use by many threads.
 *
 * <p>The companion's value is a keyed hash (HMAC-SHA-256) over a label of this purpose, the
 * cookie's name and value, its scope and the bindings, each with its length before it. It names the
 * methods but no key, and hashes are compared in constant time.
 */
public final class CookieBinder {
  private static final byte[] LABEL = "holdfast bound cookie 1".getBytes(StandardCharsets.US_ASCII);

  /** What becomes of a cookie whose user proved no key. */
  public enum CookieRequirement {
    /** It is not issued; a cookie that was issued so is refused. The default. */
    REQUIRED,
    /**
     * It is issued as bound to no key, and works for anyone who has it. One that was issued to a
     * key needs that key all the same.
     */
    WHEN_PROVEN
  }

  private final CookieSecrets secrets;
  private final CookieRequirement requirement;

  /** A binder of these secrets. */
  public CookieBinder(CookieSecrets secrets, CookieRequirement requirement) {
    this.secrets = secrets;
    this.requirement = requirement;
  }

  /** What becomes of a cookie whose user proved no key. */
  public CookieRequirement requirement() {
    return requirement;
  }

  /**
   * The companion's value for this cookie, or empty when the cookie must not be issued.
   *
   * @param proven every key that its user proved
   */
  public Optional<String> bind(BoundCookie cookie, Set<Binding> proven, CookieScope scope) {
    if (proven.isEmpty() && requirement == CookieRequirement.REQUIRED) {
      return Optional.empty();
    }
    List<Binding> bindings = new ArrayList<>(proven);
    bindings.sort(Comparator.comparing(Binding::method));
    List<ConfirmationMethod> methods = bindings.stream().map(Binding::method).toList();
    String hash = Base64Url.encode(secrets.hash(0, content(cookie, bindings, scope)));
    return Optional.of(new Companion(methods, scope, hash).text());
  }

  /**
   * Whether the cookie was issued to keys that are all proven here.
   *
   * @param companion the companion's value as received
   * @param proven every key that the caller proved; more than the cookie is bound to do no harm
   */
  public CompanionCheck check(BoundCookie cookie, String companion, Set<Binding> proven) {
    Optional<Companion> read = Companion.parse(companion);
    if (read.isEmpty()) {
      return new Refused("the companion is malformed");
    }
    Companion claimed = read.get();
    if (claimed.methods().isEmpty() && requirement == CookieRequirement.REQUIRED) {
      return new Refused("the cookie is bound to no key, and one is required");
    }
    List<Binding> bindings = new ArrayList<>();
    for (ConfirmationMethod method : claimed.methods()) {
      proven.stream().filter(key -> key.method() == method).forEach(bindings::add);
    }
    if (bindings.size() != claimed.methods().size()) {
      return new Refused("the caller proved no key of the kind that the cookie is bound to");
    }
    return check(claimed, bindings, content(cookie, bindings, claimed.scope()));
  }

  private CompanionCheck check(Companion claimed, List<Binding> bindings, byte[] content) {
    byte[] received = claimed.hash().getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < secrets.size(); i++) {
      byte[] expected =
          Base64Url.encode(secrets.hash(i, content)).getBytes(StandardCharsets.US_ASCII);
      if (MessageDigest.isEqual(expected, received)) {
        return new Holds(
            i == 0 ? Vouched.BY_CURRENT_SECRET : Vouched.BY_OLD_SECRET,
            Set.copyOf(bindings),
            claimed.scope());
      }
    }
    return new Refused("the cookie was issued to another key, or is not the one that was issued");
  }

  private static byte[] content(BoundCookie cookie, List<Binding> bindings, CookieScope scope) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    append(content, LABEL);
    append(content, cookie.name().getBytes(StandardCharsets.UTF_8));
    append(content, cookie.value().getBytes(StandardCharsets.UTF_8));
    append(content, scope.attributes().getBytes(StandardCharsets.US_ASCII));
    for (Binding binding : bindings) {
      append(content, binding.method().member().getBytes(StandardCharsets.US_ASCII));
      append(content, binding.digest().toBase64Url().getBytes(StandardCharsets.US_ASCII));
    }
    return content.toByteArray();
  }

  private static void append(ByteArrayOutputStream content, byte[] part) {
    content.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    content.writeBytes(part);
  }
}
