package dev.holdfast.servlet;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.configuration.settings.CorsSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scripts of other sites (the Fetch standard's CORS protocol). A preflight of an allowed origin is
 * answered here, since it carries no credential and can never pass; it never reaches a servlet.
 * Other answers to such an origin, refusals too, show its script {@code WWW-Authenticate} and what
 * mechanisms answer, {@code DPoP-Nonce} for example. Nothing of this lets a request through: each
 * still needs its token.
 */
final class CrossOrigin {
  private static final Pattern TOKENS =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+( *, *[!#$%&'*+.^_`|~0-9A-Za-z-]+)*");
  private static final int MAX_LENGTH = 1024;
  private static final String SECONDS_TO_KEEP = "600";

  private final Set<String> allowed;
  private final List<String> proofs;
  private final String exposed;

  CrossOrigin(CorsSettings settings) {
    this.allowed = settings.allowedOrigins();
    this.proofs = fields(ConfirmationMethod::requestHeaders).toList();
    this.exposed =
        Stream.concat(fields(ConfirmationMethod::responseHeaders), Stream.of("WWW-Authenticate"))
            .collect(Collectors.joining(", "));
  }

  private static Stream<String> fields(Function<ConfirmationMethod, List<String>> kind) {
    return ConfirmationMethod.all().stream().flatMap(method -> kind.apply(method).stream());
  }

  /** Adds what lets an allowed origin's script read the answer; nothing where none is allowed. */
  void expose(HttpServletRequest request, HttpServletResponse response) {
    if (allowed.isEmpty()) {
      return;
    }
    response.addHeader("Vary", "Origin");
    String origin = allowedOrigin(request);
    if (origin != null) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Expose-Headers", exposed);
    }
  }

  /** Whether this was a preflight of an allowed origin, and is answered. */
  boolean answered(HttpServletRequest request, HttpServletResponse response) {
    if (allowedOrigin(request) == null || !isPreflight(request)) {
      return false;
    }
    String method = only(request, "Access-Control-Request-Method");
    List<String> headers = all(request, "Access-Control-Request-Headers");
    if (method == null || !isListOfTokens(method) || !headers.stream().allMatch(this::isListed)) {
      return false;
    }
    response.setHeader("Access-Control-Allow-Methods", method);
    if (!headers.isEmpty()) {
      response.setHeader("Access-Control-Allow-Headers", String.join(", ", headers));
    }
    response.setHeader("Access-Control-Max-Age", SECONDS_TO_KEEP);
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    return true;
  }

  private boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Authorization") == null
        && proofs.stream().allMatch(name -> request.getHeader(name) == null);
  }

  private boolean isListed(String headers) {
    return headers.isBlank() || isListOfTokens(headers);
  }

  private static boolean isListOfTokens(String text) {
    return text.length() <= MAX_LENGTH && TOKENS.matcher(text).matches();
  }

  private @Nullable String allowedOrigin(HttpServletRequest request) {
    String origin = only(request, "Origin");
    if (origin == null) {
      return null;
    }
    if (allowed.contains("*")) {
      return "*";
    }
    return allowed.contains(origin) ? origin : null;
  }

  /** The only value of this field, or null where there is none, or more than one. */
  private static @Nullable String only(HttpServletRequest request, String name) {
    List<String> values = all(request, name);
    return values.size() == 1 ? values.get(0) : null;
  }

  private static List<String> all(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name));
  }
}
