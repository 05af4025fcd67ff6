package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.spring.boot.failures.Failures;
import dev.holdfast.spring.look.UnenforcedTokensException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.security.AuthenticationProcessInterceptor;
import org.springframework.security.rsocket.core.PayloadSocketAcceptorInterceptor;

/** Servers of other protocols take tokens on ports that Holdfast's filters do not stand before. */
@Tag("verify")
class OtherProtocolsTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  static class OwnInterceptor extends AuthenticationProcessInterceptor {}

  @Configuration
  static class Grpc {
    @Bean
    AuthenticationProcessInterceptor grpcTokens() {
      return new OwnInterceptor();
    }
  }

  /** What it is shows only once it is there. */
  @Configuration
  static class GrpcByAnotherType {
    @Bean
    Object grpcTokens() {
      return new OwnInterceptor();
    }
  }

  @Configuration
  static class Rsocket {
    @Bean
    PayloadSocketAcceptorInterceptor rsocketTokens() {
      return new PayloadSocketAcceptorInterceptor();
    }
  }

  private static FailureAnalysis analysis(Throwable failure) {
    return Failures.ofTokens(failure);
  }

  @Test
  void tokensByGrpcStopTheStart_C02() {
    for (Class<?> grpc : new Class<?>[] {Grpc.class, GrpcByAnotherType.class}) {
      web.withUserConfiguration(grpc)
          .run(
              context -> {
                assertThat(context).hasFailed();
                FailureAnalysis analysis = analysis(context.getStartupFailure());
                assertThat(analysis.getDescription())
                    .startsWith("The bean \"grpcTokens\"")
                    .contains("Holdfast does not cover gRPC");
                assertThat(analysis.getAction())
                    .contains("GrpcServerOAuth2ResourceServerAutoConfiguration")
                    .endsWith("set holdfast.tokens.chains-of-others=grpcTokens.");
              });
    }
  }

  @Test
  void tokensByRsocketStopTheStart_C02() {
    web.withUserConfiguration(Rsocket.class)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(analysis(context.getStartupFailure()).getDescription())
                  .startsWith("The bean \"rsocketTokens\"")
                  .contains("Holdfast does not cover RSocket");
            });
  }

  @Test
  void aContextBelowIsLookedAtToo_C05() {
    web.run(
        context -> {
          AnnotationConfigApplicationContext below = new AnnotationConfigApplicationContext();
          below.setParent(context.getSourceApplicationContext());
          below.register(Grpc.class);
          assertThat(catchThrowable(below::refresh))
              .isInstanceOf(UnenforcedTokensException.class)
              .hasMessageContaining("gRPC");
        });
  }

  @Test
  void aBeanThatTheSettingsNameIsLeftAlone_C01() {
    web.withUserConfiguration(Grpc.class)
        .withPropertyValues("holdfast.tokens.chains-of-others=grpcTokens")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void anApplicationThatTakesNoTokensElsewhereStarts() {
    new WebApplicationContextRunner()
        .withConfiguration(StartTest.ALL)
        .withPropertyValues(
            "holdfast.cookies.names=SID", "holdfast.cookies.secrets=" + "0123456789".repeat(4))
        .withUserConfiguration(Grpc.class)
        .run(context -> assertThat(context).hasNotFailed());
  }
}
