package dev.holdfast.mtls.header;

import static dev.holdfast.mtls.header.ForwardedCertificate.Standing.UNVERIFIED;
import static dev.holdfast.mtls.header.ForwardedCertificate.Standing.VERIFIED;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The formats in which products that end TLS forward the client's certificate: header names,
 * encoding, what they send when there is none, and the header that says whether they verified it.
 *
 * <p>Products whose operator chooses the names have the names of this project's documentation.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists and sets of the JDK's immutable kind
public enum CertificateHeaderFormat {
  /** {@code Client-Cert} of RFC 9440: a structured-field byte sequence of the DER. */
  RFC9440(
      "rfc9440",
      Verify.NONE,
      Set.of("", "::"),
      field("Client-Cert", CertificateEncoding.BYTE_SEQUENCE)),
  /** nginx, {@code $ssl_client_escaped_cert}: the PEM, percent-encoded. */
  NGINX(
      "nginx",
      new Verify("X-SSL-Client-Verify", "SUCCESS"),
      Set.of(),
      field("X-SSL-Cert", CertificateEncoding.NGINX_PEM)),
  /** Apache httpd, {@code %{SSL_CLIENT_CERT}s}: the PEM, its lines joined by spaces. */
  APACHE(
      "apache",
      new Verify("X-SSL-Client-Verify", "SUCCESS"),
      Set.of("(null)", ""),
      field("X-SSL-Client-Cert", CertificateEncoding.FOLDED_PEM)),
  /**
   * HAProxy, {@code ssl_c_der,base64}. Its verify code is 0 without a certificate too, so that
   * {@code X-SSL-Client-Used: 1} ({@code ssl_c_used}) must stand beside it.
   */
  HAPROXY(
      "haproxy",
      new Verify("X-SSL-Client-Verify", "0", "X-SSL-Client-Used", "1"),
      Set.of(""),
      field("X-SSL-Client-Cert", CertificateEncoding.BASE64)),
  /**
   * OpenShift's router, which is HAProxy with its own names: the base64 may stand in quotes. Its
   * verify code is 0 without a certificate too, and the value is empty then.
   */
  OPENSHIFT(
      "openshift",
      new Verify("X-SSL-Client-Verify", "0"),
      Set.of(""),
      field("X-SSL-Client-DER", CertificateEncoding.BASE64)) {
    @Override
    String bare(String value) {
      boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
      return quoted ? value.substring(1, value.length() - 1) : value;
    }
  },
  /** Caddy: RFC 9440 made of a placeholder, which stands there unreplaced without a certificate. */
  CADDY(
      "caddy",
      Verify.NONE,
      Set.of(":{http.request.tls.client.certificate_der_base64}:", "::"),
      field("Client-Cert", CertificateEncoding.BYTE_SEQUENCE)),
  /** Envoy and Istio, {@code X-Forwarded-Client-Cert}: its {@code Hash}, or {@code Cert}. */
  ENVOY("envoy", Verify.NONE, Set.of(), field("X-Forwarded-Client-Cert", CertificateEncoding.XFCC)),
  /** Traefik, {@code passTLSClientCert.pem}: base64 of the chain, comma-separated, leaf first. */
  TRAEFIK(
      "traefik",
      Verify.NONE,
      Set.of(),
      field("X-Forwarded-Tls-Client-Cert", CertificateEncoding.BASE64_CHAIN)),
  /**
   * AWS Application Load Balancer: the leaf in verify mode, the unverified chain in passthrough
   * mode. Percent-encoded PEM in which {@code +}, {@code =} and {@code /} stand for themselves.
   */
  AWS_ALB(
      "aws-alb",
      Verify.NONE,
      Set.of(),
      field("X-Amzn-Mtls-Clientcert-Leaf", CertificateEncoding.ESCAPED_PEM),
      new Field("X-Amzn-Mtls-Clientcert", CertificateEncoding.ESCAPED_PEM_CHAIN, UNVERIFIED)),
  /** Azure App Service: base64 of the DER, which it does not verify. */
  AZURE_APP_SERVICE(
      "azure-app-service",
      Verify.NONE,
      Set.of(),
      new Field("X-ARR-ClientCert", CertificateEncoding.BASE64, UNVERIFIED)),
  /** Azure Application Gateway, {@code {var_client_certificate}}: the PEM. */
  AZURE_APPLICATION_GATEWAY(
      "azure-application-gateway",
      new Verify("X-Client-Cert-Verification", "SUCCESS"),
      Set.of(""),
      field("X-Client-Cert", CertificateEncoding.NGINX_PEM)),
  /** Google Cloud load balancers: {@code {client_cert_leaf}}, and the SHA-256 of it in base64. */
  GCP(
      "gcp",
      Verify.NONE,
      Set.of(""),
      field("X-Client-Cert-Leaf", CertificateEncoding.BYTE_SEQUENCE),
      field("X-Client-Cert-Hash", CertificateEncoding.SHA256_BASE64)),
  /** Cloudflare: base64 of the DER, and the SHA-256 of it in hexadecimal. */
  CLOUDFLARE(
      "cloudflare",
      Verify.NONE,
      Set.of(""),
      field("Cf-Client-Cert-Der-Base64", CertificateEncoding.BASE64),
      field("Cf-Client-Cert-Sha256", CertificateEncoding.SHA256_HEX)),
  /** Cloud Foundry's router: base64 of the DER. */
  CLOUD_FOUNDRY(
      "cloud-foundry",
      Verify.NONE,
      Set.of(),
      field("X-Forwarded-Client-Cert", CertificateEncoding.BASE64)),
  /** Any proxy that sends base64 of the DER, with padding, in a header of the operator's choice. */
  DER_BASE64("der-base64", Verify.NONE, Set.of(""), field("", CertificateEncoding.BASE64)),
  /** Any proxy that sends the percent-encoded PEM in a header of the operator's choice. */
  PEM_URL_ENCODED(
      "pem-url-encoded", Verify.NONE, Set.of(""), field("", CertificateEncoding.ESCAPED_PEM)),
  /** Any proxy that sends base64 of the PEM text, such as F5's {@code b64encode}. */
  PEM_BASE64("pem-base64", Verify.NONE, Set.of(""), field("", CertificateEncoding.BASE64_PEM)),
  /** Any proxy that sends the PEM on one line: its line breaks are white space, or left out. */
  PEM_ONE_LINE("pem-one-line", Verify.NONE, Set.of(""), field("", CertificateEncoding.FOLDED_PEM)),
  /** Any proxy that sends the SHA-256 of the DER in 64 hexadecimal digits, without separators. */
  SHA256_FINGERPRINT(
      "sha256-fingerprint", Verify.NONE, Set.of(""), field("", CertificateEncoding.SHA256_HEX));

