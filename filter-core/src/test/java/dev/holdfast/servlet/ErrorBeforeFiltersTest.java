package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A request that Tomcat refuses before all filters reaches them with the error page only, and has
 * found its session all the same.
 */
@Tag("verify")
class ErrorBeforeFiltersTest {

  private static Valve refusing() {
    return new ValveBase(true) {
      @Override
      public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getRequestURI().equals("/blocked")) {
          response.sendError(ContractServlets.ERROR);
        } else {
          getNext().invoke(request, response);
        }
      }
    };
  }

  @Test
  void theErrorPageShowsAThiefNothing() {
    try (CookieFixture fixture =
        new CookieFixture(
            (spec, application, reached) ->
                TomcatServer.start(
                    spec,
                    application,
                    reached,
                    context -> context.getPipeline().addValve(refusing())))) {
      Browser owner = fixture.signedIn();
      assertThat(owner.get("/blocked").body()).isEqualTo("alice an id, valid");
      Browser thief = fixture.browser(CookieFixture.THIEF).withStolen(owner);
      int reached = fixture.reached();

      HttpResponse<String> refused = thief.get("/blocked");
      assertThat(refused.statusCode()).as("not sent to the error page").isEqualTo(403);
      assertThat(refused.headers().firstValue("location")).isEmpty();
      assertThat(refused.body()).isEmpty();
      assertThat(fixture.reached()).isEqualTo(reached);
      assertThat(thief.cookies()).isEmpty();
      assertThat(thief.get("/blocked").body()).isEqualTo("nobody no id, not valid");
      assertThat(owner.get("/blocked").body()).isEqualTo("alice an id, valid");
    }
  }
}
