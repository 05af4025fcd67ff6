package dev.holdfast.tls.engine.record;

import java.nio.ByteBuffer;

/** Several buffers that are read or filled as one. */
public final class Buffers {
  private Buffers() {}

  /** The bytes between position and limit of all these together. */
  public static long remaining(ByteBuffer[] buffers, int offset, int length) {
    long sum = 0;
    for (int i = offset; i < offset + length; i++) {
      sum += buffers[i].remaining();
    }
    return sum;
  }

  /** Moves so many bytes, which there are, into one buffer. */
  static void gather(ByteBuffer[] sources, int offset, int count, ByteBuffer destination) {
    int left = count;
    for (int i = offset; left > 0; i++) {
      ByteBuffer source = sources[i];
      int part = Math.min(left, source.remaining());
      destination.put(source.slice(source.position(), part));
      source.position(source.position() + part);
      left -= part;
    }
  }

  /** Moves as much of one buffer as there is room for; the bytes moved. */
  static int scatter(ByteBuffer content, ByteBuffer[] destinations, int offset, int length) {
    int moved = 0;
    for (int i = offset; i < offset + length && content.hasRemaining(); i++) {
      int count = Math.min(destinations[i].remaining(), content.remaining());
      destinations[i].put(content.slice(content.position(), count));
      content.position(content.position() + count);
      moved += count;
    }
    return moved;
  }
}
