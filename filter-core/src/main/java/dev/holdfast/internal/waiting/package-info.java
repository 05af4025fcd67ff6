/**
 * Who waits for an issuer, where, and for how long: deadlines, a timer, threads that keep no
 * application's class loader, and places to wait. Not public API: it changes without notice.
 */
@NullMarked
package dev.holdfast.internal.waiting;

import org.jspecify.annotations.NullMarked;
