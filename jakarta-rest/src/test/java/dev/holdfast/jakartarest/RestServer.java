package dev.holdfast.jakartarest;

import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.HoldfastFilter;
import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A container with Holdfast before an engine.
 *
 * @param port with TLS
 */
record RestServer(int port, Stop stop) implements Server {
  static final String ERROR_PAGE = "/error-page";

  interface Stop {
    void stop() throws Exception;
  }

  /** The filter, the engine and an error page that says whom it serves. */
  static ServletContainerInitializer application(Engine engine, ServerSpec spec) {
    return (classes, context) -> {
      HoldfastFilter.builder()
          .settings(SettingsReader.read(spec.settings()))
          .build()
          .register(context, "/*");
      engine.addTo(context);
      context.addServlet("errors", new ErrorPage()).addMapping(ERROR_PAGE);
    };
  }

  @Override
  public int reached() {
    return Providers.REACHED.get();
  }

  @Override
  public void close() {
    try {
      stop.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }

  private static final class ErrorPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("error page for " + request.getRemoteUser());
    }
  }
}
