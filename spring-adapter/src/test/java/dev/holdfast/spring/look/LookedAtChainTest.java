package dev.holdfast.spring.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

class LookedAtChainTest {

  private static String printed(RequestMatcher matcher) {
    return new LookedAtChain(
            new DefaultSecurityFilterChain(matcher),
            "api",
            LookedAtChain.Finding.ENFORCED,
            List.of())
        .toString();
  }

  @Test
  void aMatcherInCodeHasNoAddressInItsName() {
    RequestMatcher code = request -> true;
    RequestMatcher path = PathPatternRequestMatcher.withDefaults().matcher("/api/**");
    assertThat(printed(code)).isEqualTo("api (a RequestMatcher in code)");
    assertThat(printed(new OrRequestMatcher(path, code)))
        .isEqualTo("api (/api/**, a RequestMatcher in code)");
  }
}
