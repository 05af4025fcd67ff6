/** From what is written in Boot's properties to what decides, for each kind of web application. */
@NullMarked
package dev.holdfast.spring.boot.assembly;

import org.jspecify.annotations.NullMarked;
