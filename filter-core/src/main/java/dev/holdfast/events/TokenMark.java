package dev.holdfast.events;

import dev.holdfast.AccessToken;
import dev.holdfast.PresentedToken;
import dev.holdfast.Sha256Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one can tell tokens of an issuer by. A text of more than {@value #MOST_CHARACTERS}
 * characters is known by its digest, so that a mark is small whatever somebody sends.
 *
 * @param issuer the issuer of the tokens
 * @param kind which claim it is about
 * @param value what that claim says; an address in lower case
 */
public record TokenMark(String issuer, Kind kind, String value) {
  static final int MOST_CHARACTERS = 255;

  /** Which claim a mark is about. */
  public enum Kind {
    /** {@code sub}. */
    SUBJECT,
    /** {@code sub} of a token that names no session. */
    SUBJECT_WITHOUT_SESSION,
    /** {@code sid} (OpenID Connect Front-Channel Logout 1.0), or Keycloak's session_state. */
    SESSION,
    /** {@code client_id}, or {@code azp}. */
    CLIENT,
    /** {@code email}, in any case. */
    EMAIL,
    /** {@code phone_number}. */
    PHONE_NUMBER,
    /** {@code jti}: one token, whenever it was issued. */
    JWT_ID,
    /** The digest of the token's text: one token, whenever it was issued. */
    TOKEN,
    /**
     * The digest of what a JWS's signature is over (RFC 7515 section 5.1): one token, whenever it
     * was issued, and whoever writes an ECDSA signature of it in its other form.
     */
    SIGNED_PART;

    /** Whether it names one token alone, so that the time of its issue does not matter. */
    boolean isOfOneToken() {
      return this == JWT_ID || this == TOKEN || this == SIGNED_PART;
    }
  }

  /** Normalises the value. */
  public TokenMark {
    if (kind == Kind.EMAIL) {
      value = value.toLowerCase(Locale.ROOT);
    }
    if (value.length() > MOST_CHARACTERS) {
      value = "sha256:" + digest(value).toBase64Url();
    }
  }

  private static Sha256Digest digest(String text) {
    return Sha256Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The mark of one token's text. */
  static TokenMark ofToken(String issuer, PresentedToken token) {
    return new TokenMark(issuer, Kind.TOKEN, token.digest().toBase64Url());
  }

  /** The mark of what is signed of this JWT. */
  static TokenMark ofSignedPart(String issuer, String jwt) {
    String signed = jwt.substring(0, jwt.lastIndexOf('.'));
    return new TokenMark(issuer, Kind.SIGNED_PART, digest(signed).toBase64Url());
  }

  /**
   * Every mark that the token has.
   *
   * @param ofSignedPart whether that of what is signed is among them, which costs a digest
   */
  static List<TokenMark> of(PresentedToken presented, AccessToken token, boolean ofSignedPart) {
    List<TokenMark> marks = new ArrayList<>(Kind.values().length);
    for (Kind kind : Kind.values()) {
      TokenMark mark = in(token, kind);
      if (mark != null) {
        marks.add(mark);
      }
    }
    marks.add(ofToken(token.issuer(), presented));
    if (ofSignedPart && presented.hasJwtShape()) {
      marks.add(ofSignedPart(token.issuer(), presented.value()));
    }
    return marks;
  }

  /** The mark of that kind which the token's claims have; null for none, and for its text. */
  static @Nullable TokenMark in(AccessToken token, Kind kind) {
    String value = valueIn(token, kind);
    return value == null ? null : new TokenMark(token.issuer(), kind, value);
  }

  private static @Nullable String valueIn(AccessToken token, Kind kind) {
    return switch (kind) {
      case SUBJECT -> token.subject();
      case SUBJECT_WITHOUT_SESSION -> session(token) == null ? token.subject() : null;
      case SESSION -> session(token);
      case CLIENT -> token.clientId();
      case EMAIL -> text(token, "email");
      case PHONE_NUMBER -> text(token, "phone_number");
      case JWT_ID -> text(token, "jti");
      case TOKEN, SIGNED_PART -> null;
    };
  }

  private static @Nullable String session(AccessToken token) {
    String sid = text(token, "sid");
    return sid != null ? sid : text(token, "session_state");
  }

  private static @Nullable String text(AccessToken token, String claim) {
    return token.claims().get(claim) instanceof String text ? text : null;
  }
}
