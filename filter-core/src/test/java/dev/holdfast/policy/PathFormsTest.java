package dev.holdfast.policy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.TestRequest;
import dev.holdfast.policy.BindingPolicy.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** T96, with the request lines that real proxies forwarded. */
class PathFormsTest {
  private static final List<String> PROXIES = List.of("apache", "caddy", "haproxy", "nginx");

  /** Every path that some server, proxy or framework could take one of the targets for. */
  private static final List<String> READINGS =
      List.of("/admin", "/admin/x", "/a", "/a/b", "/a/admin", "/b", "/");

  static Set<String> targets() {
    Set<String> targets = new LinkedHashSet<>();
    for (String proxy : PROXIES) {
      try (InputStream capture =
          PathFormsTest.class.getResourceAsStream(
              "/dev/holdfast/captures/paths-" + proxy + ".txt")) {
        new String(capture.readAllBytes(), ISO_8859_1)
            .lines()
            .map(line -> line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' ')))
            .forEach(targets::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return targets;
  }

  private static BindingPolicy policy(Mode defaults, Mode mode, String path) {
    Set<ConfirmationMethod> methods = Set.of(ConfirmationMethod.CERTIFICATE);
    return new BindingPolicy(
        new Requirement(defaults, methods),
        List.of(new Rule(List.of(PathPattern.parse(path)), Set.of(), Set.of(), mode, Set.of())));
  }

  static Stream<BindingPolicy> policies() {
    return Stream.of("/admin", "/admin/**", "/a", "/a/**", "/a/*", "/*")
        .flatMap(
            path ->
                Stream.of(
                    policy(Mode.OFF, Mode.REQUIRED, path),
                    policy(Mode.REQUIRED, Mode.OFF, path),
                    policy(Mode.WHEN_BOUND, Mode.REQUIRED, path),
                    policy(Mode.REQUIRED, Mode.REPORT_ONLY, path)));
  }

  private static String plainForm(String target) {
    return switch (target) {
      case "/%61dmin", "/ADMIN" -> "/admin";
      default -> target;
    };
  }

  @ParameterizedTest
  @MethodSource("policies")
  void noFormIsLessProtectedThanAnyPlainReadingOfIt_T96(BindingPolicy policy) {
    for (String target : targets()) {
      TestRequest request = TestRequest.ofTarget(target);
      Mode mode = policy.beforeVerification(request).mode();
      List<String> readings =
          AmbiguousTarget.is(request.rawPath()) ? READINGS : List.of(plainForm(request.path()));
      for (String reading : readings) {
        assertThat(mode)
            .as("%s read as %s", target, reading)
            .isGreaterThanOrEqualTo(policy.beforeVerification(TestRequest.get(reading)).mode());
      }
    }
  }

  @Test
  void theCapturesHaveBothKindsOfTarget() {
    List<String> plain =
        targets().stream()
            .filter(t -> !AmbiguousTarget.is(TestRequest.ofTarget(t).rawPath()))
            .toList();

    assertThat(plain)
        .containsExactlyInAnyOrder(
            "/admin/x", "/admin", "/a/b", "/ADMIN", "/admin/", "/a", "/a?x=%zz", "/%61dmin");
    assertThat(targets()).hasSizeGreaterThan(20);
  }

  @Test
  void theApplicationsPrefixDoesNotHideAnAmbiguousForm_T96() {
    BindingPolicy policy = policy(Mode.OFF, Mode.REQUIRED, "/admin/**");
    for (String target : targets()) {
      TestRequest request = TestRequest.ofTarget(target);
      TestRequest prefixed = request.raw("/app" + request.rawPath());
      assertThat(policy.beforeVerification(prefixed)).isEqualTo(policy.beforeVerification(request));
    }
  }
}
