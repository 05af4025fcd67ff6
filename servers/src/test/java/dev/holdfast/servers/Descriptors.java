package dev.holdfast.servers;

import java.util.List;
import java.util.Map;

/** What {@code web.xml} says. */
final class Descriptors {
  private static final String ALL =
      """
          <dispatcher>REQUEST</dispatcher>
          <dispatcher>FORWARD</dispatcher>
          <dispatcher>INCLUDE</dispatcher>
          <dispatcher>ERROR</dispatcher>
          <dispatcher>ASYNC</dispatcher>
      """;
  private static final List<String> OPEN =
      List.of("ping", "reached", "forward", "include", "error");
  private static final List<String> GUARDED =
      List.of("me", "payments", "seen", "forward", "include", "async", "error", "error-page");

  private Descriptors() {}

  /**
   * The contract's endpoints. The filter is mapped to the protected ones by their names, so that
   * the open ones stay open.
   */
  static String ofTheContract(Map<String, String> settings) {
    StringBuilder servlets = new StringBuilder();
    StringBuilder names = new StringBuilder();
    OPEN.forEach(each -> servlets.append(servlet("public-" + each, "/public/" + each)));
    GUARDED.forEach(each -> servlets.append(servlet(each, '/' + each)));
    servlets.append(servlet("everything", "/"));
    GUARDED.forEach(each -> names.append(element("servlet-name", each)));
    names.append(element("servlet-name", "everything"));
    servlets.append(
        "<error-page><error-code>418</error-code><location>/error-page</location></error-page>\n");
    return descriptor(settings, names.toString(), servlets.toString());
  }

  /** As the README has it: one prefix, by its URL pattern. */
  static String ofTheReadme(Map<String, String> settings) {
    return descriptor(
        settings,
        element("url-pattern", "/api/*"),
        servlet("public-ping", "/public/ping") + servlet("me", "/api/me"));
  }

  private static String descriptor(
      Map<String, String> settings, String mappings, String application) {
    StringBuilder parameters = new StringBuilder();
    settings.forEach(
        (name, value) ->
            parameters.append(
                "<init-param>%s%s</init-param>%n"
                    .formatted(element("param-name", name), element("param-value", value))));
    return """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
          <filter>
            <filter-name>holdfast</filter-name>
            <filter-class>dev.holdfast.servlet.HoldfastFilter</filter-class>
            <async-supported>true</async-supported>
            %s
          </filter>
          <filter-mapping>
            <filter-name>holdfast</filter-name>
            %s
            %s
          </filter-mapping>
          %s
        </web-app>
        """
        .formatted(parameters, mappings, ALL, application);
  }

  private static String servlet(String name, String path) {
    return """
        <servlet>
          <servlet-name>%s</servlet-name>
          <servlet-class>dev.holdfast.servers.application.Endpoints</servlet-class>
          <async-supported>true</async-supported>
        </servlet>
        <servlet-mapping>
          <servlet-name>%s</servlet-name>
          <url-pattern>%s</url-pattern>
        </servlet-mapping>
        """
        .formatted(name, name, path);
  }

  private static String element(String name, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    return '<' + name + '>' + escaped + "</" + name + '>';
  }
}
