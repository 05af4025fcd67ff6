package dev.holdfast.testing;

import java.util.List;

/**
 * Puts others in the place of the records that a client writes, before they are encrypted: a
 * hostile client whose records are authentic all the same.
 */
public interface RecordRewriting {

  /**
   * A record before its encryption.
   *
   * @param type the content type (RFC 8446 section 5.1), such as 22 for handshake
   * @param content the fragment
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Plain(short type, byte[] content) {}

  /** What is written in the place of one record: any number of them, none too. */
  List<Plain> instead(short type, byte[] content);
}
