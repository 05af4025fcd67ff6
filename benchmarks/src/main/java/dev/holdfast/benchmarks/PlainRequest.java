package dev.holdfast.benchmarks;

import dev.holdfast.RequestEvidence;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** {@code GET /} without query and certificate; a specimen says in what it differs. */
interface PlainRequest extends RequestEvidence {
  @Override
  default String httpMethod() {
    return "GET";
  }

  @Override
  default String path() {
    return "/";
  }

  @Override
  default String rawPath() {
    return path();
  }

  @Override
  default @Nullable String query() {
    return null;
  }

  @Override
  default @Nullable X509Certificate clientCertificate() {
    return null;
  }
}
