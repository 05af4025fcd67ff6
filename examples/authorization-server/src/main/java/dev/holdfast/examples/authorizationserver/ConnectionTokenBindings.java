package dev.holdfast.examples.authorizationserver;

import dev.holdfast.EnforcementListener;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.tokenbinding.EstablishedTokenBindings;
import dev.holdfast.tokenbinding.TokenBindingState;
import dev.holdfast.tokenbinding.TokenBindings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The Token Bindings of the current request's own connection. Clients without any are served too,
 * on the same port; what is bound is decided for each client.
 */
final class ConnectionTokenBindings {
  private final EvidenceSource source;
  private final @Nullable TokenBindings bindings;

  private ConnectionTokenBindings(Map<String, String> settings) {
    Assembly assembly = Assembly.of(SettingsReader.read(settings), Clock.systemUTC());
    this.source = EvidenceSource.of(assembly, EnforcementListener.silent());
    this.bindings = assembly.tokenBindings();
  }

  /**
   * What this port knows.
   *
   * @param keyParameters the only ones that are taken, or null for no Token Binding
   */
  static ConnectionTokenBindings of(@Nullable String keyParameters) {
    return new ConnectionTokenBindings(
        keyParameters == null
            ? Map.of()
            : Map.of(
                "holdfast.token-binding.source",
                "tls",
                "holdfast.token-binding.key-parameters",
                keyParameters));
  }

  /**
   * The bindings of a client that must have one.
   *
   * @throws OAuth2AuthenticationException {@code invalid_request} when there is none that holds
   */
  EstablishedTokenBindings required() {
    if (current() instanceof EstablishedTokenBindings established) {
      return established;
    }
    throw new OAuth2AuthenticationException(
        new OAuth2Error(
            OAuth2ErrorCodes.INVALID_REQUEST,
            "this client's tokens are bound to a Token Binding, and the request has none that holds",
            null));
  }

  private TokenBindingState current() {
    if (bindings != null
        && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes http) {
      HttpServletRequest request = http.getRequest();
      return bindings.of(source.evidence(request));
    }
    return TokenBindingState.None.NONE;
  }
}
