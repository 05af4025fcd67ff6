package dev.holdfast.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A record of a web application, and the class loader of that application. */
class RecordMethodsTest {

  /**
   * In a JVM of its own that keeps nothing by soft references: later JDKs have the class loader in
   * caches of method handles that let it go when memory is short.
   */
  @Test
  void aRecordThatWasUsedKeepsNoClassLoader() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "-cp",
                System.getProperty("java.class.path"),
                RecordMethodsTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jvm.waitFor()).as(printed).isZero();
    assertThat(printed).contains("the class loader is gone");
  }

  /** What the other JVM runs. */
  public static void main(String[] args) throws Exception {
    WeakReference<ClassLoader> application = used();
    RecordMethods.forgetTheLast();
    boolean gone =
        Await.within(
            Duration.ofSeconds(20),
            () -> {
              System.gc();
              return application.refersTo(null);
            });
    System.out.println(gone ? "the class loader is gone" : "the class loader stays");
  }

  /** In a method of its own, so that no local variable holds it. */
  private static WeakReference<ClassLoader> used() throws Exception {
    ClassLoader application = new OfTheApplication();
    Runnable uses =
        (Runnable)
            application.loadClass(Uses.class.getName()).getDeclaredConstructor().newInstance();
    uses.run();
    assertThat(uses.getClass().getClassLoader()).isSameAs(application);
    return new WeakReference<>(application);
  }

  record Page(String name, Uses uses) {}

  /** Calls what the JDK has made for the record. */
  public static final class Uses implements Runnable {
    /** For the loader. */
    public Uses() {}

    @Override
    public void run() {
      Page page = new Page("one", this);
      assertThat(page.equals(new Page("one", this))).isTrue();
      assertThat(page.hashCode()).isEqualTo(new Page("one", this).hashCode());
      assertThat(page.toString()).startsWith("Page[name=one");
    }
  }

  /**
   * Has the classes of this file itself, as a web application has its own before those of the
   * server.
   */
  private static final class OfTheApplication extends ClassLoader {
    OfTheApplication() {
      super(RecordMethodsTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(RecordMethodsTest.class.getName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
