package dev.holdfast;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A request made by hand. */
public record TestRequest(
    String httpMethod,
    String path,
    String rawPath,
    String query,
    List<String> authorization,
    X509Certificate clientCertificate)
    implements RequestEvidence {

  public static TestRequest get(String path) {
    return new TestRequest("GET", path, path, null, List.of(), null);
  }

  static TestRequest bearing(String... authorization) {
    return get("/payments").authorized(authorization);
  }

  /** As a container without any normalisation but percent-decoding would show the target. */
  public static TestRequest ofTarget(String target) {
    int mark = target.indexOf('?');
    String raw = mark < 0 ? target : target.substring(0, mark);
    String path = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    return get(path).raw(raw);
  }

  TestRequest authorized(String... fields) {
    return new TestRequest(
        httpMethod, path, rawPath, query, new ArrayList<>(List.of(fields)), clientCertificate);
  }

  public TestRequest method(String method) {
    return new TestRequest(method, path, rawPath, query, authorization, clientCertificate);
  }

  public TestRequest raw(String raw) {
    return new TestRequest(httpMethod, path, raw, query, authorization, clientCertificate);
  }

  TestRequest decoded(String decoded) {
    return new TestRequest(httpMethod, decoded, rawPath, query, authorization, clientCertificate);
  }

  TestRequest query(String text) {
    return new TestRequest(httpMethod, path, rawPath, text, authorization, clientCertificate);
  }

  TestRequest certificate(X509Certificate leaf) {
    return new TestRequest(httpMethod, path, rawPath, query, authorization, leaf);
  }

  @Override
  public List<String> headers(String name) {
    return name.equalsIgnoreCase("Authorization") ? authorization : List.of();
  }
}
