package dev.holdfast.spring.webflux.verification;

import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Every check of a decoder but Spring Security's comparison of the certificate. That one looks for
 * a servlet's request, so that it refuses every certificate-bound token on a reactive chain. It
 * stands in a copy of the decoder which Holdfast alone asks, because Holdfast compares then.
 */
record WithoutThumbprint(OAuth2TokenValidator<Jwt> own) implements OAuth2TokenValidator<Jwt> {
  private static final Set<String> THUMBPRINT =
      Set.of(
          "Unable to obtain X509Certificate from current request.",
          "Failed to compute SHA-256 Thumbprint for X509Certificate.",
          "Invalid SHA-256 Thumbprint for X509Certificate.");

  @Override
  public OAuth2TokenValidatorResult validate(Jwt jwt) {
    OAuth2TokenValidatorResult result = own.validate(jwt);
    List<OAuth2Error> others =
        result.getErrors().stream().filter(error -> !isThumbprint(error)).toList();
    return others.isEmpty()
        ? OAuth2TokenValidatorResult.success()
        : OAuth2TokenValidatorResult.failure(others);
  }

  private static boolean isThumbprint(OAuth2Error error) {
    return error.getDescription() != null && THUMBPRINT.contains(error.getDescription());
  }
}
