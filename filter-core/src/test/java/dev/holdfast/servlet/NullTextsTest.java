package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that nobody has set, such as {@code System.getenv(...)}, is refused with a text. */
@Tag("verify")
class NullTextsTest extends FilterFixture {
  private static final Map<String, ThrowingCallable> CALLS =
      Map.of(
          "an audience", () -> IssuerSettings.ofJwt("https://i").withAudiences((String) null),
          "an audience of the issuer",
              () -> HoldfastFilter.builder().issuer("https://i", (String) null),
          "a method", () -> HoldfastFilter.builder().methods((ConfirmationMethod) null),
          "an origin", () -> HoldfastFilter.builder().allowedOrigins((String) null),
          "a path", () -> HoldfastFilter.builder().rule(null, null),
          "the name", () -> HoldfastFilter.builder().rolesFrom(null),
          "a cookie's name", () -> BoundCookieFilter.builder().names((String) null),
          "a secret", () -> BoundCookieFilter.builder().secrets(CookieFixture.NEW, null),
          "all audiences", () -> IssuerSettings.ofJwt("https://i").withAudiences((String[]) null));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "an audience",
        "an audience of the issuer",
        "a method",
        "an origin",
        "a path",
        "the name",
        "a cookie's name",
        "a secret",
        "all audiences"
      })
  void aSettingIsNamed(String what) {
    String named = what.replace(" of the issuer", "").replace("all audiences", "an audience");
    assertThatThrownBy(CALLS.get(what))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(named)
        .hasMessageContaining(" is null: look at where it is read from");
  }

  @Test
  void soIsAnUrlPattern() throws Exception {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    start(
        context -> {
          context.addFilter("first", filter(VALID));
          for (ThrowingCallable call :
              new ThrowingCallable[] {
                () -> filter(VALID).register(context, (String) null),
                () -> filter(VALID).register(context, (String[]) null),
                () -> filter(VALID).register(context, "/api/*", null),
                () -> filter(VALID).registerAfter(context, "first", (String) null)
              }) {
            assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a URL pattern is null: look at where it is read from");
          }
          refused.set(new IllegalStateException("all of them were refused"));
        });
    assertThat(refused.get()).hasMessage("all of them were refused");
  }
}
