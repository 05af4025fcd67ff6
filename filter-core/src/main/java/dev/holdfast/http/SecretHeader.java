package dev.holdfast.http;

/**
 * A header by which a proxy shows that it knows a secret. No application ever sees it.
 *
 * @param name the header's name
 * @param value the secret; never shown
 */
public record SecretHeader(String name, String value) {
  @Override
  public String toString() {
    return "SecretHeader[name=" + name + "]";
  }
}
