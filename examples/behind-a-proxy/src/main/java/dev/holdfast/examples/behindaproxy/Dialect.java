package dev.holdfast.examples.behindaproxy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of proxy tells an API of a certificate. Whoever has seen the certificate, which is
 * no secret, can write the same.
 *
 * @param name of the format
 * @param fields the certificate's first, then those that vouch for it
 */
record Dialect(String name, List<Field> fields) {

  /** For the formats that have no name of their own. */
  private static final String OWN = "X-Client-Cert";

  Dialect {
    fields = List.copyOf(fields);
  }

  /** The certificate in every format that is at home behind a proxy of one's own. */
  static List<Dialect> naming(X509Certificate certificate) {
    byte[] der = der(certificate);
    String base64 = Base64.getEncoder().encodeToString(der);
    String pem = pem(der);
    String escaped = escaped(pem);
    Field success = new Field("X-SSL-Client-Verify", "SUCCESS");
    return List.of(
        new Dialect("nginx", List.of(new Field("X-SSL-Cert", escaped), success)),
        new Dialect(
            "apache",
            List.of(new Field("X-SSL-Client-Cert", pem.strip().replace('\n', ' ')), success)),
        new Dialect(
            "haproxy",
            List.of(
                new Field("X-SSL-Client-Cert", base64),
                new Field("X-SSL-Client-Verify", "0"),
                new Field("X-SSL-Client-Used", "1"))),
        new Dialect("rfc9440", List.of(new Field("Client-Cert", ":" + base64 + ":"))),
        new Dialect(
            "envoy",
            List.of(
                new Field(
                    "X-Forwarded-Client-Cert",
                    "Hash="
                        + HexFormat.of().formatHex(sha256(der))
                        + ";Cert=\""
                        + escaped
                        + "\""))),
        new Dialect("traefik", List.of(new Field("X-Forwarded-Tls-Client-Cert", base64))));
  }

  /** The same, and in every format of a cloud: whatever an API behind any proxy may read. */
  static List<Dialect> everywhere(X509Certificate certificate) {
    byte[] der = der(certificate);
    String base64 = Base64.getEncoder().encodeToString(der);
    String escaped = escaped(pem(der));
    byte[] digest = sha256(der);
    Field chainVerified = new Field("X-Client-Cert-Chain-Verified", "true");
    Field verified = new Field("Cf-Cert-Verified", "true");
    List<Dialect> all = new ArrayList<>(naming(certificate));
    all.add(of("openshift", "X-SSL-Client-DER", base64, new Field("X-SSL-Client-Verify", "0")));
    all.add(of("pem-base64", OWN, base64(pem(der).getBytes(StandardCharsets.US_ASCII))));
    all.add(of("pem-one-line", OWN, pem(der).replace("\n", "")));
    all.add(of("cloud-foundry", "X-Forwarded-Client-Cert", base64));
    all.add(of("aws-alb", "X-Amzn-Mtls-Clientcert-Leaf", escaped));
    all.add(of("aws-alb", "X-Amzn-Mtls-Clientcert", escaped));
    all.add(of("azure-app-service", "X-ARR-ClientCert", base64));
    all.add(
        of(
            "azure-application-gateway",
            "X-Client-Cert",
            escaped,
            new Field("X-Client-Cert-Verification", "SUCCESS")));
    all.add(of("gcp", "X-Client-Cert-Leaf", ":" + base64 + ":", chainVerified));
    all.add(
        of("gcp", "X-Client-Cert-Hash", Base64.getEncoder().encodeToString(digest), chainVerified));
    all.add(of("cloudflare", "Cf-Client-Cert-Der-Base64", base64, verified));
    all.add(of("cloudflare", "Cf-Client-Cert-Sha256", HexFormat.of().formatHex(digest), verified));
    return List.copyOf(all);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Dialect of(String name, String header, String value, Field... vouching) {
    List<Field> fields = new ArrayList<>(List.of(new Field(header, value)));
    fields.addAll(List.of(vouching));
    return new Dialect(name, fields);
  }

  /**
   * The same certificate as {@code certificate.header.name}, {@code verify-name} and {@code
   * verify-value} have it.
   *
   * @param header in place of the format's own; null: the format's own
   * @param vouching what vouches for it beside what the format has
   */
  Dialect under(@Nullable String header, List<Field> vouching) {
    List<Field> renamed = new ArrayList<>(fields);
    if (header != null) {
      renamed.set(0, new Field(header, fields.get(0).value()));
    }
    renamed.addAll(vouching);
    return new Dialect(name, renamed);
  }

  private static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }

  private static String escaped(String pem) {
    return URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encode a certificate", e);
    }
  }

  private static byte[] sha256(byte[] der) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(der);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
