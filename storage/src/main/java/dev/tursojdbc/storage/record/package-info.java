/** Storage classes, registers, varints, serial types, record encoding, collations and key order. */
@NullMarked
package dev.tursojdbc.storage.record;

import org.jspecify.annotations.NullMarked;
