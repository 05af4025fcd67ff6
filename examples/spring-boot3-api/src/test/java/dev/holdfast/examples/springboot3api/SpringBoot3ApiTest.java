package dev.holdfast.examples.springboot3api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API as it is started: with settings alone. */
@Tag("verify")
class SpringBoot3ApiTest {
  private static RunningApi api;
  private static Identity rightful;
  private static Identity thief;

  @BeforeAll
  static void start(@TempDir Path folder) {
    api = new RunningApi(folder);
    rightful = api.pki.clientCertificate("CN=payments-app");
    thief = api.pki.clientCertificate("CN=thief");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void theRightfulClientIsServedWithJwtAndOpaqueTokens() throws Exception {
    for (String token : tokens()) {
      HttpResponse<String> me = call("GET", "/me", rightful, token);
      assertThat(me.statusCode()).isEqualTo(200);
      assertThat(me.body())
          .contains("\"subject\":\"alice\"")
          .contains("\"client\":\"payments-app\"")
          .contains("\"binding\":\"certificate\"")
          .contains("\"thumbprint\":\"" + rightful.thumbprint() + "\"");
      assertThat(call("POST", "/payments", rightful, token).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void aThiefIsRefusedWithEither() throws Exception {
    for (String token : tokens()) {
      assertThat(call("GET", "/me", thief, token).statusCode()).isEqualTo(401);
      assertThat(call("POST", "/payments", null, token).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void thePublicPathIsOpenAndTheOthersAreNot() throws Exception {
    assertThat(call("GET", "/public/ping", null, null).statusCode()).isEqualTo(200);
    assertThat(call("GET", "/me", rightful, null).statusCode()).isEqualTo(401);
  }

  private static String[] tokens() {
    return new String[] {
      api.issuer.jwt(api.issuer.claims(rightful.thumbprint())),
      api.issuer.opaque(api.issuer.claims(rightful.thumbprint()))
    };
  }

  private static HttpResponse<String> call(
      String method, String path, Identity caller, String token) throws Exception {
    return token == null
        ? api.call(method, path, caller)
        : api.call(method, path, caller, "Authorization", "Bearer " + token);
  }
}
