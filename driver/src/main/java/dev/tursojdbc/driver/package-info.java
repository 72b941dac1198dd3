/**
 * The JDBC driver: one class per JDBC interface, over sessions and queries of {@code
 * dev.tursojdbc.sql}.
 */
@NullMarked
package dev.tursojdbc.driver;

import org.jspecify.annotations.NullMarked;
