package dev.holdfast.examples.stolentoken;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs, running.
 *
 * @param identities whose certificates they know
 * @param secrets which passwords they know
 * @param authorizationServer where tokens come from
 * @param apis where tokens are used
 * @param tokenBindingApis where tokens are used that are bound to a Token Binding
 */
record Parts(
    Identities identities,
    Secrets secrets,
    String issuer,
    Part authorizationServer,
    List<Api> apis,
    List<Api> tokenBindingApis)
    implements AutoCloseable {

  private static final Duration START_DEADLINE = Duration.ofSeconds(45);
  private static final Pattern SPRING_PORT = Pattern.compile("Tomcat started on port (\\d+) ");
  private static final Pattern SERVLET_PORT = Pattern.compile("ready at https://[^ ]*:(\\d+)");

  /**
   * Starts the programs, and waits until each of them listens.
   *
   * @param enforcement settings of the APIs, such as {@code holdfast.policy}
   */
  static Parts start(
      Workplace workplace,
      Identities identities,
      Map<String, String> enforcement,
      Progress progress) {
    Launcher launcher = new Launcher(workplace, identities, Secrets.random(), enforcement);
    List<Part> started = new ArrayList<>();
    try {
      Part server = launcher.authorizationServer();
      started.add(server);
      String issuer = "https://localhost:" + port(server, SPRING_PORT, progress);
      Part spring = launcher.springBootApi(issuer);
      started.add(spring);
      Part servlet = launcher.servletApi(issuer);
      started.add(servlet);
      List<Api> apis = apis(servlet, spring, progress);
      Part boundSpring = launcher.springBootTokenBindingApi(issuer);
      started.add(boundSpring);
      Part boundServlet = launcher.servletTokenBindingApi(issuer);
      started.add(boundServlet);
      List<Api> tokenBindingApis = apis(boundServlet, boundSpring, progress);
      return new Parts(identities, launcher.secrets(), issuer, server, apis, tokenBindingApis);
    } catch (RuntimeException failed) {
      end(started);
      throw failed;
    }
  }

  private static List<Api> apis(Part servlet, Part spring, Progress progress) {
    return List.of(
        new Api("servlet", servlet, port(servlet, SERVLET_PORT, progress)),
        new Api("spring", spring, port(spring, SPRING_PORT, progress)));
  }

  private static int port(Part part, Pattern line, Progress progress) {
    return progress.during(
        part.name(),
        () -> {
          String port =
              part.await(
                  text -> {
                    Matcher matcher = line.matcher(text);
                    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
                  },
                  START_DEADLINE);
          return Integer.parseInt(port);
        });
  }

  @Override
  public void close() {
    List<Part> all = new ArrayList<>(List.of(authorizationServer));
    apis.forEach(api -> all.add(api.part()));
    tokenBindingApis.forEach(api -> all.add(api.part()));
    end(all);
  }

  private static void end(List<Part> parts) {
    parts.forEach(Part::stop);
    parts.forEach(Part::close);
  }
}
