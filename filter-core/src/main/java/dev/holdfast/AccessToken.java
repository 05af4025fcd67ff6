package dev.holdfast;

import dev.holdfast.internal.NumericDate;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token that its issuer vouches for: the claims of a verified JWT (RFC 9068) or of an active
 * introspection response (RFC 7662), with the members that everyone needs already read.
 *
 * <p>Whether the caller may use it is another question: see {@link Decision}. It never holds the
 * token's text. As a {@link Principal} its name is the subject, else the client.
 */
public final class AccessToken implements Principal {
  private final String issuer;
  private final @Nullable String subject;
  private final @Nullable String clientId;
  private final @Nullable Instant expiresAt;
  private final Set<String> scopes;
  private final Confirmation confirmation;
  private final Map<String, Object> claims;

  AccessToken(
      String issuer,
      @Nullable String subject,
      @Nullable String clientId,
      @Nullable Instant expiresAt,
      Set<String> scopes,
      Map<String, Object> claims) {
    this.issuer = issuer;
    this.subject = subject;
    this.clientId = clientId;
    this.expiresAt = expiresAt;
    this.scopes = Set.copyOf(scopes);
    this.confirmation = Confirmation.of(claims);
    this.claims = frozenObject(claims);
  }

  private AccessToken(AccessToken same, Confirmation confirmation) {
    this.issuer = same.issuer;
    this.subject = same.subject;
    this.clientId = same.clientId;
    this.expiresAt = same.expiresAt;
    this.scopes = same.scopes;
    this.claims = same.claims;
    this.confirmation = confirmation;
  }

  /**
   * The same token, of which it is not known what it demands: it is refused wherever confirmations
   * count. For an edge whose framework verifies tokens and may keep a part of what the issuer said
   * to itself.
   *
   * @param rule why, lower-case, without values
   */
  public AccessToken withUnusableConfirmation(String rule) {
    return new AccessToken(this, new Confirmation.Unusable(rule));
  }

  /** The issuer that vouches for it, as configured. */
  public String issuer() {
    return issuer;
  }

  /** {@code sub}, or null. */
  public @Nullable String subject() {
    return subject;
  }

  /** {@code client_id} (RFC 9068 section 2.2, RFC 7662 section 2.2), else {@code azp}, or null. */
  public @Nullable String clientId() {
    return clientId;
  }

  /** {@code exp}, or null when the introspection response has none. */
  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  /** Whether it still stands at that moment: strictly before {@code exp}. */
  public boolean isLiveAt(Instant moment) {
    return expiresAt == null || moment.isBefore(expiresAt);
  }

  /**
   * The scopes that were granted: the words of {@code scope} (RFC 6749 section 3.3), or of {@code
   * scp} where there is no {@code scope}; empty when there are none.
   */
  public Set<String> scopes() {
    return scopes;
  }

  /**
   * {@code auth_time}: when the user authenticated (RFC 9068 section 2.2.1, RFC 9470 section 6.2);
   * null when it is missing or no number of seconds.
   */
  public @Nullable Instant authTime() {
    return NumericDate.read(claims.get("auth_time"));
  }

  /** {@code acr}: how the user authenticated; null when it is missing or no text. */
  public @Nullable String acr() {
    return claims.get("acr") instanceof String text ? text : null;
  }

  /** What its {@code cnf} demands. */
  public Confirmation confirmation() {
    return confirmation;
  }

  /**
   * All claims, as JSON values: text, numbers, booleans, lists, maps, and null for {@code null}.
   * Unmodifiable at every depth, for one token serves many requests.
   */
  public Map<String, Object> claims() {
    return claims;
  }

  private static Map<String, Object> frozenObject(Map<?, ?> object) {
    Map<String, Object> copy = new LinkedHashMap<>();
    object.forEach((name, value) -> copy.put(String.valueOf(name), frozen(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static Object frozen(Object value) {
    if (value instanceof Map<?, ?> object) {
      return frozenObject(object);
    }
    if (value instanceof Collection<?> array) {
      List<Object> copy = new ArrayList<>(array.size());
      array.forEach(element -> copy.add(frozen(element)));
      return Collections.unmodifiableList(copy);
    }
    return value;
  }

  @Override
  public String getName() {
    return subject != null ? subject : clientId != null ? clientId : "";
  }

  @Override
  public String toString() {
    return "AccessToken[issuer=" + issuer + ", subject=" + subject + ", client=" + clientId + "]";
  }
}
