package dev.holdfast.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Request targets as Apache httpd, Caddy, HAProxy and nginx pass them on: no form is less protected
 * than the plain one (T96).
 */
public interface TargetCases extends WithFixture {

  /** Bindings are required below two paths and nowhere else. */
  private Api api() {
    return fixture()
        .api("policy", "off", "rules[0].paths", "/admin/**,/a/**", "rules[0].policy", "required");
  }

  private RawResponse get(Api api, String target, String token) {
    return api.rightful()
        .raw(
            "GET "
                + target
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
                + "\r\n");
  }

  @Test
  default void thePlainFormsAreProtectedAsTheRulesSay_T96() {
    String unbound = fixture().issuer().jwt(fixture().issuer().claims(null));
    assertThat(get(api(), "/admin/x", unbound).status()).isEqualTo(401);
    assertThat(get(api(), "/a", unbound).status()).isEqualTo(401);
    assertThat(get(api(), "/b", unbound).status()).isEqualTo(200);
    String bound = fixture().issuer().jwt(fixture().boundClaims());
    assertThat(get(api(), "/admin/x", bound).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../admin/x",
        "//admin/x",
        "/admin/x",
        "/a/..;/admin",
        "/b/..;/admin",
        "/b/;/../admin",
        "/a;jsessionid=1/b",
        "/admin;jsessionid=1",
        "/;x/admin",
        "/a%2Fb",
        "/b%2F..%2Fadmin",
        "/a/%2e%2e/admin",
        "/b/%2e%2e/admin",
        "/%61dmin",
        "/a\\b",
        "/b\\..\\admin",
        "/a%5Cb",
        "/a%5cb",
        "/a%00b",
        "/a%0d%0aX:%20y",
        "/a%0D%0AX:%20y",
        "/a?x=%zz",
        "/a/./b",
        "/./admin",
        "/a/b",
        "/admin%20",
        "/admin%09",
        "/ADMIN",
        "/aDmIn/x",
        "/a%252Fb",
        "/%2561dmin",
        "/admin/",
        "/admin//",
        "/admin?x",
        "/admin%3Fx",
        "/admin#x",
        "/a",
        "/public/../admin",
        "/public/..;/admin",
        "/public/%2e%2e/admin",
        "https://localhost/admin",
        "/\u00e4/../admin"
      })
  default void noFormOfATargetIsLessProtected_T96(String target) {
    Api api = api();
    int before = api.reached();
    RawResponse unbound = get(api, target, fixture().issuer().jwt(fixture().issuer().claims(null)));
    if (unbound.status() == 200) {
      assertThat(servedPath(unbound))
          .as("the path that was served to a token without its key")
          .doesNotStartWith("/admin")
          .isNotEqualTo("/a")
          .doesNotStartWith("/a/");
    } else {
      assertThat(api.reached()).isEqualTo(before);
    }
    RawResponse anonymous = get(api, target, "");
    assertThat(anonymous.status()).as("without a token").isNotEqualTo(200);
  }

  private static String servedPath(RawResponse response) {
    String text = response.text();
    int start = text.indexOf('{', text.indexOf("\r\n\r\n"));
    Map<String, Object> json = Answers.json(text.substring(start, text.lastIndexOf('}') + 1));
    return String.valueOf(json.get("path")).toLowerCase(Locale.ROOT);
  }
}
