package dev.holdfast.tls;

import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.HoldfastFilter;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import jakarta.servlet.ServletContainerInitializer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An issuer, and an API behind the filter that takes its bound tokens; {@code /ekm} is there. */
final class GuardedApi implements AutoCloseable {
  private final TestIssuer issuer;
  private final Map<String, String> settings = new HashMap<>();

  private GuardedApi(TestIssuer issuer) {
    this.issuer = issuer;
  }

  /**
   * Starts the issuer.
   *
   * @param folder for the authorities' file
   * @param more settings beside the issuer and Token Binding's source
   */
  static GuardedApi start(ThrowAwayPki pki, Path folder, Map<String, String> more) {
    GuardedApi api = new GuardedApi(TestIssuer.start(pki));
    Path authorities = pki.writeTrustedCertificates(folder.resolve("issuer.pem"));
    api.settings.put("holdfast.tokens.issuers[0].issuer", api.issuer.issuer());
    api.settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
    api.settings.put("holdfast.tokens.issuers[0].trusted-certificates", authorities.toString());
    api.settings.put("holdfast.token-binding.source", "tls");
    api.settings.putAll(more);
    return api;
  }

  /** The application with a filter of its own. */
  ServletContainerInitializer application() {
    HoldfastFilter filter =
        HoldfastFilter.builder().settings(SettingsReader.read(settings)).build();
    return (classes, context) -> {
      context.addServlet("export", new ExportServlet()).addMapping("/ekm");
      filter.register(context, "/*");
    };
  }

  /** A token that is bound to this key. */
  String token(String tbh) {
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("tbh", tbh));
    return issuer.jwt(claims);
  }

  @Override
  public void close() {
    issuer.close();
  }
}
