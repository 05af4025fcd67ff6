package dev.holdfast.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.contract.Api;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WildFly (Servlet 6.0 in Undertow). */
class WildFlyTest extends ServerContract {
  @Override
  String distribution() {
    return "wildfly";
  }

  @Override
  RunningServer start(Path home, Path directory, KeyFiles keys) throws IOException {
    return WildFly.start(home, directory, keys);
  }

  /** Without the tab in the place of the space, which this Undertow makes a space. */
  @Override
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer \u00a0%s",
        "Bearer %s x",
        "Bearer %s,",
        "Bearer %s\u00a0",
        "Bearer \"%s\""
      })
  public void onlySpacesAndOneTokenAreRead_T22(String form) {
    super.onlySpacesAndOneTokenAreRead_T22(form);
  }

  @Test
  void aTabThatIsMadeASpaceHelpsNoThief_T22() {
    Api api = fixture().api();
    int before = api.reached();
    String token = fixture().issuer().jwt(fixture().boundClaims());
    assertThat(api.thief().send("GET", "/me", "Authorization", "Bearer\t" + token).statusCode())
        .isIn(400, 401);
    assertThat(api.reached()).isEqualTo(before);
  }
}
