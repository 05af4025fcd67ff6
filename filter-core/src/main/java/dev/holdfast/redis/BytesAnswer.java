package dev.holdfast.redis;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What {@code GET} answers: bytes, or null. */
final class BytesAnswer extends CommandOutput<String, String, byte[]> {

  BytesAnswer() {
    super(StringCodec.ASCII, null);
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    if (bytes != null) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      output = copy;
    }
  }
}
