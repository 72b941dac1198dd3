/** What a program sees through java.sql and a pool. */
@NullMarked
package dev.tursojdbc.tck.jdbc;

import org.jspecify.annotations.NullMarked;
