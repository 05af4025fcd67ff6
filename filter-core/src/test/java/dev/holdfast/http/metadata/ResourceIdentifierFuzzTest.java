package dev.holdfast.http.metadata;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text: it is a name, or none; nothing is thrown, and a name fits into a header. */
class ResourceIdentifierFuzzTest {

  static byte[][] seeds() {
    return new byte[][] {
      "https://api.example/v1".getBytes(StandardCharsets.US_ASCII),
      "https://[::1]:8443/a/%2e%2E/;x=\"".getBytes(StandardCharsets.US_ASCII),
      "http://localhost//..//".getBytes(StandardCharsets.US_ASCII),
      "https://a?#".getBytes(StandardCharsets.US_ASCII),
      new byte[0],
    };
  }

  @MethodSource("seeds")
  @FuzzTest
  void aNameLeadsToOneAddress(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    ResourceIdentifier resource = ResourceIdentifier.parse(text);
    if (resource == null) {
      return;
    }
    String address = resource.origin() + resource.metadataPath();
    URI uri = URI.create(address);
    if (!resource.toString().equals(text)
        || !address.startsWith(resource.origin() + ResourceIdentifier.WELL_KNOWN)
        || !URI.create(text).getAuthority().equals(uri.getAuthority())
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !uri.normalize().getRawPath().startsWith(ResourceIdentifier.WELL_KNOWN)
        || address.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '"' || c == '\\')) {
      throw new AssertionError("a name that leads elsewhere: " + text);
    }
  }
}
