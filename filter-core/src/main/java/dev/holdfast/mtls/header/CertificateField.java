package dev.holdfast.mtls.header;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Proof;
import dev.holdfast.RequestEvidence;
import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.TokenDigester;
import dev.holdfast.mtls.encoding.DecodedCertificate;
import dev.holdfast.mtls.encoding.UnreadableCertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One header that is believed in, and what its values have said before.
 *
 * <p>A value that was read once is found again by its SHA-256, so that a known client costs one
 * digest. The finished proofs are small and many; the certificates themselves, which only an
 * application that asks for them needs, are few. Both are bounded, neither holds a header's text,
 * and what was refused leaves no trace.
 */
final class CertificateField {
  /** The longest value that is looked at, in characters: a chain of long certificates. */
  static final int MAX_CHARACTERS = 64 * 1024;

  private static final int MAX_PROOFS = 131_072; // about 260 bytes each
  private static final int MAX_CERTIFICATE_WEIGHT = 16 << 20;
  private static final int OBJECT_WEIGHT = 1024;

  private final CertificateHeaderFormat.Field field;
  private final CertificateHeaderFormat format;
  private final int hops;
  private final Cache<Sha256Digest, Proof.Proven> proofs =
      Caffeine.newBuilder().maximumSize(MAX_PROOFS).executor(Runnable::run).build();
  private final Cache<Sha256Digest, Sized> certificates =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CERTIFICATE_WEIGHT)
          .weigher((Sha256Digest key, Sized certificate) -> certificate.weight)
          .executor(Runnable::run)
          .build();

  private record Sized(DecodedCertificate decoded, int weight) {}

  CertificateField(CertificateHeaderFormat.Field field, CertificateHeaderFormat format, int hops) {
    this.field = field;
    this.format = format;
    this.hops = hops;
  }

  String name() {
    return field.name();
  }

  ForwardedCertificate.Standing standing() {
    return field.standing();
  }

  /** The field's only value, or null when there is none or it says that there is no certificate. */
  @Nullable String value(RequestEvidence evidence) throws UnreadableCertificateException {
    List<String> values = evidence.proxyHeaders(field.name());
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      throw new UnreadableCertificateException("more than one client certificate header");
    }
    String value = format.bare(values.get(0));
    return format.absentSpellings().contains(value) ? null : value;
  }

  /** The key that a value names. */
  Proof.Proven proven(String value) throws UnreadableCertificateException {
    Sha256Digest key = keyOf(value);
    Proof.Proven known = proofs.getIfPresent(key);
    if (known != null) {
      return known;
    }
    Proof.Proven proven =
        new Proof.Proven(
            new Binding(
                ConfirmationMethod.CERTIFICATE, field.encoding().decode(value, hops).thumbprint()));
    proofs.put(key, proven);
    return proven;
  }

  /** All that a value says. */
  DecodedCertificate decoded(String value) throws UnreadableCertificateException {
    Sha256Digest key = keyOf(value);
    Sized known = certificates.getIfPresent(key);
    if (known != null) {
      return known.decoded;
    }
    DecodedCertificate decoded = field.encoding().decode(value, hops);
    X509Certificate certificate = decoded.certificate();
    int weight = OBJECT_WEIGHT + (certificate == null ? 0 : value.length());
    certificates.put(key, new Sized(decoded, weight));
    return decoded;
  }

  /** ASCII only: what is not would become question marks, and two texts must not share a key. */
  private static Sha256Digest keyOf(String value) throws UnreadableCertificateException {
    if (value.length() > MAX_CHARACTERS) {
      throw new UnreadableCertificateException("the client certificate header is too long");
    }
    Sha256Digest key = TokenDigester.digestAscii(value, Sha256Digest::ofBytes);
    if (key == null) {
      throw new UnreadableCertificateException("the client certificate header is not ASCII");
    }
    return key;
  }
}
