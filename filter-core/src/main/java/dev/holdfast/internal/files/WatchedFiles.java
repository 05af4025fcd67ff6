package dev.holdfast.internal.files;

import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.internal.waiting.Deadline;
import dev.holdfast.internal.waiting.OwnThread;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is made of one file or of several that belong together, and made anew when their content
 * changes. Whoever asks causes a look at the content, at most one a second. One caller waits for
 * that look, for a tenth of a second at most; all others go on with what is there.
 *
 * <p>Files that cannot be used leave the earlier ones in force. If they are the same at the next
 * look, one warning says so: until then somebody may still be writing them.
 *
 * @param <T> what is made of the files
 */
public final class WatchedFiles<T> {
  private static final System.Logger LOG = ApplicationLog.named("dev.holdfast");
  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final long INTERVAL_MILLIS = 1000;
  private static final int MOST_BYTES = 64 << 10;

  /** Makes something of the files. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads them.
     *
     * @param contents of each file, in their order; the arrays are the reader's own
     * @throws UnusableFileException when they are not what they have to be
     */
    T read(List<byte[]> contents) throws UnusableFileException;
  }

  /**
   * What is in force.
   *
   * @param digest of the files that it was made of
   */
  private record Held<T>(T value, String digest) {}

  private final String name;
  private final List<Path> files;
  private final Reader<T> reader;
  private final Clock clock;
  private final AtomicLong lastLook;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Held<T> held;

  /** The digest of unusable files that were seen at the last look; by the one who looks alone. */
  private volatile @Nullable String unusable;

  private volatile boolean said;

  private WatchedFiles(
      String name, List<Path> files, Reader<T> reader, Clock clock, Held<T> first) {
    this.name = name;
    this.files = files;
    this.reader = reader;
    this.clock = clock;
    this.lastLook = new AtomicLong(clock.millis());
    this.held = first;
  }

  /**
   * Reads the files for the first time.
   *
   * @param name of the setting that names them, for the log
   * @throws UnusableFileException when they cannot be read, or are not what they have to be
   */
  public static <T> WatchedFiles<T> of(String name, List<Path> files, Reader<T> reader, Clock clock)
      throws UnusableFileException {
    List<Path> all = List.copyOf(files);
    List<byte[]> contents = contents(all);
    String digest = digest(contents);
    return new WatchedFiles<>(name, all, reader, clock, new Held<>(reader.read(contents), digest));
  }

  /** What is in force now. */
  public T current() {
    long now = clock.millis();
    long last = lastLook.get();
    if (Math.abs(now - last) >= INTERVAL_MILLIS
        && lastLook.compareAndSet(last, now)
        && looking.compareAndSet(false, true)) {
      awaitLook();
    }
    return held.value;
  }

  /** On a thread of its own: a file may lie on a disk that does not answer. */
  private void awaitLook() {
    CompletableFuture<Void> look;
    try {
      look = CompletableFuture.runAsync(this::look, OwnThread.EXECUTOR);
    } catch (RuntimeException | Error noThread) {
      looking.set(false);
      throw noThread;
    }
    try {
      Deadline.in(PATIENCE).await(look);
    } catch (SocketTimeoutException slow) {
      // it goes on, and the next caller has what it brings
    } catch (ExecutionException bug) {
      throw new IllegalStateException("the files of " + name + " could not be looked at", bug);
    }
  }

  private void look() {
    String digest = "";
    try {
      List<byte[]> contents = contents(files);
      digest = digest(contents);
      if (!digest.equals(held.digest)) {
        held = new Held<>(reader.read(contents), digest);
        LOG.log(Level.INFO, "{0} has changed, and was read again", name);
      }
      unusable = null;
      said = false;
    } catch (UnusableFileException broken) {
      if (digest.equals(unusable) && !said) {
        said = true;
        LOG.log(
            Level.WARNING,
            "{0} has changed and cannot be used: {1}; the earlier one stays in force",
            name,
            broken.getMessage());
      }
      unusable = digest;
    } finally {
      looking.set(false);
    }
  }

  private static List<byte[]> contents(List<Path> files) throws UnusableFileException {
    List<byte[]> contents = new ArrayList<>(files.size());
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] content = in.readNBytes(MOST_BYTES + 1);
        if (content.length > MOST_BYTES) {
          throw new UnusableFileException("the file has more than 64 KiB");
        }
        contents.add(content);
      } catch (NoSuchFileException missing) {
        throw new UnusableFileException("there is no such file");
      } catch (IOException unreadable) {
        throw new UnusableFileException("the file cannot be read");
      }
    }
    return contents;
  }

  private static String digest(List<byte[]> contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      StringBuilder all = new StringBuilder();
      for (byte[] content : contents) {
        all.append(Arrays.toString(digest.digest(content)));
      }
      return all.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Nothing of the files. */
  @Override
  public String toString() {
    return "WatchedFiles[" + name + "]";
  }
}
