package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertDpopBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidProof;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The target as the client wrote it, where a proxy hands on another one: a trusted proxy is
 * believed, nobody else; and what the log says when a proof names another target.
 */
public interface OriginalTargetCases extends WithFixture {
  String HEADER = "X-Original-URI";

  private DpopClient client(String trusted, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "proxies.trusted", trusted,
                "proxies.original-uri-header", HEADER,
                "metadata.enabled", "false"));
    settings.addAll(Arrays.asList(more));
    return DpopClient.of(fixture(), fixture().api(settings.toArray(String[]::new)));
  }

  /** {@code GET /me} with a proof for the target, whatever the client wrote. */
  private static void assertServed(DpopClient client, String target, String... headers) {
    List<String> sent = new ArrayList<>(List.of("DPoP", client.proofOf(target).sign()));
    sent.addAll(Arrays.asList(headers));
    assertDpopBound(client.get(client.api().anonymous(), "/me", sent), client.key().thumbprint());
  }

  private static void assertRefused(DpopClient client, String target, String... headers) {
    List<String> sent = new ArrayList<>(List.of("DPoP", client.proofOf(target).sign()));
    sent.addAll(Arrays.asList(headers));
    assertInvalidProof(client.api(), () -> client.get(client.api().anonymous(), "/me", sent));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/me", "/users/a%40b%3Ac%2Cd%2Be", "/a%2Fb?x=y", "/"})
  default void aTrustedProxysFieldHasTheWholePath_C25(String original) {
    DpopClient client = client(ProxyCases.PROXY);
    String target = client.api().base() + original.replaceFirst("\\?.*", "");
    assertServed(client, target, HEADER, original);
    assertRefused(client, client.api().base() + "/me", HEADER, original);
    assertServed(client, client.api().base() + "/me");
  }

  @Test
  default void itStandsBehindTheOriginAndNoPrefix_C25() {
    DpopClient fixed = client(ProxyCases.PROXY, "proxies.external-uri", "https://api.example/v1");
    assertServed(fixed, "https://api.example/v1/a%2Cb", HEADER, "/v1/a%2Cb");
    assertServed(fixed, "https://api.example/v1/me");
    DpopClient forwarding = client(ProxyCases.PROXY, "proxies.forwarding", "x-forwarded");
    String[] headers = {
      "X-Forwarded-Proto", "https", "X-Forwarded-Host", "api.example", "X-Forwarded-Prefix", "/v1"
    };
    assertServed(forwarding, "https://api.example/v1/me", headers);
    List<String> with = new ArrayList<>(Arrays.asList(headers));
    with.addAll(List.of(HEADER, "/v1/a%2Cb"));
    assertServed(forwarding, "https://api.example/v1/a%2Cb", with.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1/me", "https://api.example/v1/me", "*", "?x=y", "/a b", "/a%zz"})
  default void anIllegibleOneLeavesTheTargetUnknown_C25(String original) {
    DpopClient client = client(ProxyCases.PROXY);
    assertRefused(client, client.api().base() + "/me", HEADER, original);
    assertRefused(client, client.api().base() + "/v1/me", HEADER, original);
  }

  @Test
  default void soDoTwo_C25() {
    DpopClient client = client(ProxyCases.PROXY);
    assertRefused(client, client.api().base() + "/v1/me", HEADER, "/v1/me", HEADER, "/v1/me");
  }

  @ParameterizedTest
  @CsvSource({"X-Original-URI", "X_Original_URI", "x-original-uri"})
  default void aStrangersIsIgnoredAndHidden_C25(String name) {
    DpopClient client = client(ProxyCases.ELSEWHERE);
    assertRefused(client, client.api().base() + "/v1/me", name, "/v1/me");
    assertServed(client, client.api().base() + "/me", name, "/v1/me");
    String proof = client.proofOf(client.api().base() + "/seen").sign();
    List<String> sent = List.of("DPoP", proof, name, "/v1/forged");
    assertThat(client.get(client.api().anonymous(), "/seen", sent).body())
        .contains("authorization: ")
        .doesNotContain("/v1/forged");
  }

  @Test
  default void theLogNamesTheExpectedTargetAndTheSettings_C24() {
    DpopClient client = client(ProxyCases.PROXY, "proxies.forwarding", "x-forwarded");
    String[] inner = {
      "X-Forwarded-Proto", "https", "X-Forwarded-Host", "h.example", "X-Forwarded-Port", "10443"
    };
    try (CapturedLog log = CapturedLog.start()) {
      assertRefused(client, "https://h.example/me", inner);
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("https://h.example:10443/me")
                      .contains("proxies.external-uri"));
    }
    try (CapturedLog log = CapturedLog.start()) {
      assertRefused(client, "https://h.example/me");
      assertThat(log.lines())
          .anySatisfy(
              line -> assertThat(line).contains("does not forward").contains("proxies.forwarding"));
    }
  }
}
