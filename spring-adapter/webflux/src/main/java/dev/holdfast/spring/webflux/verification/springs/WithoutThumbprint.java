package dev.holdfast.spring.webflux.verification.springs;

import java.lang.StackWalker.Option;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Every check of a decoder but Spring Security's comparison of the certificate. That one looks for
 * a servlet's request, so that it refuses every certificate-bound token on a reactive chain. It
 * stands in a copy of the decoder which Holdfast alone asks, because Holdfast compares then.
 *
 * <p>That check alone is shown a {@code cnf} without a thumbprint, so that it has nothing to
 * refuse. Taking its error out of the result would not do: a check of the application's that ends
 * at the first error would then be skipped. Where {@code cnf} is no object, all checks are shown an
 * empty one, as Spring Security's fails on others; Holdfast refuses such a token.
 */
public record WithoutThumbprint(OAuth2TokenValidator<Jwt> own)
    implements OAuth2TokenValidator<Jwt> {
  /** What it says where it finds no certificate. */
  private static final String NOT_FOUND = "Unable to obtain X509Certificate from current request.";

  @Override
  public OAuth2TokenValidatorResult validate(Jwt jwt) {
    Object cnf = jwt.getClaims().get("cnf");
    if (cnf == null) {
      return own.validate(jwt);
    }
    Map<String, Object> claims = new LinkedHashMap<>(jwt.getClaims());
    claims.put("cnf", new ShownConfirmation(cnf instanceof Map<?, ?> object ? object : Map.of()));
    return own.validate(
        new Jwt(
            jwt.getTokenValue(), jwt.getIssuedAt(), jwt.getExpiresAt(), jwt.getHeaders(), claims));
  }

  /** Whether nothing but that comparison refuses the token. */
  public static boolean isAlone(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JwtValidationException invalid) {
        return !invalid.getErrors().isEmpty()
            && invalid.getErrors().stream()
                .allMatch(error -> NOT_FOUND.equals(error.getDescription()));
      }
    }
    return false;
  }

  /** The token's {@code cnf}, in which Spring Security's check finds no thumbprint. */
  private static final class ShownConfirmation extends AbstractMap<Object, Object> {
    private static final String CHECK =
        "org.springframework.security.oauth2.jwt.X509CertificateThumbprintValidator";
    private static final StackWalker CALLERS =
        StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private final Map<Object, Object> own;

    ShownConfirmation(Map<?, ?> own) {
      this.own = new LinkedHashMap<>(own);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
      return !CALLERS.getCallerClass().getName().equals(CHECK) && own.containsKey(name);
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
      return own.entrySet();
    }
  }
}
