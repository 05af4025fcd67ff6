package dev.holdfast.spring.verification;

import dev.holdfast.spring.issuers.TokenDesk;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Why the chain's own verification refuses a token, in the words of Holdfast's own verifiers: for
 * the log, the listener and the events, never for the caller.
 */
final class RefusalCause {
  private static final String UNKNOWN = "the chain's own verification refuses the token";

  /** What Spring Security's validator of {@code cnf} with {@code x5t#S256} says. */
  private static final Set<String> THUMBPRINT =
      Set.of(
          "Unable to obtain X509Certificate from current request.",
          "Failed to compute SHA-256 Thumbprint for X509Certificate.",
          "Invalid SHA-256 Thumbprint for X509Certificate.");

  /** What is part of a message of Spring Security's, in lower case. */
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("jwt expired at", "exp has passed"),
          Map.entry("expiresat must be after issuedat", "exp does not lie after iat"),
          Map.entry("jwt used before", "nbf lies in the future"),
          Map.entry("the aud claim is not valid", "aud names no audience of this service"),
          Map.entry("the iss claim is not valid", "iss is not the issuer that vouches"),
          Map.entry("invalid issuer", "no configured issuer speaks for this token"),
          Map.entry("missing issuer", "iss is not the issuer that vouches"),
          Map.entry("the given typ value", "the application's own verifier does not take this typ"),
          Map.entry("no matching key", "no key of the issuer signed it"),
          Map.entry("invalid signature", "the signature does not hold"),
          Map.entry("unsupported algorithm", "alg is not one that is taken from this issuer"),
          Map.entry("malformed token", "it is not strict base64url and JSON"),
          Map.entry("malformed payload", "it is not strict base64url and JSON"),
          Map.entry("token isn't active", "the issuer calls the token inactive"));

  private RefusalCause() {}

  /** The rule that the token breaks. */
  static String of(@Nullable AuthenticationException failure) {
    Throwable last = null;
    for (Throwable cause = failure; cause != null && cause != last; cause = cause.getCause()) {
      if (cause instanceof TokenDesk.InvalidTokenException invalid) {
        return invalid.rule();
      }
      String rule =
          cause instanceof JwtValidationException invalid ? ofErrors(invalid) : ofText(cause);
      if (rule != null) {
        return rule;
      }
      last = cause;
    }
    return failure == null ? UNKNOWN : UNKNOWN + " (" + failure.getClass().getSimpleName() + ")";
  }

  /** Whether nothing but Spring Security's own check of the certificate refuses the token. */
  static boolean isThumbprintAlone(@Nullable AuthenticationException failure) {
    return failure != null
        && failure.getCause() instanceof JwtValidationException invalid
        && !invalid.getErrors().isEmpty()
        && invalid.getErrors().stream().allMatch(RefusalCause::isThumbprint);
  }

  static boolean isThumbprint(OAuth2Error error) {
    return error.getDescription() != null && THUMBPRINT.contains(error.getDescription());
  }

  /** Of several errors the first that is not about the certificate. */
  private static @Nullable String ofErrors(JwtValidationException invalid) {
    for (OAuth2Error error : invalid.getErrors()) {
      if (!isThumbprint(error)) {
        String known = known(error.getDescription());
        return known != null ? known : "a validator refuses the token: " + said(error);
      }
    }
    return "the certificate is not the one that the token is bound to";
  }

  private static String said(OAuth2Error error) {
    return error.getDescription() != null ? error.getDescription() : error.getErrorCode();
  }

  private static @Nullable String ofText(Throwable cause) {
    return known(cause.getMessage());
  }

  private static @Nullable String known(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String lowerCase = text.toLowerCase(Locale.ROOT);
    for (Entry<String, String> entry : KNOWN.entrySet()) {
      if (lowerCase.contains(entry.getKey())) {
        return entry.getValue();
      }
    }
    return null;
  }
}
