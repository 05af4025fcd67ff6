package dev.holdfast.spring.verification;

import dev.holdfast.spring.scope.VerificationScope;
import java.lang.StackWalker.Option;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidators;

/**
 * Every check of a decoder but Spring Security's comparison of the certificate, while Holdfast
 * decides; every check elsewhere. That one alone is shown a {@code cnf} without a thumbprint, so
 * that it has nothing to refuse. Taking its error out of the result would not do: a check of the
 * application's that ends at the first error would then be skipped.
 */
record WithoutThumbprint(OAuth2TokenValidator<Jwt> own) implements OAuth2TokenValidator<Jwt> {
  private static final OAuth2TokenValidator<Jwt> DEFAULTS = JwtValidators.createDefault();

  @Override
  public OAuth2TokenValidatorResult validate(Jwt jwt) {
    if (VerificationScope.current() == null
        || !(jwt.getClaims().get("cnf") instanceof Map<?, ?> cnf)) {
      return own.validate(jwt);
    }
    ShownConfirmation shown = new ShownConfirmation(cnf);
    Map<String, Object> claims = new LinkedHashMap<>(jwt.getClaims());
    claims.put("cnf", shown);
    OAuth2TokenValidatorResult result =
        own.validate(
            new Jwt(
                jwt.getTokenValue(),
                jwt.getIssuedAt(),
                jwt.getExpiresAt(),
                jwt.getHeaders(),
                claims));
    if (shown.wasHidden
        && DEFAULTS.validate(jwt).getErrors().stream().anyMatch(RefusalCause::isThumbprint)) {
      VerificationScope.noteThumbprint();
    }
    return result;
  }

  /** The token's {@code cnf}, in which Spring Security's check finds no thumbprint. */
  private static final class ShownConfirmation extends AbstractMap<Object, Object> {
    private static final String CHECK =
        "org.springframework.security.oauth2.jwt.X509CertificateThumbprintValidator";
    private static final StackWalker CALLERS =
        StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private final Map<Object, Object> own;
    private boolean wasHidden;

    ShownConfirmation(Map<?, ?> own) {
      this.own = new LinkedHashMap<>(own);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
      if (CALLERS.getCallerClass().getName().equals(CHECK)) {
        wasHidden = true;
        return false;
      }
      return own.containsKey(name);
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
      return own.entrySet();
    }
  }
}
