package dev.holdfast.http.challenge;

import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Refusal;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One value of {@code WWW-Authenticate}: its constant texts, whatever the cause. */
final class ChallengeText {
  private ChallengeText() {}

  /**
   * The challenge of this scheme.
   *
   * @param refusal whose error it carries, if that has one; null to say what is taken here
   * @param parameters what stands behind the error; may be empty
   * @param metadata a URI: where the resource's metadata is (RFC 9728 section 5.1); null: nowhere
   */
  static String of(
      Scheme scheme, @Nullable Refusal refusal, String parameters, @Nullable String metadata) {
    StringJoiner text =
        new StringJoiner(", ", scheme.text() + " ", "").setEmptyValue(scheme.text());
    if (refusal != null && refusal.error() != null) {
      text.add("error=\"" + refusal.error() + '"');
      text.add("error_description=\"" + refusal.description() + '"');
    }
    if (!parameters.isEmpty()) {
      text.add(parameters);
    }
    if (metadata != null) {
      text.add("resource_metadata=\"" + metadata + '"');
    }
    return text.toString();
  }
}
