/** SQLite's result codes and the exceptions that carry them. */
@NullMarked
package dev.tursojdbc.storage.error;

import org.jspecify.annotations.NullMarked;
