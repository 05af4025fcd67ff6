package dev.holdfast;

/**
 * A key, named by its digest: what a token's confirmation demands and what a caller proves.
 *
 * @param method which digest of which key this is
 * @param digest SHA-256 of the Token Binding ID, of the certificate's DER, or the JWK thumbprint
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7800#section-3">RFC 7800, section 3</a>
 */
public record Binding(ConfirmationMethod method, Sha256Digest digest) {}
