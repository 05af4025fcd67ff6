package dev.holdfast.tls.engine.record;

import dev.holdfast.tls.engine.record.TrafficKey.Sender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.RecordFormat;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.jspecify.annotations.Nullable;

/**
 * Records under AES-GCM, TLS 1.2 (RFC 5288) and 1.3 (RFC 8446 section 5.2), in the very buffers in
 * which they arrive and leave.
 *
 * <p>Bouncy Castle's record layer uses it as any other cipher. Beside it, application data of an
 * established connection goes through {@link #seal} and {@link #open} directly, so that the numbers
 * of the records are kept here and what Bouncy Castle counts is not looked at. What turns out to be
 * no application data, or wrong, is an {@link OtherRecord}, which whoever opened it hands on.
 */
public final class GcmRecords implements TlsCipher {
  /** Bouncy Castle's own limit, far below the one of RFC 8446 section 5.5. */
  private static final long RECORDS_PER_KEY = 1L << 20;

  private static final String NAME = "AES/GCM/NoPadding";
  private static final short VERSION = 0x0303;
  private static final int EXPLICIT_BYTES = 8;

  private final TlsCryptoParameters parameters;
  private final boolean tls13;
  private final int keyBytes;
  private final GcmKey encrypting;
  private final GcmKey decrypting;

  public GcmRecords(
      TlsCryptoParameters parameters, JcaJceHelper helper, SecureRandom random, int keyBytes)
      throws IOException, GeneralSecurityException {
    this.parameters = parameters;
    this.keyBytes = keyBytes;
    SecurityParameters security = parameters.getSecurityParametersHandshake();
    this.tls13 = TlsUtils.isTLSv13(security.getNegotiatedVersion());
    TrafficKey ours;
    TrafficKey theirs;
    if (tls13) {
      ours = TrafficKey.of13(security, Sender.SERVER, keyBytes);
      theirs = TrafficKey.of13(security, Sender.CLIENT, keyBytes);
    } else {
      byte[] block = TrafficKey.block12(parameters, keyBytes);
      ours = TrafficKey.of12(block, Sender.SERVER, keyBytes);
      theirs = TrafficKey.of12(block, Sender.CLIENT, keyBytes);
    }
    this.encrypting = new GcmKey(Cipher.ENCRYPT_MODE, helper.createCipher(NAME), random, ours);
    this.decrypting = new GcmKey(Cipher.DECRYPT_MODE, helper.createCipher(NAME), random, theirs);
  }

  /** Whether the key has had its share of records; TLS 1.2 has no other one to offer. */
  boolean needsNewKey() {
    return tls13 && encrypting.number() >= RECORDS_PER_KEY;
  }

  /** The size of a record of so much plaintext. */
  int recordSize(int plaintext) {
    return RecordFormat.FRAGMENT_OFFSET + getCiphertextEncodeLimit(plaintext);
  }

  /**
   * Encrypts so much of the sources into one record.
   *
   * <p>Where that fails, nothing of the plaintext stays in the destination.
   *
   * @param destination one with room for {@link #recordSize}, of either byte order
   */
  void seal(short type, ByteBuffer[] sources, int offset, int count, ByteBuffer destination)
      throws TlsFatalAlert {
    int start = destination.position();
    int end = start + recordSize(count);
    ByteBuffer record = destination.duplicate(); // big-endian, whatever the caller's is
    boolean sealed = false;
    try {
      encrypt(type, sources, offset, count, record);
      sealed = record.position() == end;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new TlsFatalAlert(AlertDescription.internal_error, e);
    } finally {
      if (!sealed) {
        record.clear().position(start).limit(end).put(new byte[end - start]);
      }
    }
    if (!sealed) {
      throw new TlsFatalAlert(AlertDescription.internal_error);
    }
    destination.position(end);
  }

  /** Leaves the position behind the record. */
  private void encrypt(short type, ByteBuffer[] sources, int offset, int count, ByteBuffer record)
      throws GeneralSecurityException {
    byte outer = (byte) (tls13 ? ContentType.application_data : type);
    int length = getCiphertextEncodeLimit(count);
    long number = encrypting.number();
    record.put(outer).putShort(VERSION).putShort((short) length);
    if (!tls13) {
      record.putLong(number);
    }
    ByteBuffer output = record.duplicate();
    Buffers.gather(sources, offset, count, record);
    if (tls13) {
      record.put((byte) type);
    }
    ByteBuffer input = output.duplicate().limit(record.position());
    encrypting.next(
        number, additional(number, outer, VERSION, tls13 ? length : count), input, output);
    record.position(output.position());
  }

  /**
   * Decrypts a record of the type application_data where it is.
   *
   * @param record the whole record, which is overwritten; of a size that the protocol admits, so
   *     that its content is none too large
   * @return null for application data, which is then between position and limit of the record; for
   *     all others, what is to be handed on
   */
  @Nullable OtherRecord open(ByteBuffer record) {
    short outer = record.get();
    short version = record.getShort();
    record.position(record.position() + 2);
    try {
      short type = decrypt(outer, version, record);
      if (type == ContentType.application_data) {
        return null;
      }
      byte[] content = new byte[record.remaining()];
      record.get(content);
      return new OtherRecord.Message(type, content);
    } catch (TlsFatalAlert alert) {
      return new OtherRecord.Refused(alert);
    }
  }

