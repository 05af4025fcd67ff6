package dev.holdfast;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * {@code GET /payments} from a client that nobody vouches for: no query, no header, no certificate.
 * A test's own request says in what it differs.
 */
public interface PlainRequest extends RequestEvidence {
  @Override
  default String httpMethod() {
    return "GET";
  }

  @Override
  default String path() {
    return "/payments";
  }

  @Override
  default String rawPath() {
    return path();
  }

  @Override
  default String query() {
    return null;
  }

  @Override
  default List<String> headers(String name) {
    return List.of();
  }

  @Override
  default X509Certificate clientCertificate() {
    return null;
  }
}
