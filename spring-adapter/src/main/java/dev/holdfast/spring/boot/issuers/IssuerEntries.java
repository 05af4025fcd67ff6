package dev.holdfast.spring.boot.issuers;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds the issuers of Boot's own properties to {@code holdfast.tokens.issuers}, each one once. Two
 * entries for one issuer are one: what only one of them says counts, and where they contradict each
 * other the start stops.
 */
public final class IssuerEntries {
  /** What a member is called in Boot's properties for JWTs. */
  private static final Map<String, String> JWT_NAMES =
      Map.of(
          "issuer", BootIssuers.JWT + "issuer-uri",
          "jwk-set-uri", BootIssuers.JWT + "jwk-set-uri",
          "audiences", BootIssuers.JWT + "audiences",
          "algorithms", BootIssuers.JWT + "jws-algorithms");

  private static final String URI = "introspection.uri";
  private static final String CLIENT_ID = "introspection.client-id";
  private static final String CLIENT_SECRET = "introspection.client-secret";

  private static final Map<String, String> OPAQUE_NAMES =
      Map.of(
          URI, BootIssuers.OPAQUE + "introspection-uri",
          CLIENT_ID, BootIssuers.OPAQUE + "client-id",
          CLIENT_SECRET, BootIssuers.OPAQUE + "client-secret");

  private final TreeMap<String, String> settings;
  private final int own;
  private int count;
  private final WrittenNames names = new WrittenNames();

  private IssuerEntries(Map<String, String> written) {
    this.settings = new TreeMap<>(written);
    while (hasAny(WrittenNames.own(count))) {
      count++;
    }
    this.own = count;
  }

  /**
   * All of them, the application's own first.
   *
   * @param written the settings of the application's own
   * @throws InvalidSettingException when two entries for one issuer contradict each other
   */
  public static IssuerEntries of(Map<String, String> written, BootIssuers boot) {
    IssuerEntries entries = new IssuerEntries(written);
    if (boot.hasJwtIssuer()) {
      entries.addJwt(boot);
    }
    if (boot.hasIntrospection()) {
      entries.addOpaque(boot);
    }
    return entries;
  }

  /** The settings with all entries. */
  public Map<String, String> settings() {
    return new TreeMap<>(settings);
  }

  /** The names that were written, for an error text about an entry. */
  public WrittenNames names() {
    return names;
  }

  private void addJwt(BootIssuers boot) {
    Set<String> audiences = boot.audiences();
    for (int i = 0; i < own; i++) {
      Entry known = new Entry(i);
      if (!Objects.equals(known.text("issuer"), boot.issuer())) {
        continue;
      }
      Conflicts conflicts = new Conflicts(WrittenNames.own(i), JWT_NAMES);
      audiences = conflicts.one("audiences", known.texts("audiences"), audiences);
      // beside introspection, its JWTs are verified by keys; audiences hold for both
      boolean isOfJwts = !hasAny(WrittenNames.own(i) + "introspection.");
      if (isOfJwts) {
        names.add(i, JWT_NAMES, known.said());
        merge(conflicts, known, boot);
      }
      known.put("audiences", audiences);
      if (isOfJwts) {
        return;
      }
    }
    names.add(count, JWT_NAMES, Set.of());
    Entry alone = new Entry(count++);
    alone.put("issuer", boot.issuer());
    alone.put("jwk-set-uri", boot.jwkSetUri());
    alone.put("audiences", audiences.isEmpty() ? BootIssuers.anyAudienceOfJwts() : audiences);
    alone.put("algorithms", ofBoot(boot));
  }

  /** As Boot does: its default of RS256 counts where the keys are not discovered. */
  private static Set<String> ofBoot(BootIssuers boot) {
    return boot.jwkSetUri() != null && boot.algorithms().isEmpty()
        ? Set.of("RS256")
        : boot.algorithms();
  }

  private static void merge(Conflicts conflicts, Entry known, BootIssuers boot) {
    Set<String> algorithms = known.texts("algorithms");
    String keys = known.text("jwk-set-uri");
    boolean bootKnowsTheKeys = keys == null;
    known.put("jwk-set-uri", conflicts.one("jwk-set-uri", keys, boot.jwkSetUri()));
    known.put(
        "algorithms",
        conflicts.one(
            "algorithms",
            algorithms,
            algorithms.isEmpty() && bootKnowsTheKeys ? ofBoot(boot) : boot.algorithms()));
  }

  private void addOpaque(BootIssuers boot) {
    for (int i = 0; i < own; i++) {
      Entry known = new Entry(i);
      if (Objects.equals(known.text(URI), boot.introspectionUri())) {
        Conflicts conflicts = new Conflicts(WrittenNames.own(i), OPAQUE_NAMES);
        known.put(CLIENT_ID, conflicts.one(CLIENT_ID, known.text(CLIENT_ID), boot.clientId()));
        known.put(
            CLIENT_SECRET,
            conflicts.secret(CLIENT_SECRET, known.text(CLIENT_SECRET), boot.clientSecret()));
        names.add(i, OPAQUE_NAMES, Set.of(URI));
        return;
      }
    }
    names.add(count, OPAQUE_NAMES, Set.of());
    Entry alone = new Entry(count++);
    alone.put(URI, boot.introspectionUri());
    alone.put(CLIENT_ID, boot.clientId());
    alone.put(CLIENT_SECRET, boot.clientSecret());
    alone.put("audiences", BootIssuers.anyAudienceOfIntrospection());
  }

  private boolean hasAny(String prefix) {
    String next = settings.ceilingKey(prefix);
    return next != null && next.startsWith(prefix);
  }

  /** One entry among the settings. */
  private final class Entry {
    private final String prefix;

    Entry(int index) {
      this.prefix = WrittenNames.own(index);
    }

    @Nullable String text(String member) {
      String text = settings.get(prefix + member);
      return text == null ? null : text.trim();
    }

    /** With commas, or indexed. */
    Set<String> texts(String member) {
      Set<String> texts = new LinkedHashSet<>();
      String joined = text(member);
      if (joined != null) {
        for (String one : joined.split(",", -1)) {
          texts.add(one.trim());
        }
      }
      String element = text(member + "[0]");
      for (int i = 0; element != null; element = text(member + "[" + ++i + "]")) {
        texts.add(element);
      }
      return texts;
    }

    void put(String member, @Nullable String text) {
      if (text != null) {
        settings.put(prefix + member, text);
      }
    }

    void put(String member, Set<String> texts) {
      settings.keySet().removeIf(name -> name.startsWith(prefix + member + "["));
      settings.remove(prefix + member);
      int index = 0;
      for (String text : texts) {
        settings.put(prefix + member + "[" + index++ + "]", text);
      }
    }

    /** What it says itself, under its own name. */
    Set<String> said() {
      Set<String> said = new LinkedHashSet<>(JWT_NAMES.keySet());
      said.removeIf(member -> texts(member).isEmpty());
      return said;
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
