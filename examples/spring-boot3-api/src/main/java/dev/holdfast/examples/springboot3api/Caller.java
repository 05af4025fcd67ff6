package dev.holdfast.examples.springboot3api;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/**
 * Who calls, and with which key.
 *
 * @param subject whose data it is about
 * @param issuer who says so
 * @param client the application that calls
 * @param binding the proven method's property name, or {@code none}
 * @param thumbprint of the proven key
 */
record Caller(
    @Nullable String subject,
    @Nullable String issuer,
    @Nullable String client,
    String binding,
    @Nullable String thumbprint) {

  /**
   * Reads what the request carries.
   *
   * @param token what the issuer said, or null where the policy is {@code off}
   * @param binding the proven key, or null when the token demanded none
   */
  static Caller of(
      AbstractOAuth2TokenAuthenticationToken<?> caller,
      @Nullable AccessToken token,
      @Nullable Binding binding) {
    String method = binding == null ? "none" : binding.method().propertyName();
    String thumbprint = binding == null ? null : binding.digest().toBase64Url();
    if (token != null) {
      return new Caller(token.subject(), token.issuer(), token.clientId(), method, thumbprint);
    }
    Map<String, Object> attributes = caller.getTokenAttributes();
    return new Caller(
        text(attributes.get("sub")),
        text(attributes.get("iss")),
        text(attributes.get("client_id")),
        method,
        thumbprint);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
