import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Prints the house in figures: files and code lines of each room, circles, in how many places a
 * setting is spelled, who names DPoP outside of its room, our own lines for HTTP, and where the
 * tests spend their time. Run it in the root after a build: {@code java .ci/Figures.java}
 */
public final class Figures {
  private static final List<String> MODULES = List.of("filter-core", "spring-adapter", "tls-connector");
  private static final Pattern DEPENDENCY = Pattern.compile(" +(dev\\.holdfast\\.\\S+) +-> (\\S+).*");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
  private static final Pattern DPOP = Pattern.compile("dpop", Pattern.CASE_INSENSITIVE);
  private static final Pattern SUITE =
      Pattern.compile("<testsuite [^>]*name=\"([^\"]+)\"[^>]* time=\"([0-9.]+)\"");

  private Figures() {}

  public static void main(String[] arguments) throws IOException {
    for (String module : MODULES) {
      rooms(module);
    }
    named("Files outside the room dpop whose code names DPoP", Figures::namesDpopOutside);
    setting("proof-lifetime", "proofLifetime");
    ownHttp();
    for (String module : MODULES) {
      slowest(module);
    }
  }

  private static void rooms(String module) throws IOException {
    System.out.printf("%n%s%n%-48s %5s %6s  %s%n", module, "room", "files", "lines", "circles of files");
    Map<String, List<Path>> rooms = new TreeMap<>();
    for (Path file : sources(module)) {
      rooms.computeIfAbsent(packageOf(file), name -> new ArrayList<>()).add(file);
    }
    Map<String, Set<String>> uses = uses(module);
    for (Map.Entry<String, List<Path>> room : rooms.entrySet()) {
      long lines = 0;
      for (Path file : room.getValue()) {
        lines += codeLines(file);
      }
      System.out.printf(
          "%-48s %5d %6d  %s%n",
          room.getKey(),
          room.getValue().size(),
          lines,
          circles(uses, type -> packageOf(type).equals(room.getKey()), Figures::simpleName));
    }
    Map<String, Set<String>> packages = new HashMap<>();
    uses.forEach(
        (type, others) ->
            others.forEach(
                other ->
                    packages
                        .computeIfAbsent(packageOf(type), name -> new TreeSet<>())
                        .add(packageOf(other))));
    System.out.println("circles of rooms: " + circles(packages, name -> true, name -> name));
  }

  /** Which top-level types each one uses; empty where nothing is compiled. */
  private static Map<String, Set<String>> uses(String module) {
    Path classes = Path.of(module, "target", "classes");
    Map<String, Set<String>> uses = new TreeMap<>();
    if (!Files.isDirectory(classes)) {
      return uses;
    }
    StringWriter output = new StringWriter();
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(
            new PrintWriter(output),
            new PrintWriter(System.err, true),
            "-verbose:class",
            "-filter:none",
            classes.toString());
    for (String line : output.toString().split("\n")) {
      Matcher found = DEPENDENCY.matcher(line);
      if (found.matches()) {
        String from = topLevel(found.group(1));
        String to = topLevel(found.group(2));
        if (!from.equals(to) && to.startsWith("dev.holdfast")) {
          uses.computeIfAbsent(from, name -> new TreeSet<>()).add(to);
        }
      }
    }
    return uses;
  }

  /** Every set of names that lead to each other. */
  private static String circles(
      Map<String, Set<String>> uses,
      Predicate<String> within,
      java.util.function.UnaryOperator<String> shown) {
    List<String> circles = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (String name : uses.keySet()) {
      if (!within.test(name) || seen.contains(name)) {
        continue;
      }
      Set<String> circle = new TreeSet<>(Set.of(name));
      for (String other : reached(name, uses, within)) {
        if (!other.equals(name) && reached(other, uses, within).contains(name)) {
          circle.add(other);
        }
      }
      seen.addAll(circle);
      if (circle.size() > 1) {
        circles.add(String.join(" ", circle.stream().map(shown).toList()));
      }
    }
    return circles.isEmpty() ? "none" : String.join("; ", circles);
  }

  private static Set<String> reached(
      String from, Map<String, Set<String>> uses, Predicate<String> within) {
    Set<String> reached = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      for (String next : uses.getOrDefault(open.pop(), Set.of())) {
        if (within.test(next) && reached.add(next)) {
          open.push(next);
        }
      }
    }
    return reached;
  }

  private static void named(String title, Predicate<Path> which) throws IOException {
    List<String> found = new ArrayList<>();
    for (String module : MODULES) {
      sources(module).stream().filter(which).map(Figures::fileName).forEach(found::add);
    }
    System.out.printf("%n%s: %d%n  %s%n", title, found.size(), String.join(" ", found));
  }

  private static boolean ofDpop(Path file) {
    return (packageOf(file) + ".").startsWith("dev.holdfast.dpop.");
  }

  private static boolean namesDpopOutside(Path file) {
    return !ofDpop(file) && DPOP.matcher(code(file)).find();
  }

  /** One setting as a specimen for all: in its spellings, in code and documentation. */
  private static void setting(String written, String inCode) throws IOException {
    List<String> found = new ArrayList<>();
    for (String module : MODULES) {
      for (Path file : sources(module)) {
        String code = code(file);
        if (!ofDpop(file) && (code.contains(written) || code.contains(inCode))) {
          found.add(fileName(file));
        }
      }
    }
    System.out.printf(
        "%nFiles that spell the setting %s: %d%n  %s%n", written, found.size(), String.join(" ", found));
  }

  private static void ownHttp() throws IOException {
    long lines = 0;
    for (Path file : sources("filter-core")) {
      if (packageOf(file).equals("dev.holdfast.internal.issuer")) {
        lines += codeLines(file);
      }
    }
    System.out.printf("%nOwn code lines for HTTP to issuers: %d%n", lines);
  }

  private static void slowest(String module) throws IOException {
    Path reports = Path.of(module, "target", "surefire-reports");
    if (!Files.isDirectory(reports)) {
      return;
    }
    Map<String, Double> seconds = new HashMap<>();
    try (Stream<Path> files = Files.list(reports)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".xml")).toList()) {
        Matcher suite = SUITE.matcher(Files.readString(file));
        if (suite.find()) {
          seconds.merge(suite.group(1), Double.parseDouble(suite.group(2)), Double::sum);
        }
      }
    }
    double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    System.out.printf("%nTests of %s: %.0f s in %d classes; the longest:%n", module, all, seconds.size());
    seconds.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(10)
        .forEach(one -> System.out.printf("  %6.1f s  %s%n", one.getValue(), one.getKey()));
  }

  private static Collection<Path> sources(String module) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String root : List.of("main", "boot4")) {
      Path folder = Path.of(module, "src", root, "java");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("package-info.java"))
              .sorted()
              .forEach(sources::add);
        }
      }
    }
    return sources;
  }

  private static long codeLines(Path file) {
    return code(file).lines().filter(line -> !line.isBlank()).count();
  }

  /** Without comments. */
  private static String code(Path file) {
    try {
      return COMMENT.matcher(Files.readString(file)).replaceAll("");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String packageOf(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.substring(path.indexOf("/java/") + 6, path.lastIndexOf('/')).replace('/', '.');
  }

  private static String fileName(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String packageOf(String type) {
    return type.substring(0, type.lastIndexOf('.'));
  }

  private static String simpleName(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static String topLevel(String type) {
    return type.replaceFirst("\\$.*", "");
  }
}
