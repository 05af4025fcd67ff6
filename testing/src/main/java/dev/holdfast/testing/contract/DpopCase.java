package dev.holdfast.testing.contract;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.DpopProof;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The FAPI 2.0 list for resource servers, a row for each: what is done to a good proof, and whether
 * the request passes all the same.
 */
@SuppressWarnings("ImmutableEnumChecker") // functions without a state
enum DpopCase {
  AS_IT_SHOULD_BE(Expected.ACCEPTED),
  EXTRA_HEADER_MEMBER(Expected.ACCEPTED, proof -> proof.header("kid", "one")),
  EXTRA_CLAIM(Expected.ACCEPTED, proof -> proof.claim("client", "any")),
  TEN_SECONDS_AHEAD(Expected.ACCEPTED, proof -> proof.madeSecondsAgo(-10)),
  TEN_SECONDS_OLD(Expected.ACCEPTED, proof -> proof.madeSecondsAgo(10)),
  HTU_WITH_QUERY(Expected.ACCEPTED, proof -> proof, base -> base + "/me?a=b"),
  HTU_WITH_FRAGMENT(Expected.ACCEPTED, proof -> proof, base -> base + "/me#top"),
  HTU_IN_UPPER_CASE(
      Expected.ACCEPTED, proof -> proof, base -> base.toUpperCase(Locale.ROOT) + "/me"),
  HTU_WITH_ENCODED_LETTER(Expected.ACCEPTED, proof -> proof, base -> base + "/%6De"),
  HTU_WITH_DOT_SEGMENT(Expected.ACCEPTED, proof -> proof, base -> base + "/x/../me"),

  WITHOUT_TYP(Expected.REFUSED, proof -> proof.header("typ", null)),
  WITHOUT_ALG(Expected.REFUSED, proof -> proof.header("alg", null)),
  WITHOUT_JWK(Expected.REFUSED, proof -> proof.header("jwk", null)),
  WITHOUT_JTI(Expected.REFUSED, proof -> proof.claim("jti", null)),
  WITHOUT_HTM(Expected.REFUSED, proof -> proof.claim("htm", null)),
  WITHOUT_HTU(Expected.REFUSED, proof -> proof.claim("htu", null)),
  WITHOUT_IAT(Expected.REFUSED, proof -> proof.claim("iat", null)),
  WITHOUT_ATH(Expected.REFUSED, proof -> proof.claim("ath", null)),
  WRONG_TYP(Expected.REFUSED, proof -> proof.header("typ", "JWT")),
  ALG_NONE(Expected.REFUSED, proof -> proof.header("alg", "none")),
  ALG_SYMMETRIC(Expected.REFUSED, proof -> proof.header("alg", "HS256")),
  CRITICAL_EXTENSION(Expected.REFUSED, proof -> proof.header("crit", List.of("exp"))),
  SIGNED_BY_ANOTHER_KEY(Expected.REFUSED, proof -> proof.signedBy(DpopKey.create())),
  PRIVATE_KEY(Expected.REFUSED, DpopProof::withPrivateKey),
  OTHER_METHOD(Expected.REFUSED, proof -> proof.claim("htm", "POST")),
  METHOD_IN_LOWER_CASE(Expected.REFUSED, proof -> proof.claim("htm", "get")),
  OTHER_PATH(Expected.REFUSED, proof -> proof, base -> base + "/payments"),
  PATH_IN_UPPER_CASE(Expected.REFUSED, proof -> proof, base -> base + "/ME"),
  PATH_WITH_ENCODED_SLASH(Expected.REFUSED, proof -> proof, base -> base + "%2fme"),
  OTHER_HOST(
      Expected.REFUSED, proof -> proof, base -> base.replace("localhost", "127.0.0.1") + "/me"),
  OTHER_PORT(Expected.REFUSED, proof -> proof, base -> "https://localhost/me"),
  OTHER_SCHEME(Expected.REFUSED, proof -> proof, base -> base.replace("https:", "http:") + "/me"),
  RELATIVE_URI(Expected.REFUSED, proof -> proof.claim("htu", "/me")),
  AN_HOUR_OLD(Expected.REFUSED, proof -> proof.madeSecondsAgo(3600)),
  AN_HOUR_AHEAD(Expected.REFUSED, proof -> proof.madeSecondsAgo(-3600)),
  WRONG_ATH(
      Expected.REFUSED, proof -> proof.claim("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo")),
  EMPTY_JTI(Expected.REFUSED, proof -> proof.claim("jti", "")),
  JTI_IS_A_NUMBER(Expected.REFUSED, proof -> proof.claim("jti", 7));

  /** What becomes of the request. */
  enum Expected {
    ACCEPTED,
    REFUSED
  }

  private final Expected expected;
  private final UnaryOperator<DpopProof> change;
  private final UnaryOperator<String> target;

  DpopCase(Expected expected) {
    this(expected, proof -> proof);
  }

  DpopCase(Expected expected, UnaryOperator<DpopProof> change) {
    this(expected, change, base -> base + "/me");
  }

  DpopCase(Expected expected, UnaryOperator<DpopProof> change, UnaryOperator<String> target) {
    this.expected = expected;
    this.change = change;
    this.target = target;
  }

  boolean isAccepted() {
    return expected == Expected.ACCEPTED;
  }

  /** The proof for {@code GET /me} at this base, such as {@code https://localhost:8443}. */
  String proof(DpopKey key, String base, String token) {
    return change.apply(key.proof("GET", target.apply(base), token)).sign();
  }
}
