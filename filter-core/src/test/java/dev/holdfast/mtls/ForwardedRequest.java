package dev.holdfast.mtls;

import dev.holdfast.PlainRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request with headers, from a trusted proxy unless it says otherwise. */
public record ForwardedRequest(Map<String, List<String>> fields, boolean fromTrustedProxy)
    implements PlainRequest {

  static ForwardedRequest empty() {
    return new ForwardedRequest(Map.of(), true);
  }

  public static ForwardedRequest of(String name, String... values) {
    return empty().and(name, values);
  }

  public ForwardedRequest and(String name, String... values) {
    Map<String, List<String>> more = new TreeMap<>(fields);
    more.computeIfAbsent(name.toLowerCase(Locale.ROOT), absent -> new ArrayList<>())
        .addAll(List.of(values));
    return new ForwardedRequest(more, fromTrustedProxy);
  }

  public ForwardedRequest without(String name) {
    Map<String, List<String>> fewer = new TreeMap<>(fields);
    fewer.remove(name.toLowerCase(Locale.ROOT));
    return new ForwardedRequest(fewer, fromTrustedProxy);
  }

  public ForwardedRequest with(String name, String... values) {
    return without(name).and(name, values);
  }

  public ForwardedRequest fromStranger() {
    return new ForwardedRequest(fields, false);
  }

  @Override
  public List<String> headers(String name) {
    return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  @Override
  public X509Certificate clientCertificate() {
    throw new AssertionError("the connection's certificate is the proxy's own"); // T18
  }
}
