/**
 * From bytes to messages and back: whole records, and their encryption.
 *
 * <ol>
 *   <li>{@link dev.holdfast.tls.engine.record.ServerProtocol}: Bouncy Castle's protocol, with what
 *       it leaves to others. It is handed whole records, and decides what each of them means;
 *       {@code SecondHello} is what it compares after a HelloRetryRequest
 *   <li>{@link dev.holdfast.tls.engine.record.InboundRecords} and {@link
 *       dev.holdfast.tls.engine.record.OutboundRecords}: between a container's buffers, which
 *       {@link dev.holdfast.tls.engine.record.Buffers} reads as one, and the protocol
 *   <li>{@link dev.holdfast.tls.engine.record.GcmRecords}: records under AES-GCM. Application data
 *       goes through it without Bouncy Castle's record layer. {@code GcmKey} has the key and the
 *       number of the next record, {@code TrafficKey} derives keys
 *   <li>{@code OtherRecord}: a record that turned out to be something else than application data;
 *       it is handed on to the protocol
 * </ol>
 *
 * <p>It uses the room {@code session} to count handshakes that fail.
 *
 * <p>Not public API: what is public here is so for the other rooms of the engine, and changes
 * without notice.
 */
@NullMarked
package dev.holdfast.tls.engine.record;

import org.jspecify.annotations.NullMarked;
