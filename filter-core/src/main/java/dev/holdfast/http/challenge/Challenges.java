package dev.holdfast.http.challenge;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementPolicy;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Question;
import dev.holdfast.Refusal;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The challenges of one enforcer: one for each scheme that is taken at the place of the request,
 * and the error under the scheme that the caller used (RFC 9449 section 7.1). The challenge that
 * carries the error stands first, because some clients read the first one only. Which error it is,
 * and where, depends on what the caller sent and on the policy, never on which part of a token or
 * proof was wrong.
 */
public final class Challenges {
  private static final Pattern PARAMETERS = Pattern.compile("[ -~]*");
  private final EnforcementPolicy policy;
  private final List<OwnScheme> own;

  /**
   * A scheme beside {@code Bearer}.
   *
   * @param method whose it is
   * @param parameters what its challenge says beside an error; may be empty
   */
  private record OwnScheme(ConfirmationMethod method, String parameters) {
    OwnScheme {
      if (!PARAMETERS.matcher(parameters).matches()) {
        throw new IllegalArgumentException(
            "the parameters of the challenge of " + method + " are no header text");
      }
    }

    private String text(@Nullable Refusal refusal, String demand, @Nullable String metadata) {
      String all =
          demand.isEmpty() || parameters.isEmpty()
              ? demand + parameters
              : demand + ", " + parameters;
      return ChallengeText.of(method.scheme(), refusal, all, metadata);
    }
  }

  /** Challenges of what this enforcer's mechanisms take. */
  public Challenges(BindingEnforcer enforcer) {
    this.policy = enforcer.policy();
    this.own =
        enforcer.mechanisms().stream()
            .filter(mechanism -> mechanism.method().hasOwnScheme())
            .map(mechanism -> new OwnScheme(mechanism.method(), mechanism.challengeParameters()))
            .toList();
  }

  /** What answers the decision, with the header fields that it brings. */
  public Challenge of(Decision.Refused refused) {
    return of(refused, null);
  }

  /**
   * The same, and where the resource's metadata is (RFC 9728 section 5.1).
   *
   * @param metadata its address; null: it is not served
   */
  public Challenge of(Decision.Refused refused, @Nullable String metadata) {
    return of(
        refused.refusal(),
        DemandText.of(refused),
        refused.responseHeaders(),
        refused.scheme(),
        refused.requirement(),
        metadata);
  }

  /** What answers a request with this refusal that nobody has decided. */
  public Challenge of(Refusal refusal, Question question) {
    return of(refusal, question, null);
  }

  /**
   * The same, and where the resource's metadata is.
   *
   * @param metadata its address; null: it is not served
   */
  public Challenge of(Refusal refusal, Question question, @Nullable String metadata) {
    return of(refusal, "", Map.of(), question.scheme(), question.requirement(), metadata);
  }

  private Challenge of(
      Refusal refusal,
      String demand,
      Map<String, String> headers,
      @Nullable Scheme used,
      @Nullable Requirement demanded,
      @Nullable String metadata) {
    List<OwnScheme> taken = taken(demanded);
    boolean bearer = takes(demanded, Scheme.BEARER) || taken.isEmpty();
    OwnScheme first = bearer ? null : taken.get(0);
    for (OwnScheme scheme : taken) {
      first = scheme.method().scheme() == used ? scheme : first;
    }
    List<String> challenges = new ArrayList<>(1 + taken.size());
    if (first != null) { // the one with the error
      challenges.add(first.text(refusal, demand, metadata));
    }
    if (bearer) {
      challenges.add(
          first == null
              ? ChallengeText.of(Scheme.BEARER, refusal, demand, metadata)
              : ChallengeText.of(Scheme.BEARER, null, "", metadata));
    }
    for (OwnScheme scheme : taken) {
      if (!scheme.equals(first)) {
        challenges.add(scheme.text(null, "", metadata));
      }
    }
    return Challenge.of(refusal, challenges, headers);
  }

  private List<OwnScheme> taken(@Nullable Requirement demanded) {
    return own.stream().filter(scheme -> takes(demanded, scheme.method().scheme())).toList();
  }

  /**
   * Whether a token under this scheme could pass where this is demanded.
   *
   * @param demanded null where only the token's issuer will tell
   */
  public boolean takes(@Nullable Requirement demanded, Scheme scheme) {
    if (scheme != Scheme.BEARER
        && own.stream().noneMatch(known -> known.method().scheme() == scheme)) {
      return false;
    }
    List<Requirement> possible = demanded == null ? policy.requirements() : List.of(demanded);
    return possible.stream().anyMatch(requirement -> passes(requirement, scheme));
  }

  private static boolean passes(Requirement requirement, Scheme scheme) {
    Set<ConfirmationMethod> methods = requirement.methods();
    boolean known = methods.stream().anyMatch(method -> method.scheme() == scheme);
    return scheme == Scheme.BEARER
        ? requirement.mode() != Mode.REQUIRED || methods.isEmpty() || known
        : requirement.mode() != Mode.OFF && known;
  }

  /**
   * What a client must be told that knows no {@code Bearer}: the challenges without an error of the
   * other schemes that are taken, {@code DPoP algs="ES256"} for example.
   *
   * @param demanded null where only the token's issuer will tell
   */
  public List<String> besideBearer(@Nullable Requirement demanded) {
    return besideBearer(demanded, null);
  }

  /**
   * The same, and where the resource's metadata is.
   *
   * @param metadata its address; null: it is not served
   */
  public List<String> besideBearer(@Nullable Requirement demanded, @Nullable String metadata) {
    return taken(demanded).stream().map(scheme -> scheme.text(null, "", metadata)).toList();
  }
}
