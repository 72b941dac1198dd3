/** All that the driver needs: databases, sessions, and statements that run. */
@NullMarked
package dev.tursojdbc.sql;

import org.jspecify.annotations.NullMarked;
