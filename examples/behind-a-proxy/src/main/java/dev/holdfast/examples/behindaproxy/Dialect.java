package dev.holdfast.examples.behindaproxy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * How one kind of proxy tells an API of a certificate. Whoever has seen the certificate, which is
 * no secret, can write the same.
 *
 * @param name of the format
 * @param fields the certificate's, and those that vouch for it
 */
record Dialect(String name, List<Field> fields) {

  Dialect {
    fields = List.copyOf(fields);
  }

  /** The certificate in every format that is at home behind a proxy of one's own. */
  static List<Dialect> naming(X509Certificate certificate) {
    byte[] der = der(certificate);
    String base64 = Base64.getEncoder().encodeToString(der);
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END CERTIFICATE-----\n";
    String escaped = URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
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
                    "Hash=" + sha256(der) + ";Cert=\"" + escaped + "\""))),
        new Dialect("traefik", List.of(new Field("X-Forwarded-Tls-Client-Cert", base64))));
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encode a certificate", e);
    }
  }

  private static String sha256(byte[] der) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
