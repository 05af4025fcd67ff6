package dev.holdfast.redis;

import dev.holdfast.ReplayGuard.Outcome;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What {@code SET … NX} answers: {@code OK} alone, or null alone. Nothing else counts. */
final class SetAnswer extends CommandOutput<String, String, Outcome> {
  private static final ByteBuffer OK = StandardCharsets.US_ASCII.encode("OK").asReadOnlyBuffer();

  private int parts;

  SetAnswer() {
    super(StringCodec.ASCII, Outcome.UNAVAILABLE);
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    parts++;
    if (parts > 1) {
      output = Outcome.UNAVAILABLE;
    } else if (bytes == null) {
      output = Outcome.SPENT;
    } else {
      output = bytes.equals(OK) ? Outcome.FIRST : Outcome.UNAVAILABLE;
    }
  }

  /** Several values, in an array, a map or a set. */
  @Override
  public void multi(int count) {
    parts++;
  }
}
