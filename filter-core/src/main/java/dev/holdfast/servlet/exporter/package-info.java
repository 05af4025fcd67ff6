/**
 * The keying material that a TLS connection exports (RFC 8471 section 3.3), asked of whatever ends
 * TLS here: an attribute of the request or a {@link
 * dev.holdfast.servlet.exporter.KeyingMaterialExporter}.
 */
@NullMarked
package dev.holdfast.servlet.exporter;

import org.jspecify.annotations.NullMarked;
