package dev.holdfast.configuration;

import static dev.holdfast.configuration.GivenSettings.assembly;
import static dev.holdfast.configuration.GivenSettings.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.assembly.MetadataAssembly;
import dev.holdfast.configuration.settings.MetadataSettings;
import dev.holdfast.configuration.settings.ProxySettings;
import dev.holdfast.http.Forwarding;
import dev.holdfast.http.PathRequest;
import dev.holdfast.http.metadata.MetadataAnswer;
import dev.holdfast.http.metadata.ResourceIdentifier;
import dev.holdfast.http.metadata.ResourceMetadata;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code metadata.*}: what stops the start, and what differs from it by one thing. */
class MetadataSettingsTest {
  private static final String RESOURCE = "https://api.example/v1";

  private static String[] enabled(String... more) {
    return Stream.concat(Stream.of("metadata.enabled", "true"), Stream.of(more))
        .toArray(String[]::new);
  }

  private static void assertStarts(String... namesAndValues) {
    try (Assembly assembly = assembly(namesAndValues)) {
      assertThat(MetadataAssembly.of(assembly)).isNotNull();
    }
  }

  @Test
  void nothingIsServedUnlessItIsAskedFor() {
    try (Assembly assembly = assembly()) {
      assertThat(MetadataAssembly.of(assembly)).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example, , NONE, true",
    ", https://api.example/v1, NONE, true",
    ", , X_FORWARDED, true",
    ", , NONE, ",
    ", http://api.example:8080, NONE, ",
    ", http://api.example:8080, X_FORWARDED, ",
    "https://api.example, http://api.example:8080, NONE, true"
  })
  void theDefaultInSpringIsToServeWhatHasAName(
      String resource, String base, Forwarding forwarding, Boolean served) {
    MetadataSettings written = new MetadataSettings(null, resource, List.of(), null);
    ProxySettings proxies =
        new ProxySettings(List.of("10.0.0.0/8"), false, Set.of(), null, forwarding, base, null);
    assertThat(written.servedWhereNamed(proxies).enabled()).isEqualTo(served);
    MetadataSettings refused = new MetadataSettings(false, resource, List.of(), null);
    assertThat(refused.servedWhereNamed(proxies)).isEqualTo(refused);
  }

  @Test
  void theNameMustBeSaidWhereNobodyVouchesForOne() {
    assertRefused(
        "holdfast.metadata.resource: holdfast.metadata.enabled=true is set, and no setting says"
            + " what this service is called; the Host of a request is its client's word. Write it"
            + " as clients do",
        enabled());
    assertStarts(enabled("metadata.resource", RESOURCE));
    assertStarts(enabled("proxies.external-uri", RESOURCE));
    assertStarts(enabled("proxies.trusted", "10.0.0.0/8", "proxies.forwarding", "forwarded"));
  }

