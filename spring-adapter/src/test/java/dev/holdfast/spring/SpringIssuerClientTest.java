package dev.holdfast.spring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.IssuerClient;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.configuration.assembly.Assembly;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

/** An application's own client for calls to issuers, as a bean. */
@Tag("verify")
class SpringIssuerClientTest {
  private static final URI PLACE = URI.create("https://as.example/introspect");
  private final List<MockClientHttpRequest> sent = new CopyOnWriteArrayList<>();
  private final MockClientHttpResponse answer =
      new MockClientHttpResponse("{\"active\":false}".getBytes(US_ASCII), HttpStatus.OK);

  private final ClientHttpRequestFactory requests =
      (uri, method) -> {
        MockClientHttpRequest request = new MockClientHttpRequest(method, uri);
        request.setResponse(answer);
        sent.add(request);
        return request;
      };

  @Test
  void theRequestAndTheAnswerArePassedOnAsTheyAre() throws Exception {
    answer.getHeaders().set("Content-Type", "application/json");
    IssuerClient.Response response =
        SpringIssuerClient.of(requests)
            .exchange(
                new IssuerClient.Request(
                    "POST",
                    PLACE,
                    Map.of("Authorization", "Basic c2VjcmV0"),
                    "token=x",
                    Duration.ofSeconds(5)));
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).getMethod().name()).isEqualTo("POST");
    assertThat(sent.get(0).getURI()).isEqualTo(PLACE);
    assertThat(sent.get(0).getHeaders().toSingleValueMap())
        .containsEntry("Authorization", "Basic c2VjcmV0");
    assertThat(sent.get(0).getBodyAsString()).isEqualTo("token=x");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.contentType()).isEqualTo("application/json");
    assertThat(response.body()).hasContent("{\"active\":false}");
  }

  @Test
  void aRequestWithoutABodySendsNoneAndAnAnswerMayHaveNoType() throws Exception {
    IssuerClient.Response response =
        SpringIssuerClient.of(requests)
            .exchange(new IssuerClient.Request("GET", PLACE, Map.of(), "", Duration.ofSeconds(5)));
    assertThat(sent.get(0).getBodyAsBytes()).isEmpty();
    assertThat(response.contentType()).isEmpty();
  }

  /** A bean of the application's; static, as a runner makes the configuration itself. */
  @Configuration(proxyBeanMethods = false)
  static class OwnClient {
    final List<String> asked = new CopyOnWriteArrayList<>();

    @Bean
    IssuerClient mine() {
      return SpringIssuerClient.of(
          (uri, method) -> {
            asked.add(method + " " + uri);
            MockClientHttpRequest request = new MockClientHttpRequest(method, uri);
            MockClientHttpResponse inactive =
                new MockClientHttpResponse("{\"active\":false}".getBytes(US_ASCII), HttpStatus.OK);
            inactive.getHeaders().set("Content-Type", "application/json");
            request.setResponse(inactive);
            return request;
          });
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class AnotherClient {
    @Bean
    IssuerClient another() {
      return request -> {
        throw new AssertionError();
      };
    }
  }

  private static WebApplicationContextRunner web() {
    return new WebApplicationContextRunner()
        .withConfiguration(StartTest.ALL)
        .withPropertyValues(
            "holdfast.tokens.issuers[0].introspection.uri=" + PLACE,
            "holdfast.tokens.issuers[0].introspection.client-id=api",
            "holdfast.tokens.issuers[0].introspection.client-secret=not-shown",
            "holdfast.tokens.issuers[0].audiences=https://api.example");
  }

  @Test
  void theBeanMakesTheCallsToIssuers() {
    web()
        .withUserConfiguration(OwnClient.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              Verification verification =
                  context
                      .getBean(Assembly.class)
                      .tokens()
                      .verify(PresentedToken.of(PresentedToken.Scheme.BEARER, "opaque"))
                      .get(20, TimeUnit.SECONDS);
              assertThat(verification).isInstanceOf(Verification.Invalid.class);
              assertThat(context.getBean(OwnClient.class).asked).containsExactly("POST " + PLACE);
            });
  }

  @Test
  void twoSuchBeansOfWhichNoneIsPrimaryStopTheStart() {
    web()
        .withUserConfiguration(OwnClient.class, AnotherClient.class)
        .run(context -> assertThat(context).getFailure().hasMessageContaining("mine,another"));
  }
}
