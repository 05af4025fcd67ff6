package dev.holdfast.spring.boot.failures;

import dev.holdfast.spring.answers.OwnSchemes;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Says why a server without a certificate of its own does not start where clients are asked for
 * theirs: {@code server.ssl.client-auth} alone switches TLS on, and Boot's text names no setting.
 */
final class ClientAuthFailureAnalyzer extends AbstractFailureAnalyzer<IllegalStateException> {
  private static final String CLIENT_AUTH = "server.ssl.client-auth";

  private final Environment environment;

  ClientAuthFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IllegalStateException cause) {
    String written = environment.getProperty(CLIENT_AUTH);
    if (written == null || !String.valueOf(cause.getMessage()).startsWith("SSL is enabled")) {
      return null;
    }
    return new FailureAnalysis(
        CLIENT_AUTH
            + "="
            + written
            + " switches TLS on, as every server.ssl setting does, and this server has no"
            + " certificate of its own",
        "Set server.ssl.certificate and server.ssl.certificate-private-key, server.ssl.key-store or"
            + " server.ssl.bundle. If a proxy ends TLS, remove "
            + CLIENT_AUTH
            + " and set holdfast.certificate.source=header. If only "
            + OwnSchemes.NAMES
            + " is meant, remove it and set"
            + " holdfast.certificate.source=none.",
        cause);
  }
}
