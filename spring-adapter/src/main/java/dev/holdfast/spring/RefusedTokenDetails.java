package dev.holdfast.spring;

import dev.holdfast.AccessToken;
import dev.holdfast.Decision;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * What is known of a refused token, as the details of the {@code Authentication} in Spring
 * Security's failure event and in Boot's audit event: who is named by the token, once its issuer
 * vouches for it, which rule was broken, and the beginning of the digest of each key that the
 * caller proved. It has no token, no proof and no session identifier.
 */
public final class RefusedTokenDetails extends WebAuthenticationDetails {
  private static final long serialVersionUID = 1L;

  private final String refusal;
  private final String rule;
  private final @Nullable String issuer;
  private final @Nullable String clientId;
  private final @Nullable String subject;
  private final List<String> provenKeys;

  RefusedTokenDetails(HttpServletRequest request, Decision.Refused refused) {
    super(String.valueOf(request.getRemoteAddr()), null);
    AccessToken token = refused.token();
    this.refusal = refused.refusal().name();
    this.rule = refused.detail();
    this.issuer = token == null || token.issuer().isEmpty() ? null : token.issuer();
    this.clientId = token == null ? null : token.clientId();
    this.subject = token == null ? null : token.subject();
    this.provenKeys =
        refused.proven().stream()
            .map(binding -> binding.method().propertyName() + " " + binding.digest())
            .toList();
  }

  /** The catalogue entry: the name of a {@link dev.holdfast.Refusal}. */
  public String getRefusal() {
    return refusal;
  }

  /** The rule that was broken, lower-case, without values. */
  public String getRule() {
    return rule;
  }

  /** Who vouches for the token; null when nobody does, or it was not asked. */
  public @Nullable String getIssuer() {
    return issuer;
  }

  /** The token's client, or null. */
  public @Nullable String getClientId() {
    return clientId;
  }

  /** The token's subject, or null. */
  public @Nullable String getSubject() {
    return subject;
  }

  /** For each key that the caller proved the method and the first characters of its digest. */
  public List<String> getProvenKeys() {
    return provenKeys;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof RefusedTokenDetails that
        && refusal.equals(that.refusal)
        && rule.equals(that.rule)
        && Objects.equals(issuer, that.issuer)
        && Objects.equals(clientId, that.clientId)
        && Objects.equals(subject, that.subject)
        && provenKeys.equals(that.provenKeys);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), refusal, rule, issuer, clientId, subject, provenKeys);
  }

  @Override
  public String toString() {
    return "RefusedTokenDetails[remoteAddress="
        + getRemoteAddress()
        + ", refusal="
        + refusal
        + ", rule="
        + rule
        + ", issuer="
        + issuer
        + ", clientId="
        + clientId
        + ", subject="
        + subject
        + ", provenKeys="
        + provenKeys
        + "]";
  }
}
