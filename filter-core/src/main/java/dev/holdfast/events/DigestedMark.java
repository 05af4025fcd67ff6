package dev.holdfast.events;

import dev.holdfast.AccessToken;
import dev.holdfast.Sha256Digest;
import dev.holdfast.events.TokenMark.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A mark as it is remembered, and told to other nodes: of the value, which may be personal data,
 * its digest alone. The digest is also over kind and issuer, so that equal values of two issuers do
 * not look equal. Whoever can guess a value can compare it with the digest.
 *
 * @param issuer the issuer of the tokens; empty for the text of a token whose issuer is not known
 * @param kind which claim it is about
 * @param digest of the value; for {@link Kind#TOKEN}, of the token's text alone
 */
public record DigestedMark(String issuer, Kind kind, Sha256Digest digest) {

  /** The mark, with the digest of its value. */
  public static DigestedMark of(TokenMark mark) {
    return new DigestedMark(mark.issuer(), mark.kind(), digest(mark));
  }

  private static Sha256Digest digest(TokenMark mark) {
    if (mark.kind() == Kind.TOKEN) {
      Sha256Digest ofText = Sha256Digest.parse(mark.value()).orElse(null);
      if (ofText != null) {
        return ofText;
      }
    }
    String text =
        mark.kind() + ":" + mark.issuer().length() + ":" + mark.issuer() + ":" + mark.value();
    return Sha256Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a token has one of these marks; one of its text is not seen here. */
  static Predicate<AccessToken> onAnyOf(Collection<DigestedMark> marks) {
    Set<DigestedMark> all = new HashSet<>(marks);
    Set<String> issuers = all.stream().map(DigestedMark::issuer).collect(Collectors.toSet());
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    all.forEach(mark -> kinds.add(mark.kind()));
    return token ->
        issuers.contains(token.issuer())
            && kinds.stream()
                .map(kind -> TokenMark.in(token, kind))
                .anyMatch(mark -> mark != null && all.contains(of(mark)));
  }
}
