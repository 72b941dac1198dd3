/** A small SQL shell over the driver: what {@code java -jar turso-jdbc.jar} starts. */
@NullMarked
package dev.tursojdbc.driver.shell;

import org.jspecify.annotations.NullMarked;
