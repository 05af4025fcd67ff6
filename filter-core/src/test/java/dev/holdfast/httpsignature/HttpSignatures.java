package dev.holdfast.httpsignature;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.ConfirmationMethodProvider;
import dev.holdfast.PresentedToken;
import dev.holdfast.Proof;
import dev.holdfast.ProofVerifier;
import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mechanism that Holdfast has not, to show what one needs: HTTP message signatures (RFC 9421) by
 * an Ed25519 key that stands as a JWK in {@code cnf}, under a scheme of its own. Each request is
 * signed: its method, path, query and token.
 */
public final class HttpSignatures implements ProofVerifier {
  static final ConfirmationMethod METHOD =
      ConfirmationMethod.named("http-signature")
          .member("sig-jwk", HttpSignatures::keyIn)
          .scheme("HttpSig")
          .requestHeader("Signature-Input")
          .requestHeader("Signature")
          .build();
  static final Refusal INVALID_SIGNATURE =
      Refusal.ofProof(
          "INVALID_SIGNATURE",
          "invalid_signature",
          "the signature is not valid for this request",
          "the signature is not valid for this request");
  private static final String COMPONENTS = "(\"@method\" \"@path\" \"@query\" \"authorization\")";
  private static final Pattern INPUT =
      Pattern.compile(
          "sig=("
              + Pattern.quote(COMPONENTS)
              + ";created=([1-9][0-9]{0,11});keyid=\"([A-Za-z0-9_-]{43})\")");
  private static final Pattern SIGNATURE = Pattern.compile("sig=:([A-Za-z0-9+/]{86}==):");
  private static final String X509 = "302a300506032b6570032100"; // what stands before the key
  private final Clock clock;

  /** Names the method in {@code META-INF/services}. */
  public static final class Provider implements ConfirmationMethodProvider {
    @Override
    public ConfirmationMethod method() {
      return METHOD;
    }
  }

  HttpSignatures(Clock clock) {
    this.clock = clock;
  }

  @Override
  public ConfirmationMethod method() {
    return METHOD;
  }

  @Override
  public String challengeParameters() {
    return "alg=\"ed25519\"";
  }

  @Override
  public Proof prove(RequestEvidence evidence, PresentedToken token) {
    if (token.scheme() != METHOD.scheme()) {
      return Proof.Absent.ABSENT;
    }
    Matcher input = only(INPUT, evidence.headers("Signature-Input"));
    Matcher signature = only(SIGNATURE, evidence.headers("Signature"));
    if (input == null || signature == null) {
      return new Proof.Rejected(INVALID_SIGNATURE, "there is not one well-formed signature");
    }
    long age = clock.instant().getEpochSecond() - Long.parseLong(input.group(2));
    if (Math.abs(age) > 60) {
      return new Proof.Rejected(INVALID_SIGNATURE, "created is not now");
    }
    byte[] base = base(evidence, input.group(1)).getBytes(StandardCharsets.UTF_8);
    return holds(input.group(3), base, Base64.getDecoder().decode(signature.group(1)))
        ? new Proof.Proven(new Binding(METHOD, thumbprint(input.group(3))))
        : new Proof.Rejected(INVALID_SIGNATURE, "the signature does not hold");
  }

  private static Matcher only(Pattern pattern, List<String> fields) {
    Matcher matcher = pattern.matcher(fields.size() == 1 ? fields.get(0) : "");
    return matcher.matches() ? matcher : null;
  }

  /** What is signed (RFC 9421 section 2.5). */
  static String base(RequestEvidence request, String parameters) {
    return String.format(
        "\"@method\": %s\n\"@path\": %s\n\"@query\": ?%s\n\"authorization\": %s\n"
            + "\"@signature-params\": %s",
        request.httpMethod(),
        request.rawPath(),
        request.query() == null ? "" : request.query(),
        String.join(", ", request.headers("Authorization")),
        parameters);
  }

  /** The parameters of a signature made at this time by this key. */
  static String parameters(long created, String x) {
    return COMPONENTS + ";created=" + created + ";keyid=\"" + x + '"';
  }

  private static boolean holds(String x, byte[] base, byte[] signature) {
    try {
      byte[] key = HexFormat.of().parseHex(X509 + HexFormat.of().formatHex(Base64Url.decode(x)));
      KeyFactory keys = KeyFactory.getInstance("Ed25519");
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(keys.generatePublic(new X509EncodedKeySpec(key)));
      check.update(base);
      return check.verify(signature);
    } catch (GeneralSecurityException refused) {
      return false;
    }
  }

  /** The key that {@code cnf} names: an Ed25519 JWK (RFC 8037), else none. */
  private static Sha256Digest keyIn(Object value) {
    return value instanceof Map<?, ?> jwk
            && "OKP".equals(jwk.get("kty"))
            && "Ed25519".equals(jwk.get("crv"))
            && jwk.get("x") instanceof String x
            && x.length() == 43
            && Base64Url.decode(x) != null
        ? thumbprint(x)
        : null;
  }

  /** RFC 8037 appendix A.3. */
  private static Sha256Digest thumbprint(String x) {
    String jwk = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
    return Sha256Digest.of(jwk.getBytes(StandardCharsets.UTF_8));
  }
}
