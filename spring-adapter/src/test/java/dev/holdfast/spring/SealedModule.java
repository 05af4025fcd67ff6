package dev.holdfast.spring;

import jakarta.servlet.Filter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A module that is compiled for the test, and that opens none of its packages. */
final class SealedModule {
  private SealedModule() {}

  /** A filter with these fields. */
  static Filter filter(String fields) throws Exception {
    Path directory = Files.createTempDirectory("holdfast-module");
    Path module = directory.resolve("module-info.java");
    Path filter = directory.resolve("SealedFilter.java");
    Files.writeString(module, "module sealed.filters { exports sealed; }");
    Files.writeString(
        filter,
        "package sealed; public class SealedFilter implements jakarta.servlet.Filter { "
            + fields
            + " public void doFilter(jakarta.servlet.ServletRequest request,"
            + " jakarta.servlet.ServletResponse response, jakarta.servlet.FilterChain chain) {} }");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path classes = directory.resolve("classes");
    int result =
        compiler.run(
            null,
            null,
            null,
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "--add-reads",
            "sealed.filters=ALL-UNNAMED",
            module.toString(),
            filter.toString());
    if (result != 0) {
      throw new IllegalStateException("the module does not compile");
    }
    try {
      return load(classes);
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Filter load(Path classes) throws Exception {
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("sealed.filters"));
    ClassLoader ours = SealedModule.class.getClassLoader();
    ModuleLayer.Controller layer =
        ModuleLayer.defineModulesWithOneLoader(configuration, List.of(ModuleLayer.boot()), ours);
    layer.addReads(
        layer.layer().findModule("sealed.filters").orElseThrow(), ours.getUnnamedModule());
    return (Filter)
        layer
            .layer()
            .findLoader("sealed.filters")
            .loadClass("sealed.SealedFilter")
            .getConstructor()
            .newInstance();
  }
}
