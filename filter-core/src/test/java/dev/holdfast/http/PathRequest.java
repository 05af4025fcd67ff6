package dev.holdfast.http;

import dev.holdfast.internal.net.IpAddress;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that a stranger made for this path, under a name of the stranger's own. */
public record PathRequest(@Nullable String path) implements ReceivedRequest {
  @Override
  public List<String> headers(String name) {
    return name.equals("Host") ? List.of(authority()) : List.of();
  }

  @Override
  public Iterator<String> headerNames() {
    return List.of("Host").iterator();
  }

  @Override
  public String scheme() {
    return "https";
  }

  @Override
  public String authority() {
    return "evil.example";
  }

  @Override
  public @Nullable IpAddress peer() {
    return null;
  }

  @Override
  public @Nullable X509Certificate peerCertificate() {
    return null;
  }
}