  @Test
  void theBaseOfTargetsMustBeANameToo() {
    assertRefused(
        "holdfast.metadata.resource: it is missing, and"
            + " holdfast.proxies.external-uri=http://api.example is no name of a resource",
        enabled("proxies.external-uri", "http://api.example"));
    assertStarts(
        enabled("proxies.external-uri", "http://api.example", "metadata.resource", RESOURCE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.example", "http://api.example", "https://api.example?a", "*"})
  void whatIsNoNameStopsTheStart(String resource) {
    assertRefused(
        "holdfast.metadata.resource: \"" + resource + "\" is no name of a resource",
        enabled("metadata.resource", resource));
  }

  @ParameterizedTest
  @CsvSource({
    "metadata.resource, https://api.example",
    "metadata.scopes, read",
    "metadata.documentation, https://docs.example"
  })
  void aSettingWithoutEffectStopsTheStart(String name, String value) {
    assertRefused(
        "holdfast." + name + ": it has no effect without holdfast.metadata.enabled=true",
        name,
        value);
    assertStarts(enabled("proxies.external-uri", RESOURCE, name, value));
  }

  @Test
  void aScopeStandsThereOnce() {
    assertRefused(
        "holdfast.metadata.scopes: \"read\" stands there twice. Write it once",
        enabled("metadata.resource", RESOURCE, "metadata.scopes", "read,write,read"));
  }

  @ParameterizedTest
  @CsvSource({"a\"b, false", "a\\b, false", "\u00e4, false", "a:b/c.~!#[]'%, true"})
  void aScopeHasTheCharactersOfOne(String scope, boolean starts) {
    String[] settings = enabled("metadata.resource", RESOURCE, "metadata.scopes[0]", scope);
    if (starts) {
      assertStarts(settings);
    } else {
      assertRefused("holdfast.metadata.scopes: \"" + scope + "\" is no scope", settings);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "docs.example, false",
    "ftp://docs.example, false",
    "javascript:alert(1), false",
    "https://docs.example/a?b#c, true",
    "http://docs.example, true"
  })
  void theDocumentationIsAPage(String address, boolean starts) {
    String[] settings = enabled("metadata.resource", RESOURCE, "metadata.documentation", address);
    if (starts) {
      assertStarts(settings);
    } else {
      assertRefused("holdfast.metadata.documentation: \"" + address + "\" is no", settings);
    }
  }

  private static String document(String... more) {
    try (Assembly assembly = assembly(enabled(more))) {
      ResourceMetadata metadata = MetadataAssembly.of(assembly);
      assertThat(metadata).isNotNull();
      PathRequest request = new PathRequest(ResourceIdentifier.WELL_KNOWN);
      MetadataAnswer answer = metadata.answer("GET", request, false, "");
      assertThat(answer).isNotNull();
      return answer.body();
    }
  }

  @Test
  void theBaseOfTargetsIsTheNameWhereNoOtherIsWritten() {
    assertThat(document("proxies.external-uri", "https://a.example/v1/"))
        .startsWith("{\"resource\":\"https://a.example/v1/\",");
    assertThat(document("proxies.external-uri", "https://a.example", "metadata.resource", RESOURCE))
        .startsWith("{\"resource\":\"" + RESOURCE + "\",");
  }

  /** An introspection endpoint alone is no issuer that a client could ask for a token. */
  @Test
  void theIssuersAreThoseWithAName() {
    assertThat(
            document(
                "metadata.resource", RESOURCE,
                "tokens.issuers[1].issuer", "https://two.example",
                "tokens.issuers[1].audiences", "api",
                "tokens.issuers[2].introspection.uri", "https://three.example/introspect",
                "tokens.issuers[2].introspection.client-id", "api",
                "tokens.issuers[2].introspection.client-secret", "s3cret",
                "tokens.issuers[2].audiences", "api"))
        .contains(
            "\"authorization_servers\":[\"https://issuer.example\",\"https://two.example\"],"
                + "\"bearer_methods_supported\":[\"header\"],");
  }

  @ParameterizedTest
  @CsvSource({
    "required,    dpop,        '',         '',           true",
    "required,    dpop,        required,   dpop,         true",
    "required,    dpop,        when-bound, dpop,         false",
    "required,    dpop,        required,   certificate,  false",
    "required,    dpop,        off,        '',           false",
    "when-bound,  dpop,        required,   dpop,         false",
    "report-only, dpop,        '',         '',           false"
  })
  void dpopIsRequiredWhereEveryRuleDemandsItAlone(
      String policy, String methods, String rulePolicy, String ruleMethods, boolean required) {
    Stream<String> settings =
        Stream.of("metadata.resource", RESOURCE, "policy", policy, "methods", methods);
    if (!rulePolicy.isEmpty()) {
      Stream<String> rule = Stream.of("rules[0].paths", "/a", "rules[0].policy", rulePolicy);
      settings = Stream.concat(settings, rule);
    }
    if (!ruleMethods.isEmpty()) {
      settings = Stream.concat(settings, Stream.of("rules[0].methods", ruleMethods));
    }
    assertThat(document(settings.toArray(String[]::new)))
        .contains("\"dpop_bound_access_tokens_required\":" + required);
  }

  @ParameterizedTest
  @CsvSource({
    "required,   'certificate,dpop', true,  true",
    "required,   certificate,        true,  false",
    "when-bound, dpop,               false, true",
    "off,        'certificate,dpop', false, false"
  })
  void aMethodIsNamedWhereItIsTaken(
      String policy, String methods, boolean certificate, boolean dpop) {
    String document = document("metadata.resource", RESOURCE, "policy", policy, "methods", methods);
    assertThat(document.contains("\"tls_client_certificate_bound_access_tokens\":true"))
        .isEqualTo(certificate);
    assertThat(document.contains("\"dpop_signing_alg_values_supported\":[\"ES256\","))
        .isEqualTo(dpop);
    assertThat(document.contains("dpop_bound_access_tokens_required")).isEqualTo(dpop);
  }
}
