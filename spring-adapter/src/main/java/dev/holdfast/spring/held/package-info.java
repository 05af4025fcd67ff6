/**
 * What the objects of an application hold in their fields, read by reflection at the start. No
 * method of the application is called. Not for applications: it may change with every release.
 */
@NullMarked
package dev.holdfast.spring.held;

import org.jspecify.annotations.NullMarked;
