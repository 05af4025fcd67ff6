package dev.holdfast.tls.engine.record;

import dev.holdfast.tls.engine.session.HandshakeFigures;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Hashtable;
import java.util.Set;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.HandshakeMessageInput;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/**
 * Bouncy Castle's server without a transport, with what an engine has to add: each direction closes
 * by itself in TLS 1.3, alerts are errors there whatever their level (RFC 8446 section 6), nothing
 * renegotiates, and a second ClientHello is the first one again.
 */
public final class ServerProtocol extends TlsServerProtocol {
  /** After these there are other keys, or nothing that a client could say yet. */
  private static final Set<Short> BEFORE_KEYS =
      Set.of(HandshakeType.client_hello, HandshakeType.finished, HandshakeType.key_update);

  private static final int HEADER_BYTES = 4;

  private @Nullable ClientHello first;
  private boolean receivedCloseNotify;
  private boolean sentCloseNotify;
  private byte[] earlyAlert = new byte[0];
  private @Nullable GcmRecords gcmRecords;
  private @Nullable GcmRecords handshakeRecords;
  private boolean offersEarlyData;

  /** Bytes of handshake records of which there is no whole message yet. */
  private int unread;

  private int keyUpdates;
  private boolean counted;

  /** The cipher of the connection from now on, until there is another one. */
  public void use(GcmRecords cipher) {
    gcmRecords = cipher;
    handshakeRecords = handshakeRecords == null ? cipher : handshakeRecords;
  }

  /** The cipher of a handshake of TLS 1.3; null before there is one, and for other ciphers. */
  public @Nullable GcmRecords handshakeRecords() {
    return handshakeRecords;
  }

  /**
   * Whether a record of application data may be early data: after HelloRetryRequest, and where the
   * client's records are encrypted under a key with which that can be told.
   */
  public boolean expectsEarlyData() {
    return offersEarlyData
        && isTls13()
        && isHandshaking()
        && !isMidMessage()
        && (handshakeRecords != null || connection_state == CS_SERVER_HELLO_RETRY_REQUEST);
  }

  /** The cipher of an established connection; null before and after, and for other ciphers. */
  @Nullable GcmRecords gcmRecords() {
    return isConnected() ? gcmRecords : null;
  }

  /** Whether a handshake message has come in part: what follows is the rest of it. */
  boolean isMidMessage() {
    return unread > 0;
  }

  @Override
  protected void processRecord(short type, byte[] content, int offset, int length)
      throws IOException {
    if (type == ContentType.handshake) {
      unread += length;
    } else if (isMidMessage() && isTls13()) {
      throw new TlsFatalAlert(
          AlertDescription.unexpected_message, "a record between the parts of a message");
    }
    super.processRecord(type, content, offset, length);
  }

  /** Messages before a change of keys end with their record (RFC 8446 section 5.1). */
  @Override
  protected void handleHandshakeMessage(short type, HandshakeMessageInput message)
      throws IOException {
    unread -= HEADER_BYTES + message.available();
    if (isMidMessage() && BEFORE_KEYS.contains(type)) {
      throw new TlsFatalAlert(
          AlertDescription.unexpected_message, "more in the record before a change of keys");
    }
    super.handleHandshakeMessage(type, message);
  }

  /**
   * Takes a record that was decrypted beside Bouncy Castle's record layer, as that layer hands on
   * what it has decrypted itself.
   */
  void take(OtherRecord record) throws IOException {
    try {
      record.to(this::processRecord);
    } catch (TlsFatalAlertReceived theirs) {
      throw theirs;
    } catch (IOException | RuntimeException e) {
      short alert =
          e instanceof TlsFatalAlert ours
              ? ours.getAlertDescription()
              : AlertDescription.internal_error;
      handleException(alert, "a record cannot be processed", e);
      throw e instanceof IOException known ? known : new TlsFatalAlert(alert, e);
    }
  }

  /** Makes new traffic keys here, and has the client do so too (RFC 8446 section 4.6.3). */
  void updateKeys() throws IOException {
    send13KeyUpdate(true);
    keyUpdates++;
  }

  /** How often the client was asked for new keys. */
  public int keyUpdates() {
    return keyUpdates;
  }

  public boolean hasReceivedCloseNotify() {
    return receivedCloseNotify;
  }

  public boolean hasSentCloseNotify() {
    return sentCloseNotify || isClosed();
  }

  /** In TLS 1.2: what follows is encrypted. */
  public boolean hasReceivedChangeCipherSpec() {
    return receivedChangeCipherSpec;
  }

