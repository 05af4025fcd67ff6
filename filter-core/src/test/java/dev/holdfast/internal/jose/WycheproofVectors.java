package dev.holdfast.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Project Wycheproof's vectors, read in place from {@code wycheproof/} in the directory that the
 * system property {@code holdfast.outside-vectors} names.
 */
public final class WycheproofVectors {
  private static final String PROPERTY = "holdfast.outside-vectors";

  private WycheproofVectors() {}

  /**
   * One vector.
   *
   * @param group the group's members, its key among them
   * @param test the test's own members
   */
  public record Vector(Map<String, Object> group, Map<String, Object> test) {

    /** A member of the test, as text. */
    public String text(String name) {
      return String.valueOf(test.get(name));
    }

    /** {@code valid}, {@code acceptable} or {@code invalid}. */
    public String result() {
      return text("result");
    }

    /** The number and the comment. */
    public String name() {
      return text("tcId") + " " + text("comment");
    }

    /** An object in the group. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> key(String name) {
      return (Map<String, Object>) group.get(name);
    }
  }

  /** Stops the test where there are no vectors, and fails it where there have to be. */
  public static void needed() {
    if (directory() == null || !Files.isDirectory(directory())) {
      assertThat(System.getenv("CI"))
          .as("CI needs the outside vectors: set the system property " + PROPERTY)
          .isNotEqualTo("true");
      Assumptions.abort("no outside vectors: the system property " + PROPERTY + " is not set");
    }
  }

  private static Path directory() {
    String root = System.getProperty(PROPERTY, "");
    return root.isEmpty() ? null : Path.of(root, "wycheproof");
  }

  /** The vectors of one file. */
  @SuppressWarnings("unchecked")
  public static List<Vector> of(String file) throws Exception {
    List<Vector> vectors = new ArrayList<>();
    Map<String, Object> json = JSONObjectUtils.parse(Files.readString(directory().resolve(file)));
    for (Object group : (List<Object>) json.get("testGroups")) {
      Map<String, Object> members = (Map<String, Object>) group;
      for (Object test : (List<Object>) members.get("tests")) {
        vectors.add(new Vector(members, (Map<String, Object>) test));
      }
    }
    return vectors;
  }
}