  /** A header of a format; the name is empty where the operator must choose it. */
  record Field(String name, CertificateEncoding encoding, ForwardedCertificate.Standing standing) {
    Field named(String other) {
      return new Field(other, encoding, standing);
    }
  }

  /** What must be said beside the certificate; a second header where one is not enough. */
  record Verify(
      @Nullable String name,
      @Nullable String value,
      @Nullable String secondName,
      @Nullable String secondValue) {
    static final Verify NONE = new Verify(null, null, null, null);

    Verify(String name, String value) {
      this(name, value, null, null);
    }
  }

  private final String propertyName;
  private final Verify verify;
  private final Set<String> absentSpellings;
  private final List<Field> fields;

  CertificateHeaderFormat(
      String propertyName, Verify verify, Set<String> absentSpellings, Field... fields) {
    this.propertyName = propertyName;
    this.verify = verify;
    this.absentSpellings = absentSpellings;
    this.fields = List.of(fields);
  }

  private static Field field(String name, CertificateEncoding encoding) {
    return new Field(name, encoding, VERIFIED);
  }

  /** The value of {@code certificate.header.format}. */
  public String propertyName() {
    return propertyName;
  }

  /** The headers in which the certificate comes by default; none where a name must be set. */
  public List<String> headerNames() {
    return fields.stream().map(Field::name).filter(name -> !name.isEmpty()).toList();
  }

  /** The header that says whether the certificate was verified, or null when it has none. */
  public @Nullable String verifyName() {
    return verify.name();
  }

  /** What that header says when it was, or null when it has none. */
  public @Nullable String verifyValue() {
    return verify.value();
  }

  /** The field values that mean that there is no certificate, beside no header at all. */
  public Set<String> absentSpellings() {
    return absentSpellings;
  }

  /** The value without what a product puts around it. */
  String bare(String value) {
    return value;
  }

  List<Field> fields() {
    return fields;
  }

  Verify verify() {
    return verify;
  }
}
