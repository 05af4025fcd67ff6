/**
 * What a servlet request says, and whom to believe about it: the only place of this edge that asks
 * the request. Not public API: it changes without notice.
 */
@NullMarked
package dev.holdfast.servlet.evidence;

import org.jspecify.annotations.NullMarked;