  /** Says that nothing more will be written; reading goes on. */
  public void closeOutput() throws IOException {
    if (hasSentCloseNotify()) {
      return;
    }
    if (isHandshaking()) {
      close();
    } else {
      sentCloseNotify = true;
      raiseAlertWarning(AlertDescription.close_notify, "Connection closed");
    }
  }

  /** The transport has ended, and the handshake with it. */
  public void cut() throws IOException {
    if (failsNow()) {
      HandshakeFigures.cut();
      fail(AlertDescription.handshake_failure, "the connection was cut");
    }
  }

  /** Ends a connection on which something could not be written: the client could not follow. */
  public void failWriting() {
    try {
      fail(AlertDescription.internal_error, "a record cannot be written");
    } catch (IOException alreadyEnded) {
      sentCloseNotify = true;
    }
  }

  /** Ends the connection with this alert. */
  public void fail(short alert, String message) throws IOException {
    handleException(alert, message, new TlsFatalAlert(alert, message));
  }

  /** Whether there is an alert for what is no ClientHello: Bouncy Castle itself sends none then. */
  public boolean hasEarlyAlert() {
    return earlyAlert.length > 0;
  }

  /** Moves that record, if there is room for it; the bytes moved. */
  int takeEarlyAlert(ByteBuffer destination) {
    if (destination.remaining() < earlyAlert.length) {
      return 0;
    }
    int moved = earlyAlert.length;
    destination.put(earlyAlert);
    earlyAlert = new byte[0];
    return moved;
  }

  /** A message that ends too early is one that cannot be parsed (RFC 8446 section 6.2). */
  @Override
  protected void handleException(short alert, String message, Throwable cause) throws IOException {
    boolean unreadable = alert == AlertDescription.internal_error && cause instanceof EOFException;
    super.handleException(unreadable ? AlertDescription.decode_error : alert, message, cause);
  }

  @Override
  protected void raiseAlertFatal(short alert, String message, Throwable cause) throws IOException {
    if (failsNow()) {
      HandshakeFigures.refused(alert, cause);
    }
    super.raiseAlertFatal(alert, message, cause);
    if (getContext().getClientVersion() == null && getAvailableOutputBytes() == 0) {
      earlyAlert = new byte[] {21, 3, 3, 0, 2, (byte) AlertLevel.fatal, (byte) alert};
    }
  }

  @Override
  protected void handleAlertMessage(short level, short alert) throws IOException {
    boolean tls13 = isTls13();
    boolean closure =
        alert == AlertDescription.close_notify || alert == AlertDescription.user_canceled;
    short ofTls13 = closure ? AlertLevel.warning : AlertLevel.fatal;
    short meant = tls13 ? ofTls13 : level;
    if ((meant == AlertLevel.fatal || closure) && failsNow()) {
      HandshakeFigures.abandoned(alert);
    }
    super.handleAlertMessage(meant, alert);
  }

  @Override
  protected void handleAlertWarningMessage(short alert) throws IOException {
    if (alert == AlertDescription.close_notify && !isHandshaking()) {
      receivedCloseNotify = true;
      if (isTls13()) {
        return; // RFC 8446 section 6.1: the other direction is not concerned
      }
      closeOutput(); // RFC 5246 section 7.2.1
      return;
    }
    super.handleAlertWarningMessage(alert);
  }

  /** Whether it is the handshake that fails, and this is the first that is known of it. */
  private boolean failsNow() {
    boolean first = isHandshaking() && !counted;
    counted |= first;
    return first;
  }

  private boolean isTls13() {
    ProtocolVersion version = getContext().getServerVersion();
    return version != null && TlsUtils.isTLSv13(version);
  }

  @Override
  protected boolean handleRenegotiation() throws IOException {
    throw new TlsFatalAlert(AlertDescription.handshake_failure, "no renegotiation");
  }

  @Override
  protected ClientHello receiveClientHelloMessage(ByteArrayInputStream message) throws IOException {
    ClientHello hello = super.receiveClientHelloMessage(message);
    ClientHello before = first;
    if (before == null) {
      first = hello;
      Hashtable<?, ?> extensions = hello.getExtensions();
      offersEarlyData = extensions != null && extensions.containsKey(ExtensionType.early_data);
    } else if (!SecondHello.isSame(before, hello)) {
      throw new TlsFatalAlert(
          AlertDescription.illegal_parameter, "the second ClientHello is another one");
    }
    offersEarlyData &= before == null;
    return hello;
  }

  @Override
  protected void cleanupHandshake() {
    super.cleanupHandshake();
    first = null;
  }
}
