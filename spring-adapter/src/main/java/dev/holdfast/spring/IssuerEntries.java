package dev.holdfast.spring;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.spring.HoldfastProperties.Introspection;
import dev.holdfast.spring.HoldfastProperties.Issuer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The issuers of {@code holdfast.tokens.issuers} and of Boot's own properties, each one once. Two
 * entries for one issuer are one: what only one of them says counts, and where they contradict each
 * other the start stops.
 */
final class IssuerEntries {
  /** What a member is called in Boot's properties for JWTs. */
  private static final Map<String, String> JWT_NAMES =
      Map.of(
          "issuer", BootIssuers.JWT + "issuer-uri",
          "jwk-set-uri", BootIssuers.JWT + "jwk-set-uri",
          "audiences", BootIssuers.JWT + "audiences",
          "algorithms", BootIssuers.JWT + "jws-algorithms");

  private static final Map<String, String> OPAQUE_NAMES =
      Map.of(
          "introspection.uri", BootIssuers.OPAQUE + "introspection-uri",
          "introspection.client-id", BootIssuers.OPAQUE + "client-id",
          "introspection.client-secret", BootIssuers.OPAQUE + "client-secret");

  private final List<Issuer> entries;
  private final int own;
  private final WrittenNames names = new WrittenNames();

  private IssuerEntries(List<Issuer> own) {
    this.entries = new ArrayList<>(own);
    this.own = own.size();
  }

  /**
   * All of them, the application's own first.
   *
   * @throws InvalidSettingException when two entries for one issuer contradict each other
   */
  static IssuerEntries of(List<Issuer> own, BootIssuers boot) {
    IssuerEntries entries = new IssuerEntries(own);
    Issuer jwt = boot.jwt();
    if (jwt != null) {
      entries.addJwt(jwt);
    }
    Issuer opaque = boot.opaque();
    if (opaque != null) {
      entries.addOpaque(opaque);
    }
    return entries;
  }

  List<Issuer> all() {
    return List.copyOf(entries);
  }

  /** The names that were written, for an error text about an entry. */
  WrittenNames names() {
    return names;
  }

  private void addJwt(Issuer boot) {
    Set<String> audiences = boot.audiences();
    for (int i = 0; i < own; i++) {
      Issuer known = entries.get(i);
      if (!Objects.equals(known.issuer(), boot.issuer())) {
        continue;
      }
      Conflicts conflicts = new Conflicts(WrittenNames.own(i), JWT_NAMES);
      audiences = conflicts.one("audiences", known.audiences(), audiences);
      if (known.introspection() == null) {
        entries.set(i, merged(conflicts, known, boot, audiences));
        names.add(i, JWT_NAMES, said(known));
        return;
      }
      // its opaque tokens are introspected and its JWTs verified by keys; audiences hold for both
      entries.set(i, known.withAudiences(audiences));
    }
    Issuer alone = BootIssuers.takingAnyAudience(boot.withAudiences(audiences));
    names.add(entries.size(), JWT_NAMES, Set.of());
    entries.add(alone.withAlgorithms(ofBoot(alone)));
  }

  /** As Boot does: its default of RS256 counts where the keys are not discovered. */
  private static Set<String> ofBoot(Issuer boot) {
    return boot.jwkSetUri() != null && boot.algorithms().isEmpty()
        ? Set.of("RS256")
        : boot.algorithms();
  }

  private static Issuer merged(
      Conflicts conflicts, Issuer known, Issuer boot, Set<String> audiences) {
    boolean bootKnowsTheKeys = known.jwkSetUri() == null;
    return new Issuer(
        known.issuer(),
        conflicts.one("jwk-set-uri", known.jwkSetUri(), boot.jwkSetUri()),
        audiences,
        conflicts.one(
            "algorithms",
            known.algorithms(),
            known.algorithms().isEmpty() && bootKnowsTheKeys ? ofBoot(boot) : boot.algorithms()),
        known.types(),
        known.sslBundle(),
        known.trustedCertificates(),
        null,
        known.maxConcurrentCalls(),
        known.keyMaxAge(),
        known.keyMaxStale(),
        known.allowPlainHttp());
  }

  private void addOpaque(Issuer boot) {
    Introspection theirs = Objects.requireNonNull(boot.introspection());
    for (int i = 0; i < own; i++) {
      Issuer known = entries.get(i);
      Introspection ours = known.introspection();
      if (ours == null || !Objects.equals(ours.uri(), theirs.uri())) {
        continue;
      }
      Conflicts conflicts = new Conflicts(WrittenNames.own(i), OPAQUE_NAMES);
      String id = conflicts.one("introspection.client-id", ours.clientId(), theirs.clientId());
      String secret =
          conflicts.secret(
              "introspection.client-secret", ours.clientSecret(), theirs.clientSecret());
      entries.set(
          i,
          known.withIntrospection(
              new Introspection(
                  ours.uri(), id, secret, ours.clientAuthentication(), ours.timeout())));
      names.add(i, OPAQUE_NAMES, Set.of("introspection.uri"));
      return;
    }
    names.add(entries.size(), OPAQUE_NAMES, Set.of());
    entries.add(BootIssuers.takingAnyAudience(boot));
  }

  /** What the application's own entry says itself, under its own name. */
  private static Set<String> said(Issuer known) {
    List<String> said = new ArrayList<>(List.of("issuer"));
    addIf(said, "jwk-set-uri", known.jwkSetUri() != null);
    addIf(said, "audiences", !known.audiences().isEmpty());
    addIf(said, "algorithms", !known.algorithms().isEmpty());
    return Set.copyOf(said);
  }

  private static void addIf(List<String> said, String member, boolean holds) {
    if (holds) {
      said.add(member);
    }
  }

  /** Takes what is said, once or twice the same. */
  private record Conflicts(String ours, Map<String, String> theirs) {

    @Nullable String one(String member, @Nullable String own, @Nullable String boot) {
      if (own != null && boot != null && !own.equals(boot)) {
        throw conflict(member, "\"" + own + "\" here and \"" + boot + '"');
      }
      return own != null ? own : boot;
    }

    @Nullable String secret(String member, @Nullable String own, @Nullable String boot) {
      if (own != null && boot != null && !own.equals(boot)) {
        throw conflict(member, "it is another one than");
      }
      return own != null ? own : boot;
    }

    Set<String> one(String member, Set<String> own, Set<String> boot) {
      if (!own.isEmpty() && !boot.isEmpty() && !own.equals(boot)) {
        throw conflict(member, own + " here and " + boot);
      }
      return own.isEmpty() ? boot : own;
    }

    private InvalidSettingException conflict(String member, String said) {
      return new InvalidSettingException(
          ours + member,
          "the same issuer has "
              + said
              + (said.endsWith("than") ? " " : " in ")
              + theirs.get(member),
          "Write the same in both places, or leave one of them out");
    }
  }
}
