package dev.holdfast.mtls.header;

import dev.holdfast.Proof;
import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import dev.holdfast.mtls.encoding.DecodedCertificate;
import dev.holdfast.mtls.encoding.UnreadableCertificateException;
import dev.holdfast.mtls.header.ForwardedCertificate.Standing;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the client's certificate from the headers of a trusted proxy, in one configured format.
 *
 * <p>It believes nobody else: the evidence gives it no header of another peer. Whatever is there is
 * exactly one certificate in that format, which the proxy says it verified where the format has a
 * way to say so, or it is refused; a format never guesses. Where a format has several headers,
 * those that are there must name the same certificate. Safe for use by many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9440">RFC 9440</a>
 */
public final class CertificateHeader {
  private final List<CertificateField> fields;
  private final VerifyRule verify;
  private final @Nullable String chainName;

  /**
   * One that has seen no certificate yet.
   *
   * @throws IllegalArgumentException when the certificate and what the proxy says of it are to come
   *     in the same header
   */
  public CertificateHeader(CertificateHeaderOptions options) {
    this.fields =
        believed(options).stream()
            .map(field -> new CertificateField(field, options.format(), options.hops()))
            .toList();
    this.verify = VerifyRule.of(options);
    boolean standardName =
        options.format() == CertificateHeaderFormat.RFC9440
            && fields.get(0).name().equalsIgnoreCase("Client-Cert");
    this.chainName = standardName ? ClientCertChain.NAME : null;
    requireDifferentNames();
  }

  private void requireDifferentNames() {
    Set<String> seen = new HashSet<>();
    for (String name : allNames()) {
      if (!seen.add(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-"))) {
        throw new IllegalArgumentException(
            "the certificate and what the proxy says of it need headers of their own, and both are"
                + " to come in "
                + name);
      }
    }
  }

  private static List<CertificateHeaderFormat.Field> believed(CertificateHeaderOptions options) {
    List<CertificateHeaderFormat.Field> own = options.format().fields();
    String name = options.name();
    if (name == null) {
      return own;
    }
    return List.of(
        own.stream()
            .filter(field -> field.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseGet(() -> own.get(0).named(name)));
  }

  /**
   * Every header in which it believes: the proxy must set or remove each of them on every request,
   * and nobody else's must reach the application.
   */
  public Set<String> headerNames() {
    return Set.copyOf(allNames());
  }

  private List<String> allNames() {
    List<String> names = new ArrayList<>();
    fields.forEach(field -> names.add(field.name()));
    for (String name : new @Nullable String[] {verify.name(), verify.secondName(), chainName}) {
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /** The certificate that the proxy forwarded with this request. */
  public ForwardedCertificate read(RequestEvidence evidence) {
    try {
      Found found = find(evidence);
      return found == null ? ForwardedCertificate.Absent.ABSENT : found.certificate();
    } catch (UnreadableCertificateException unreadable) {
      return new ForwardedCertificate.Refused(unreadable.rule());
    }
  }

  /**
   * The certificate that the proxy verified, which may be shown to the application; null when there
   * is none. One that nobody verified has names which are the client's own words.
   */
  public @Nullable X509Certificate verified(RequestEvidence evidence) {
    return read(evidence) instanceof ForwardedCertificate.Certificate forwarded
            && forwarded.standing() == Standing.VERIFIED
        ? forwarded.certificate()
        : null;
  }

  /** The same as a proof, for which a known certificate is not read again. */
  public Proof prove(RequestEvidence evidence) {
    try {
      Found found = find(evidence);
      return found == null ? Proof.Absent.ABSENT : found.proven;
    } catch (UnreadableCertificateException unreadable) {
      return new Proof.Rejected(Refusal.BINDING_NOT_PROVEN, unreadable.rule());
    }
  }

  /** A header that holds a certificate, when all that is said about it fits together. */
  private record Found(
      CertificateField field, String value, Standing standing, Proof.Proven proven) {

    /** The same with no more standing than another header gives it. */
    Found atMost(Standing other) {
      return other == Standing.VERIFIED || standing == other
          ? this
          : new Found(field, value, other, proven);
    }

    ForwardedCertificate certificate() throws UnreadableCertificateException {
      DecodedCertificate decoded = field.decoded(value);
      X509Certificate certificate = decoded.certificate();
      return certificate == null
          ? new ForwardedCertificate.Thumbprint(decoded.thumbprint())
          : new ForwardedCertificate.Certificate(certificate, decoded.thumbprint(), standing);
    }
  }

  private @Nullable Found find(RequestEvidence evidence) throws UnreadableCertificateException {
    Found first = null;
    for (CertificateField field : fields) {
      String value = field.value(evidence);
      if (value == null) {
        continue;
      }
      Standing standing = verify.check(evidence, field.standing());
      Found found = new Found(field, value, standing, field.proven(value));
      if (first == null) {
        first = found;
      } else if (!first.proven.equals(found.proven)) {
        throw new UnreadableCertificateException("two headers name different certificates");
      } else {
        first = first.atMost(found.standing);
      }
    }
    if (chainName != null) {
      ClientCertChain.check(evidence.proxyHeaders(chainName), first == null ? null : first.value);
    }
    return first;
  }
}
