package dev.holdfast.mtls.header;

import dev.holdfast.mtls.encoding.ByteSequence;
import dev.holdfast.mtls.encoding.CertificateChain;
import dev.holdfast.mtls.encoding.DecodedCertificate;
import dev.holdfast.mtls.encoding.DerCertificate;
import dev.holdfast.mtls.encoding.PemText;
import dev.holdfast.mtls.encoding.PemText.LineBreak;
import dev.holdfast.mtls.encoding.PercentEncoding;
import dev.holdfast.mtls.encoding.Sha256Text;
import dev.holdfast.mtls.encoding.StrictBase64;
import dev.holdfast.mtls.encoding.UnreadableCertificateException;
import java.nio.charset.StandardCharsets;

/** The encodings of all formats. Each reads the whole value, or refuses it. */
enum CertificateEncoding {
  /** {@code :base64:}. */
  BYTE_SEQUENCE {
    @Override
    DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException {
      return DerCertificate.read(ByteSequence.decode(value));
    }
  },
  /** base64 with padding. */
  BASE64 {
    @Override
    DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException {
      return DerCertificate.read(StrictBase64.decode(value));
    }
  },
  /** base64 of each certificate, comma-separated, leaf first. */
  BASE64_CHAIN {
    @Override
    DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException {
      return CertificateChain.leafOfBase64(value);
    }
  },
  /** PEM, percent-encoded, line breaks and all. */
  ESCAPED_PEM {
    @Override
    DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException {
      return DerCertificate.ofEscapedPem(value);
    }
  },
  /** The same with one certificate after the other, leaf first. */
  ESCAPED_PEM_CHAIN {
    @Override
    DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException {
      return CertificateChain.leaf(PemText.all(PercentEncoding.decode(value), LineBreak.LINE_FEED));
    }
  },
  /** PEM whose lines were joined, by white space or by nothing at all. */
  FOLDED_PEM {
    @Override
    DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException {
      String joined = PemText.joinedBase64(value);
      return DerCertificate.read(
          joined == null ? PemText.one(value, LineBreak.WHITE_SPACE) : StrictBase64.decode(joined));
    }
  },
  /** PEM in base64 once more. */
  BASE64_PEM {
    @Override
    DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException {
      String text = new String(StrictBase64.decodeText(value), StandardCharsets.ISO_8859_1);
      return DerCertificate.read(PemText.one(text, LineBreak.LINE_FEED));
    }
  },
  /**
   * nginx's two: the escaped variable, and the deprecated one whose lines are folded. They cannot
   * be taken for one another, for only the first has a percent sign, and it must.
   */
  NGINX_PEM {
    @Override
    DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException {
      CertificateEncoding variable = value.indexOf('%') >= 0 ? ESCAPED_PEM : FOLDED_PEM;
      return variable.decode(value, hops);
    }
  },
  /** Envoy's elements. */
  XFCC {
    @Override
    DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException {
      return XfccHeader.decode(value, hops);
    }
  },
  /** The SHA-256 in hexadecimal. */
  SHA256_HEX {
    @Override
    DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException {
      return new DecodedCertificate(null, Sha256Text.ofHex(value));
    }
  },
  /** The SHA-256 in base64. */
  SHA256_BASE64 {
    @Override
    DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException {
      return new DecodedCertificate(null, Sha256Text.ofBase64(value));
    }
  };

  /**
   * Reads a value whose length the caller has bounded.
   *
   * @param hops which element from the end is the client's, where the encoding has elements
   */
  abstract DecodedCertificate decode(String value, int hops) throws UnreadableCertificateException;
}
