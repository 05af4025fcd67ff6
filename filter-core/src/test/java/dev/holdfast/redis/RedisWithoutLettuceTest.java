package dev.holdfast.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.redis.address.RedisAddress;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** In a class path like this one, but for Lettuce. */
class RedisWithoutLettuceTest {

  @Test
  void theStartSaysWhichDependencyIsMissing() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(withoutLettuce(), null)) {
      Class<?> addresses = loader.loadClass(RedisAddress.class.getName());
      Object address = addresses.getMethod("of", String.class).invoke(null, "redis://localhost");
      Class<?> guards = loader.loadClass(RedisReplayGuard.class.getName());
      Class<?> methods = loader.loadClass(ConfirmationMethod.class.getName());
      Object dpop = methods.getField("DPOP").get(null);
      Object builder = guards.getMethod("at", addresses, methods).invoke(null, address, dpop);
      Class<?> builders = builder.getClass();
      builders.getMethod("deadline", Duration.class).invoke(builder, Duration.ofSeconds(1));
      builders.getMethod("clock", Clock.class).invoke(builder, Clock.systemUTC());

      assertThatThrownBy(() -> builders.getMethod("connect").invoke(builder))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageContaining("io.lettuce:lettuce-core is not on the class path")
          .satisfies(
              thrown ->
                  assertThat(thrown.getClass().getName())
                      .isEqualTo(LettuceMissingException.class.getName()));
    }
  }

  private static URL[] withoutLettuce() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("lettuce") && !entry.contains("netty"))
        .map(RedisWithoutLettuceTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
