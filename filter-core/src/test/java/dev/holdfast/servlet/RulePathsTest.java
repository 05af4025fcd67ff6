package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.policy.BindingPolicy;
import dev.holdfast.policy.PathPattern;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules with paths on a filter that is mapped to {@code /api/*}, before a servlet that is mapped in
 * the same way. The caller's token is bound to no key: 200 says {@code when-bound} and 401 says
 * {@code required}.
 */
@Tag("verify")
class RulePathsTest extends FilterFixture {

  @ParameterizedTest
  @CsvSource({
    "/api/*, /api/payments/1, 401",
    "/api/*, /api/payments, 401",
    "/api/*, /api/PAYMENTS/1, 401",
    "/api/*, /api/%70ayments/1, 401",
    "/api/*, /api/other, 200",
    "/api/*, /api/open/1, 200",
    "/api/*, /api/payments;a=b/1, 401",
    "/api/*, /api;a=b/payments/1, 401",
    "/api/*, /api/other;a=b, 401",
    "/api/*, /api/open/..;/payments/1, 401",
    "/api/*, /api/payments%2F1, 401",
    "/api/*, /api/open%2F..%2Fpayments, 401",
    "/*, /api/payments/1, 401",
    "/*, /api/other, 200",
    "/api/payments/*, /api/payments/1, 401",
    "*.json, /api/payments/1.json, 401",
    "*.json, /api/other/1.json, 200",
  })
  void pathsAreBelowTheContextPathWhateverTheServletIsMappedTo_C89(
      String servlet, String path, int status) throws Exception {
    start(
        context -> {
          FilterRegistration.Dynamic filter = context.addFilter("holdfast", filter());
          filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/api/*");
          ServletRegistration.Dynamic page = context.addServlet("here", new Here());
          page.addMapping(servlet);
        });
    assertThat(get(path)).isEqualTo(status);
  }

  private static HoldfastFilter filter() {
    BindingPolicy.Rule rule =
        new BindingPolicy.Rule(
            List.of(PathPattern.parse("/api/payments/**")),
            Set.of(),
            Set.of(),
            Mode.REQUIRED,
            Set.of());
    BindingPolicy policy =
        new BindingPolicy(
            new Requirement(Mode.WHEN_BOUND, Set.of(ConfirmationMethod.CERTIFICATE)),
            List.of(rule));
    return new HoldfastFilter(
        new BindingEnforcer(List.of(), VALID, policy, EnforcementListener.silent()));
  }

  private static final class Here extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(200);
    }
  }
}
