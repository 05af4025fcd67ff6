package dev.holdfast.introspection.client;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** By what an issuer knows this service. Thread-safe; its {@code toString} shows no secret. */
public sealed interface ClientCredential permits ClientAssertions, ClientCertificate, ClientSecret {

  /** The field {@code Authorization}, the same for every request; null to send none. */
  @Nullable String authorization();

  /**
   * What a request's form has in addition, encoded: empty, or parameters that each begin with an
   * ampersand.
   */
  String parameters();

  /**
   * The TLS by whose key the service authenticates, and whom it trusts: another one after a change,
   * and the same one until then. Null where the credential is none of TLS.
   */
  default @Nullable Supplier<SSLContext> tls() {
    return null;
  }
}
