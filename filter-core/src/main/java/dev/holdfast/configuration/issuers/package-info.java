/** The settings of tokens and of the issuers that vouch for them, as records. */
@NullMarked
package dev.holdfast.configuration.issuers;

import org.jspecify.annotations.NullMarked;