  /**
   * Whether a record of TLS 1.3 is the next one under this key. Nothing but the buffer changes.
   *
   * @param record the whole record, which is overwritten
   */
  public boolean recognizes(ByteBuffer record) {
    long number = decrypting.number();
    try {
      decrypt(record.get(), record.getShort(), record.position(RecordFormat.FRAGMENT_OFFSET));
      return true;
    } catch (TlsFatalAlert alert) {
      return alert.getAlertDescription() == AlertDescription.unexpected_message; // only padding
    } finally {
      decrypting.restart(number);
    }
  }

  /** Decrypts a fragment where it is and leaves its content between position and limit. */
  private short decrypt(short outer, short version, ByteBuffer fragment) throws TlsFatalAlert {
    int length = fragment.remaining();
    if (getPlaintextDecodeLimit(length) < 0) {
      throw new TlsFatalAlert(AlertDescription.decode_error);
    }
    long explicit = tls13 ? 0 : fragment.getLong();
    int start = fragment.position();
    int content = fragment.remaining() - GcmKey.TAG_BYTES;
    byte[] additional =
        additional(decrypting.number(), (byte) outer, version, tls13 ? length : content);
    try {
      int decrypted = decrypting.next(explicit, additional, fragment, fragment.duplicate());
      fragment.position(start).limit(start + decrypted);
    } catch (GeneralSecurityException wrong) {
      throw new TlsFatalAlert(AlertDescription.bad_record_mac, wrong);
    }
    return tls13 ? innerType(fragment) : outer;
  }

  /** The last byte that is not padding; the content ends before it. */
  private static short innerType(ByteBuffer fragment) throws TlsFatalAlert {
    for (int last = fragment.limit() - 1; last >= fragment.position(); last--) {
      byte type = fragment.get(last);
      if (type != 0) {
        fragment.limit(last);
        return (short) (type & 0xff);
      }
    }
    throw new TlsFatalAlert(AlertDescription.unexpected_message);
  }

  /** The length is that of the fragment in TLS 1.3, and of the content in TLS 1.2. */
  private byte[] additional(long number, byte type, short version, int length) {
    ByteBuffer data = ByteBuffer.allocate(tls13 ? RecordFormat.FRAGMENT_OFFSET : 13);
    if (!tls13) {
      data.putLong(number);
    }
    return data.put(type).putShort(version).putShort((short) length).array();
  }

  @Override
  public TlsEncodeResult encodePlaintext(
      long number,
      short type,
      ProtocolVersion version,
      int headerBytes,
      byte[] plaintext,
      int offset,
      int count)
      throws TlsFatalAlert {
    if (headerBytes != RecordFormat.FRAGMENT_OFFSET) {
      throw new TlsFatalAlert(AlertDescription.internal_error);
    }
    ByteBuffer record = ByteBuffer.allocate(recordSize(count));
    seal(type, new ByteBuffer[] {ByteBuffer.wrap(plaintext, offset, count)}, 0, count, record);
    short outer = tls13 ? ContentType.application_data : type;
    return new TlsEncodeResult(record.array(), 0, record.position(), outer);
  }

  @Override
  public TlsDecodeResult decodeCiphertext(
      long number, short type, ProtocolVersion version, byte[] ciphertext, int offset, int count)
      throws TlsFatalAlert {
    ByteBuffer fragment = ByteBuffer.wrap(ciphertext, offset, count);
    short inner = decrypt(type, (short) version.getFullVersion(), fragment);
    return new TlsDecodeResult(ciphertext, fragment.position(), fragment.remaining(), inner);
  }

  @Override
  public void rekeyEncoder() throws IOException {
    encrypting.renew(renewed(Sender.SERVER));
  }

  @Override
  public void rekeyDecoder() throws IOException {
    decrypting.renew(renewed(Sender.CLIENT));
  }

  private TrafficKey renewed(Sender sender) throws IOException {
    if (!tls13) {
      throw new TlsFatalAlert(AlertDescription.internal_error);
    }
    return TrafficKey.of13(parameters.getSecurityParametersConnection(), sender, keyBytes);
  }

  private int expansion() {
    return GcmKey.TAG_BYTES + (tls13 ? 1 : EXPLICIT_BYTES);
  }

  @Override
  public int getCiphertextDecodeLimit(int plaintext) {
    return plaintext + expansion();
  }

  @Override
  public int getCiphertextEncodeLimit(int plaintext) {
    return plaintext + expansion();
  }

  @Override
  public int getPlaintextDecodeLimit(int ciphertext) {
    return ciphertext - expansion();
  }

  @Override
  public int getPlaintextEncodeLimit(int ciphertext) {
    return ciphertext - expansion();
  }

  @Override
  public boolean usesOpaqueRecordTypeDecode() {
    return tls13;
  }

  @Override
  public boolean usesOpaqueRecordTypeEncode() {
    return tls13;
  }
}
